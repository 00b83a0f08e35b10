"""Calls that clients name, in memory."""

from collections.abc import Sequence

import msgspec

from imagined.access.ports import CallAnswer, KeyedCall


class MemoryIdempotencyStore:
    """`IdempotencyStore` over a dictionary."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], KeyedCall] = {}

    async def begin(self, call: KeyedCall) -> KeyedCall | None:
        """Give the key to this call if nobody has it, and return the row as it is then."""
        place, now = (call.team_id, call.key_hash), call.created_at
        found = self.rows.get(place)
        if found is None or found.expires_at <= now:
            self.rows[place] = call
        elif found.answer is None and found.held_until <= now and found.fingerprint == call.fingerprint:
            self.rows[place] = msgspec.structs.replace(
                call, call_id=found.call_id, created_at=found.created_at, expires_at=found.expires_at
            )
        return self.rows[place]

    async def answer(self, call: KeyedCall, answer: CallAnswer) -> bool:
        """End the call with an answer."""
        return self._change(call, answer=answer)

    async def free(self, call: KeyedCall) -> bool:
        """Forget the call."""
        return self._change(call) and self.rows.pop((call.team_id, call.key_hash), None) is not None

    async def lapse(self, call: KeyedCall) -> bool:
        """Stop holding the call, without an answer."""
        return self._change(call, held_until=0.0)

    async def hold(self, calls: Sequence[KeyedCall], until: float) -> int:
        """Hold these calls until then, those of them whose turn is not over."""
        return sum(self._change(call, held_until=until) for call in calls)

    async def abandon(self, owner_prefix: str) -> int:
        """Stop holding what owners of this name run."""
        left = [row for row in self.rows.values() if row.owner.startswith(owner_prefix)]
        return sum(self._change(row, held_until=0.0) for row in left)

    async def purge(self, now: float, limit: int) -> int:
        """Forget calls whose time is over and that nobody holds."""
        over = [place for place, row in self.rows.items() if row.expires_at <= now and _is_free(row, now)][:limit]
        for place in over:
            del self.rows[place]
        return len(over)

    def _change(self, call: KeyedCall, **changes: object) -> bool:
        row = self.rows.get((call.team_id, call.key_hash))
        if row is None or row.turn != call.turn or row.answer is not None:
            return False
        self.rows[call.team_id, call.key_hash] = msgspec.structs.replace(row, **changes)
        return True


def _is_free(row: KeyedCall, now: float) -> bool:
    return row.answer is not None or row.held_until <= now
