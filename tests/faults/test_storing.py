"""The process is killed between any two steps of storing, sharing, deleting and sweeping; then it starts again.

Whatever was acknowledged holds, nothing is half there, and after one sweep nothing is left over.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from imagined.contract.errors import ApiError
from imagined.files import fsck
from imagined.storage.database.migrations import migrate
from imagined.testing import faults
from tests.faults.storing_process import TEAM, Parts, content

CASES = [
    ("upload", "blob.after_temporary"),
    ("upload", "blob.after_rename:4"),
    ("upload", "upload.after_blob:4"),
    ("upload", "upload.after_row:2"),
    ("delete", "delete.after_row:3"),
    ("share", "publish.after_row:2"),
    ("share", "revoke.after_row:3"),
    ("sweep", "sweep.after_rows:2"),
    ("sweep", "sweep.before_blob:3"),
    ("sweep", "sweep.after_blob"),
    ("sweep", "sweep.after_blob:2"),
]
ROOT = Path(__file__).parents[2]


def test_every_point_has_a_case() -> None:
    ours = {point for point in faults.POINTS if not point.startswith(("request.", "webhook."))}
    assert {point.partition(":")[0] for _, point in CASES} == ours


def run(folder: Path, scenario: str, fault: str) -> list[dict[str, Any]]:
    process = subprocess.run(
        [sys.executable, "-m", "tests.faults.storing_process", str(folder), scenario],
        cwd=ROOT,
        env={**os.environ, "IMAGINED_FAULT": fault, "PYTHONPATH": f"{ROOT / 'src'}"},
        stdout=subprocess.PIPE,
        check=False,
    )
    lines = [json.loads(line) for line in process.stdout.splitlines()]
    if fault:
        assert process.returncode == -signal.SIGKILL, f"{fault} was never reached"
        assert not any("finished" in line for line in lines)
    else:
        assert process.returncode == 0
    return lines


def named(lines: list[dict[str, Any]], word: str) -> list[str]:
    return [line[word] for line in lines if word in line]


async def check_files(parts: Parts, lines: list[dict[str, Any]]) -> None:
    gone, ending, perhaps = named(lines, "deleted"), named(lines, "ending"), named(lines, "deleting")
    for line in lines:
        if "stored" not in line or line["stored"] in ending:
            continue
        if line["stored"] in gone:
            with pytest.raises(ApiError):
                await parts.files.get(TEAM, line["stored"])
            continue
        try:
            file = await parts.files.get(TEAM, line["stored"])
        except ApiError:
            assert line["stored"] in perhaps
            continue
        data = b"".join([chunk async for chunk in parts.files.content(file)])
        assert data == content(line["number"])


async def check_urls(parts: Parts, lines: list[dict[str, Any]]) -> None:
    revoked, perhaps = named(lines, "revoked"), named(lines, "revoking")
    for line in lines:
        if "shared" in line:
            found = await parts.files.by_public_token(*line["url"].split("/")[-2:])
            if line["shared"] not in perhaps:
                assert found is not None
            elif line["shared"] in revoked:
                assert found is None


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "imagined.db"
    migrate(path)
    return path


@pytest.mark.parametrize(("scenario", "point"), CASES)
async def test_killed_at(tmp_path: Path, migrated: Path, scenario: str, point: str) -> None:
    shutil.copy(migrated, tmp_path)
    lines = run(tmp_path, scenario, point)
    parts = Parts(tmp_path)
    parts.clock.advance(3600 if scenario == "sweep" else 0)
    before = await fsck.check(parts.references, parts.blobs)
    assert not before.missing
    assert not before.damaged
    assert not before.wrong_size
    await check_files(parts, lines)
    await check_urls(parts, lines)
    await parts.sweeper.sweep()
    assert (await fsck.check(parts.references, parts.blobs)).is_clean
    assert list((tmp_path / "blobs" / "tmp").iterdir()) == []
    await check_files(parts, lines)
    await parts.database.close()


async def test_repair_takes_what_a_kill_left_over(tmp_path: Path) -> None:
    run(tmp_path, "upload", "upload.after_blob:2")
    parts = Parts(tmp_path)
    found = await fsck.check(parts.references, parts.blobs)
    assert (len(found.orphans), found.removed, found.is_clean) == (1, 0, False)
    repaired = await fsck.check(parts.references, parts.blobs, repair=True)
    assert (repaired.orphans, repaired.removed, repaired.is_clean) == (found.orphans, 1, True)
    assert (await fsck.check(parts.references, parts.blobs)).orphans == ()
    await parts.database.close()
    # Killed or not, the same folder serves the same work again.
    assert len(named(run(tmp_path, "upload", ""), "stored")) == 4
