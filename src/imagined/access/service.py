"""Recognising callers, and making and ending the keys they show."""

import asyncio
import hashlib
import hmac
from collections.abc import Sequence
from typing import Final, Literal, Protocol

import msgspec

from imagined.access.ports import DEFAULT_ACLS, KeyRecord, KeyStore
from imagined.access.spool import Created, Disabled, KeySpool, Note, Revoked, apply
from imagined.contract import errors
from imagined.contract.access import Caller
from imagined.contract.environment import Clock, Ids
from imagined.contract.errors import ApiError

Mode = Literal["open", "keys"]

DEFAULT_TEAM: Final = "default"
_OPEN_CALLER: Final = Caller(team_id=DEFAULT_TEAM, key_id="open", name="open", redacted_key="")
_SHOWN: Final = 4


class Authenticator(Protocol):
    """Turns a bearer key into a caller."""

    async def authenticate(self, key: str | None) -> Caller:
        """The caller of `key`; None means no credentials were sent.

        Raises `ApiError`: no credentials, wrong key, disabled key.
        """
        ...


class KeyAuthenticator:
    """`Authenticator` over the key table. In ``open`` mode any key or none is the default team's."""

    def __init__(self, store: KeyStore, mode: Mode, spool: KeySpool | None = None) -> None:
        self._store = store
        self._mode = mode
        self._spool = spool
        self._importing = asyncio.Lock()

    async def authenticate(self, key: str | None) -> Caller:
        """The caller of `key`; raises `ApiError`."""
        if self._mode == "open":
            return _OPEN_CALLER if not key else msgspec.structs.replace(_OPEN_CALLER, redacted_key=redacted(key))
        if not key:
            raise errors.no_credentials()
        await self.refresh()
        digest = key_hash(key)
        record = await self._store.by_hash(digest)
        # The index found the hash, not the key; the comparison itself does not tell how much of it was right.
        if record is None or record.revoked_at is not None or not hmac.compare_digest(record.key_hash, digest):
            raise errors.wrong_key()
        if record.disabled:
            raise ApiError(errors.PERMISSION_DENIED, "The API key is disabled.")
        return caller_of(record)

    async def refresh(self) -> None:
        """Take over what the command line has changed; costs one look-up of a file's times when it has not."""
        if self._spool is None or not self._spool.changed():
            return
        async with self._importing:
            await self._spool.take_over(self._store)


class KeyService:
    """Makes, lists, disables and ends keys.

    With a spool, changes are left there for the server that holds the store, which is then only read; without one
    they are made in the store.
    """

    def __init__(self, clock: Clock, ids: Ids, *, store: KeyStore | None = None, spool: KeySpool | None = None) -> None:
        if store is None and spool is None:
            raise ValueError("a key service needs a store or a spool")
        self._clock = clock
        self._ids = ids
        self._store = store
        self._spool = spool

    async def create(
        self, name: str, team_id: str = DEFAULT_TEAM, acls: tuple[str, ...] = DEFAULT_ACLS
    ) -> tuple[str, KeyRecord]:
        """A new key, shown this once, and what is kept of it. `access.permissions` reads and makes access lists."""
        key, now = self._ids.secret(), self._clock.now()
        record = KeyRecord(
            id=self._ids.uuid(),
            team_id=team_id,
            name=name,
            key_hash=key_hash(key),
            redacted_key=redacted(key),
            acls=acls,
            created_at=now,
            modified_at=now,
        )
        await self._change(Created(record=record))
        return key, record

    async def revoke(self, key_id: str) -> None:
        """End a key; it is wrong from the next request on."""
        await self._change(Revoked(key_id=key_id, at=self._clock.now()))

    async def disable(self, key_id: str, disabled: bool = True) -> None:
        """Lock a key out, or let it in again."""
        await self._change(Disabled(key_id=key_id, disabled=disabled, at=self._clock.now()))

    async def list_keys(self) -> Sequence[KeyRecord]:
        """Every key of the store, with what the spool holds on top, oldest first."""
        records = {record.id: record for record in (await self._store.all() if self._store else ())}
        for note in self._spool.pending() if self._spool else ():
            match note:
                case Created(record=record):
                    records.setdefault(record.id, record)
                case Revoked(key_id=key_id, at=at) if key_id in records:
                    records[key_id] = msgspec.structs.replace(records[key_id], revoked_at=at)
                case Disabled(key_id=key_id, disabled=disabled) if key_id in records:
                    records[key_id] = msgspec.structs.replace(records[key_id], disabled=disabled)
        return sorted(records.values(), key=lambda record: (record.created_at, record.id))

    async def _change(self, note: Note) -> None:
        if self._spool is not None:
            await asyncio.to_thread(self._spool.write, note)
        elif self._store is not None:
            await apply(note, self._store)


def key_hash(key: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def redacted(key: str) -> str:
    """Both ends of a key; nothing of one that is too short to hide the rest."""
    return f"{key[:_SHOWN]}...{key[-_SHOWN:]}" if len(key) >= 6 * _SHOWN else "..."


def caller_of(record: KeyRecord) -> Caller:
    """The caller that shows this key."""
    return Caller(
        team_id=record.team_id,
        key_id=record.id,
        name=record.name,
        redacted_key=record.redacted_key,
        user_id=record.user_id,
        created_at=record.created_at,
        modified_at=record.modified_at,
        acls=record.acls,
        disabled=record.disabled,
    )
