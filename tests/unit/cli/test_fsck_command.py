"""`imagined fsck`: what it reports, what it mends, and when it only looks."""

import asyncio
import hashlib
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from imagined.cli.main import app
from imagined.files.ports import FileRecord
from imagined.storage.blobs.local import LocalBlobs
from imagined.storage.database.files import SqlFileStore
from imagined.storage.database.migrations import migrate
from imagined.storage.database.sqlite import SqliteDatabase
from imagined.storage.lock import FolderLock


async def build(folder: Path) -> None:
    """A data folder with one file `kept`, bytes that no row needs, and nothing wrong."""
    migrate(folder / "imagined.db")
    database = SqliteDatabase(folder / "imagined.db")
    blobs = LocalBlobs(folder / "blobs")
    try:
        for name in (b"kept", b"orphan"):
            (folder / "upload").write_bytes(name)
            blob = await blobs.put_file(str(folder / "upload"))
            if name == b"kept":
                record = FileRecord(
                    id="file_1",
                    team_id="t",
                    filename="kept",
                    size=blob.size,
                    content_type="text/plain",
                    sha256=blob.sha256,
                    created_at=1.0,
                )
                await SqlFileStore(database).insert(record)
    finally:
        await database.close()


def blob(folder: Path, data: bytes) -> Path:
    name = hashlib.sha256(data).hexdigest()
    return folder / "blobs" / "sha256" / name[:2] / name[2:4] / name


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    asyncio.run(build(tmp_path))
    return tmp_path


def fsck(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(app, ["fsck", "--data-dir", str(folder), *options])


@pytest.mark.parametrize("options", [(), ("--dry-run",), ("--repair", "--dry-run"), ("--quick",)])
def test_looking_changes_nothing(folder: Path, options: tuple[str, ...]) -> None:
    seen = fsck(folder, *options)
    assert seen.exit_code == 1
    assert "1 rows, 2 blobs" in seen.output
    assert "1 that no row needs" in seen.output and blob(folder, b"orphan").name in seen.output
    assert "imagined fsck --repair" in seen.output
    assert blob(folder, b"orphan").exists()


def test_repair_removes_what_no_row_needs(folder: Path) -> None:
    unfinished = folder / "blobs" / "tmp" / "cut-upload"
    unfinished.write_bytes(b"half")
    assert fsck(folder, "--quick").exit_code == 1
    assert unfinished.exists()
    mended = fsck(folder, "--repair")
    assert mended.exit_code == 0 and "1 of them removed" in mended.output
    assert not blob(folder, b"orphan").exists() and blob(folder, b"kept").exists() and not unfinished.exists()
    after = fsck(folder)
    assert (after.exit_code, after.output) == (0, "1 rows, 1 blobs, 4 bytes read.\nSound.\n")


def test_damaged_bytes_are_set_aside_and_their_row_is_kept(folder: Path) -> None:
    path = blob(folder, b"kept")
    path.chmod(0o600)
    path.write_bytes(b"KEPT")
    assert "1 damaged" not in fsck(folder, "--quick").output
    seen = fsck(folder)
    assert seen.exit_code == 1 and "1 damaged" in seen.output and path.exists()
    mended = fsck(folder, "--repair")
    assert mended.exit_code == 1 and "moved to" in mended.output
    assert [aside.read_bytes() for aside in (folder / "blobs" / "damaged").iterdir()] == [b"KEPT"]
    after = fsck(folder)
    assert after.exit_code == 1 and "1 rows whose bytes are missing" in after.output and "file file_1" in after.output


def test_missing_bytes_and_wrong_sizes(folder: Path) -> None:
    path = blob(folder, b"kept")
    path.chmod(0o600)
    path.write_bytes(b"longer")
    assert "1 rows that say another size" in fsck(folder, "--quick").output
    path.unlink()
    missing = fsck(folder, "--quick")
    assert missing.exit_code == 1 and "1 rows whose bytes are missing" in missing.output


def test_while_a_server_runs_it_is_only_looked_at(folder: Path) -> None:
    with FolderLock(folder):
        refused = fsck(folder, "--repair")
        assert refused.exit_code == 2 and "Stop it to repair" in refused.output
        seen = fsck(folder)
        assert seen.exit_code == 0, "what a server has not named yet is no fault"
        assert "that no row needs yet" in seen.output and "only looked at" in seen.output
        blob(folder, b"kept").unlink()
        assert fsck(folder).exit_code == 1
    assert blob(folder, b"orphan").exists()


def test_a_folder_without_data_is_not_made_into_one(tmp_path: Path) -> None:
    refused = fsck(tmp_path / "typo")
    assert refused.exit_code == 2 and "There is no data in" in refused.output
    assert not (tmp_path / "typo").exists()
