"""Calls that clients name, on the database port.

Whether a call is the first of its key is decided by one INSERT, so that of equal calls one wins, on every server of a
PostgreSQL too: there the second INSERT waits for the first one's transaction and then finds its row.
"""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import and_, bindparam, delete, literal_column, or_, select, text, tuple_, update

from imagined.access.ports import CallAnswer, KeyedCall
from imagined.storage.database.port import (
    Database,
    Row,
    Statement,
    Transaction,
)
from imagined.storage.database.tables import keyed_calls

_C: Final = keyed_calls.c
_GIVEN: Final = (
    "team_id",
    "key_hash",
    "fingerprint",
    "call_id",
    "owner",
    "turn",
    "held_until",
    "created_at",
    "expires_at",
)
_KEPT_BY_HEIRS: Final = ("call_id", "created_at", "expires_at")
"""What an equal call that takes over leaves as it was."""
_ANSWER: Final = ("status", "headers", "body", "request_id")

# SQLite and PostgreSQL write this alike; SQLAlchemy has a construct of its own for each.
_BEGIN: Final = Statement(
    text(
        f"INSERT INTO keyed_calls ({', '.join(_GIVEN)}, state) "  # noqa: S608 - names from above
        f"VALUES ({', '.join(f':{name}' for name in _GIVEN)}, 'running') "
        "ON CONFLICT (team_id, key_hash) DO UPDATE SET state = 'running', "
        + "".join(f"{name} = excluded.{name}, " for name in ("fingerprint", "owner", "turn", "held_until"))
        + "".join(f"{name} = NULL, " for name in _ANSWER)
        + ", ".join(
            f"{name} = CASE WHEN keyed_calls.expires_at <= excluded.created_at "
            f"THEN excluded.{name} ELSE keyed_calls.{name} END"
            for name in _KEPT_BY_HEIRS
        )
        + " WHERE keyed_calls.expires_at <= excluded.created_at OR (keyed_calls.state = 'running' "
        "AND keyed_calls.held_until <= excluded.created_at AND keyed_calls.fingerprint = excluded.fingerprint)"
    )
)
_GET: Final = Statement(select(keyed_calls).where(_C.team_id == bindparam("team"), _C.key_hash == bindparam("name")))
_RUNNING: Final = _C.state == literal_column("'running'")
_FENCE: Final = and_(
    _C.team_id == bindparam("team"), _C.key_hash == bindparam("name"), _C.turn == bindparam("held_turn"), _RUNNING
)
_SETTLE: Final = Statement(
    update(keyed_calls).where(_FENCE).values(state="answered", **{name: bindparam(f"its_{name}") for name in _ANSWER})
)
_FREE: Final = Statement(delete(keyed_calls).where(_FENCE))
_LAPSE: Final = Statement(update(keyed_calls).where(_FENCE).values(held_until=0.0))
_HOLD: Final = Statement(update(keyed_calls).where(_FENCE).values(held_until=bindparam("until")))
_ABANDON: Final = Statement(
    update(keyed_calls).where(_RUNNING, _C.owner.startswith(bindparam("prefix"))).values(held_until=0.0)
)
_PURGE: Final = Statement(
    delete(keyed_calls).where(
        tuple_(_C.team_id, _C.key_hash).in_(
            select(_C.team_id, _C.key_hash)
            .where(_C.expires_at <= bindparam("now"), or_(~_RUNNING, _C.held_until <= bindparam("now")))
            .limit(bindparam("count"))
        )
    )
)
_Headers = tuple[tuple[str, str], ...]


class SqlIdempotencyStore:
    """`IdempotencyStore` on a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, call: KeyedCall) -> KeyedCall | None:
        """Give the key to this call if nobody has it, and return the row as it is then."""
        row = {name: getattr(call, name) for name in _GIVEN}

        async def work(tx: Transaction) -> Row | None:
            await tx.run(_BEGIN, **row)
            return await tx.one(_GET, team=call.team_id, name=call.key_hash)

        found = await self._database.write(work)
        return None if found is None else _call(found)

    async def answer(self, call: KeyedCall, answer: CallAnswer) -> bool:
        """End the call with an answer."""
        kept = msgspec.structs.asdict(answer) | {"headers": msgspec.json.encode(answer.headers)}
        return await self._fenced(_SETTLE, call, **{f"its_{name}": kept[name] for name in _ANSWER})

    async def free(self, call: KeyedCall) -> bool:
        """Forget the call."""
        return await self._fenced(_FREE, call)

    async def lapse(self, call: KeyedCall) -> bool:
        """Stop holding the call, without an answer."""
        return await self._fenced(_LAPSE, call)

    async def hold(self, calls: Sequence[KeyedCall], until: float) -> int:
        """Hold these calls until then, those of them whose turn is not over."""

        async def work(tx: Transaction) -> int:
            return sum([await tx.run(_HOLD, **_fence(call), until=until) for call in calls])

        return await self._database.write(work)

    async def abandon(self, owner_prefix: str) -> int:
        """Stop holding what owners of this name run."""
        return await self._database.write(lambda tx: tx.run(_ABANDON, prefix=owner_prefix))

    async def purge(self, now: float, limit: int) -> int:
        """Forget calls whose time is over and that nobody holds."""
        return await self._database.write(lambda tx: tx.run(_PURGE, now=now, count=limit))

    async def _fenced(self, statement: Statement, call: KeyedCall, **parameters: Any) -> bool:
        return await self._database.write(lambda tx: tx.run(statement, **_fence(call), **parameters)) > 0


def _fence(call: KeyedCall) -> dict[str, Any]:
    return {"team": call.team_id, "name": call.key_hash, "held_turn": call.turn}


def _call(row: Row) -> KeyedCall:
    answer = None
    if row["state"] == "answered":
        body = row["body"]
        answer = CallAnswer(
            status=row["status"],
            request_id=row["request_id"],
            headers=msgspec.json.decode(bytes(row["headers"]), type=_Headers),
            body=None if body is None else bytes(body),
        )
    return KeyedCall(**{name: row[name] for name in _GIVEN}, answer=answer)
