"""`imagined usage`, on the folder of a server that runs and of one that does not; and keys with limits."""

import asyncio
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from imagined.cli.main import app
from imagined.contract.usage import Consumption, day_of
from imagined.storage.database.migrations import migrate
from imagined.storage.database.sqlite import SqliteDatabase
from imagined.storage.database.usage import add_usage
from imagined.storage.lock import FolderLock
from imagined.system import SystemClock

TODAY = day_of(SystemClock().now())
OLD = 1_750_000_000.0  # 2025-06-15


def run(folder: Path, *arguments: str) -> str:
    result = CliRunner().invoke(app, [*arguments, "--data-dir", str(folder)])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    migrate(tmp_path / "imagined.db")

    async def fill() -> None:
        database = SqliteDatabase(tmp_path / "imagined.db")
        now = SystemClock().now()
        for team, when, made in (
            ("ours", now, Consumption(images=3, input_images=1)),
            ("ours", now, Consumption(video_seconds=2.5)),
            ("ours", OLD, Consumption(images=1)),
            ("theirs", now, Consumption(images=1)),
        ):
            await database.write(
                lambda tx, team=team, when=when, made=made: add_usage(tx, team, when, made, 1_000_000_000)
            )
        await database.close()

    asyncio.run(fill())
    return tmp_path


@pytest.mark.parametrize("running", [False, True])
def test_usage_of_every_team(folder: Path, running: bool) -> None:
    lock = FolderLock(folder)
    if running:
        lock.acquire()
    try:
        lines = [json.loads(line) for line in run(folder, "usage", "--json").splitlines()]
    finally:
        if running:
            lock.release()
    ours = {"requests": 2, "images": 3, "video_seconds": 2.5, "input_images": 1, "cost_in_usd_ticks": 2_000_000_000}
    theirs = {"requests": 1, "images": 1, "video_seconds": 0, "input_images": 0, "cost_in_usd_ticks": 1_000_000_000}
    assert lines == [{"team_id": "ours", "day": TODAY} | ours, {"team_id": "theirs", "day": TODAY} | theirs]


def test_usage_of_one_team_as_a_table(folder: Path) -> None:
    output = run(folder, "usage", "--team", "ours", "--from", "2025-06-01", "--to", "2025-06-30")
    (_, row) = output.splitlines()
    assert row.split() == ["2025-06-15", "ours", "1", "1", "0", "0", "0.1000"]
    total = run(folder, "usage").splitlines()[-1].split()
    assert total == ["total", "3", "4", "2.5", "1", "0.3000"]


def test_mistakes_are_explained(folder: Path, tmp_path: Path) -> None:
    for arguments, text in (
        (["--from", "soon", "--data-dir", str(folder)], "--from: soon is no day"),
        (["--data-dir", str(tmp_path / "nowhere")], "there is no server's data in"),
    ):
        result = CliRunner().invoke(app, ["usage", *arguments])
        assert result.exit_code == 2 and text in result.output


def test_a_key_with_limits_is_listed_disabled_and_enabled(tmp_path: Path) -> None:
    limits = ("--model", "grok-imagine-image", "--endpoint", "image", "--endpoint", "files")
    assert run(tmp_path, "keys", "create", "--name", "a", *limits).startswith("xai-")
    run(tmp_path, "keys", "create", "--name", "b")
    header, first, second = run(tmp_path, "keys", "list").splitlines()
    assert header.split()[-2:] == ["may", "use"]
    assert "model:grok-imagine-image, endpoint:image, endpoint:files" in first
    assert second.rstrip().endswith("everything")
    key_id = first.split()[0]
    for command, state in (("disable", "disabled"), ("enable", "active")):
        run(tmp_path, "keys", command, key_id)
        assert state in run(tmp_path, "keys", "list").splitlines()[1].split()


@pytest.mark.parametrize("command", ["disable", "enable", "revoke"])
def test_an_unknown_key_is_said(tmp_path: Path, command: str) -> None:
    result = CliRunner().invoke(app, ["keys", command, "nobody", "--data-dir", str(tmp_path)])
    assert result.exit_code == 2 and "no key with the id nobody" in result.output


def test_an_unknown_endpoint_is_refused(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        app, ["keys", "create", "--name", "a", "--endpoint", "chat", "--data-dir", str(tmp_path)]
    )
    assert result.exit_code == 2 and "there are: image, video, files, batch, models" in result.output
