"""A server that dies at every step of a request, and the next one on the same folder."""

import asyncio
import hashlib
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from imagined.contract.files import StorageOptions
from tests.faults.parts import CALLER, Server

POINTS = (
    "request.after_row",
    "request.after_claim",
    "request.after_engine",
    "blob.after_temporary",
    "blob.after_rename",
    "request.after_blobs",
    "request.after_finish",
)
REQUESTS = 4


async def run(data_dir: Path) -> None:
    """Accept a few requests, tell their ids, and wait for their ends; the switch ends the process somewhere."""
    server = Server(data_dir)
    await server.start()
    ids = []
    for number in range(REQUESTS):
        kept = StorageOptions(filename=f"{number}.jpg")
        ids.append(await server.image("draw", n=2, storage=kept))
        print("accepted", ids[-1], flush=True)
    for request_id in ids:
        await server.ended(request_id)
    await server.stop()


@pytest.mark.parametrize("point", POINTS)
async def test_every_accepted_request_is_done_once(point: str, tmp_path: Path) -> None:
    dying = subprocess.run(
        [sys.executable, "-m", "tests.faults.test_crash_points", str(tmp_path)],
        env={**os.environ, "IMAGINED_FAULT": f"{point}:2"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert dying.returncode == -9, dying.stderr
    accepted = [line.split()[1] for line in dying.stdout.splitlines() if line.startswith("accepted ")]
    server = Server(tmp_path)
    await server.start()
    try:
        for request_id in accepted:
            view = await server.ended(request_id)
            assert (view.state, len(view.outputs)) == ("done", 2)
            for item in view.outputs:
                assert item.file_output is not None
                file = await server.files.get(CALLER.team_id, item.file_output.file_id)
                data = b"".join([chunk async for chunk in server.files.content(file)])
                assert hashlib.sha256(data).hexdigest() == item.sha256
    finally:
        await server.stop()
    with sqlite3.connect(tmp_path / "imagined.db") as rows:
        # At most the one request whose id the dying server could not tell any more is there beside them.
        done = {name for (name,) in rows.execute("SELECT id FROM requests WHERE state = 'done'")}
        assert done >= set(accepted) and len(done) <= len(accepted) + 1
        assert rows.execute("SELECT count(*) FROM outputs").fetchone() == (2 * len(done),)
        assert rows.execute("SELECT count(*) FROM files").fetchone() == (2 * len(done),)
    rows.close()
    assert [path for path in (tmp_path / "work").rglob("*") if path.is_file()] == []


if __name__ == "__main__":
    asyncio.run(run(Path(sys.argv[1])))
