"""A process that stores, shares, deletes and sweeps, and tells on standard output what it has been promised.

Run as ``python -m tests.faults.storing_process FOLDER SCENARIO``; a line is an acknowledgement, as JSON.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path

from imagined.files.service import FilesService
from imagined.files.sweeper import Sweeper
from imagined.storage.blobs.local import LocalBlobs
from imagined.storage.database.files import SqlFileStore
from imagined.storage.database.migrations import migrate
from imagined.storage.database.references import SqlReferences
from imagined.storage.database.sqlite import SqliteDatabase
from imagined.system import SystemIds
from imagined.testing.environment import ManualClock

TEAM = "team"


def content(number: int) -> bytes:
    """A picture by its signature, so that it can be shared; every third one has the bytes of the first."""
    return b"\x89PNG\r\n\x1a\n" + f"{number if number % 3 else 0}".encode() * 50_000


class Parts:
    """Everything on one folder."""

    def __init__(self, folder: Path) -> None:
        migrate(folder / "imagined.db")
        self.clock = ManualClock()
        self.database = SqliteDatabase(folder / "imagined.db")
        self.blobs = LocalBlobs(folder / "blobs")
        self.references = SqlReferences(self.database)
        self.files = FilesService(SqlFileStore(self.database), self.blobs, self.clock, SystemIds(), "http://site")
        self.sweeper = Sweeper(self.references, self.blobs, self.clock, step=2)


def told(**what: object) -> None:
    print(json.dumps(what), flush=True)


async def upload(parts: Parts, number: int, expires_after: int | None = None) -> str:
    async def chunks() -> AsyncIterator[bytes]:
        data = content(number)
        for at in range(0, len(data), 7000):
            yield data[at : at + 7000]

    file = await parts.files.upload(TEAM, f"{number}.png", chunks(), max_bytes=10**6, expires_after=expires_after)
    told(stored=file.id, number=number)
    return file.id


async def run(folder: Path, scenario: str) -> None:
    parts = Parts(folder)
    made = [await upload(parts, number) for number in range(4)]
    if scenario == "delete":
        for file_id in made[:3]:
            told(deleting=file_id)
            await parts.files.delete(TEAM, file_id)
            told(deleted=file_id)
    elif scenario == "share":
        for file_id in made:
            shared = await parts.files.create_public_url(TEAM, file_id)
            told(shared=file_id, url=shared.url)
        for file_id in made:
            told(revoking=file_id)
            await parts.files.revoke_public_url(TEAM, file_id)
            told(revoked=file_id)
    elif scenario == "sweep":
        for number in range(10, 16):
            file_id = await upload(parts, number, expires_after=3600)
            told(ending=file_id)
        for file_id in made[:2]:
            told(deleting=file_id)
            await parts.files.delete(TEAM, file_id)
            told(deleted=file_id)
        parts.clock.advance(3600)
        await parts.sweeper.sweep()
    told(finished=True)
    await parts.database.close()


if __name__ == "__main__":
    asyncio.run(run(Path(sys.argv[1]), sys.argv[2]))
