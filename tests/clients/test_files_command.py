"""`imagined files` against a real server, as a user and as a script would call it."""

import json
import subprocess
import sys
import urllib.error
from pathlib import Path

import pytest
from typer.testing import CliRunner

from imagined.cli.demo import fetch
from imagined.cli.main import app
from imagined.cli.server_process import ServerProcess
from tests.clients.uploads import PNG, random_file, sha256_of

MIB = 1024 * 1024


class Cli:
    """`imagined files` in this process, with nothing of this shell's environment that names a server."""

    def __init__(self, server: ServerProcess, folder: Path, **environment: str) -> None:
        self.environment = {"IMAGINED_GRPC": None, "XAI_API_KEY": None, "IMAGINED_URL": server.target.url}
        self.environment.update(environment)
        self.folder = folder

    def run(self, *arguments: str, stdin: bytes = b"", status: int = 0) -> tuple[bytes, str]:
        done = CliRunner().invoke(app, ["files", *arguments], env=self.environment, input=stdin)
        assert done.exit_code == status, f"{done.output}{done.exception!r}"
        return done.stdout_bytes, done.stderr

    def lines(self, *arguments: str, stdin: bytes = b"", status: int = 0) -> list[str]:
        return self.run(*arguments, stdin=stdin, status=status)[0].decode().splitlines()


@pytest.fixture
def cli(server: ServerProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    monkeypatch.chdir(tmp_path)
    return Cli(server, tmp_path)


def test_put_list_get_publish_revoke_remove(cli: Cli) -> None:
    (cli.folder / "[b]harbour.png").write_bytes(PNG)
    (cli.folder / "notes.txt").write_bytes(b"words")
    picture, notes = cli.lines("put", "[b]harbour.png", "notes.txt", "--expires-after", "7200")
    listed = [json.loads(line) for line in cli.lines("ls", "--json", "--filter", f'file_id = "{picture}"')]
    assert [(file["id"], file["filename"], file["bytes"]) for file in listed] == [(picture, "[b]harbour.png", len(PNG))]
    assert listed[0]["expires_at"] == listed[0]["created_at"] + 7200
    (row,) = [line for line in cli.lines("ls", "--all") if picture in line]
    assert "[b]harbour.png" in row

    assert cli.lines("get", picture, "-o", "copy.png") == ["copy.png"]
    assert (cli.folder / "copy.png").read_bytes() == PNG
    assert cli.run("get", notes, "-o", "-")[0] == b"words"
    assert "notes.txt exists" in cli.run("get", notes, status=1)[1]
    (cli.folder / "notes.txt").write_bytes(b"")
    assert cli.lines("get", notes, "--force") == ["notes.txt"]
    assert (cli.folder / "notes.txt").read_bytes() == b"words"

    (url,) = cli.lines("publish", picture, "--expires-after", "3600")
    assert fetch(url) == PNG
    assert cli.lines("revoke", picture, notes) == [url]
    with pytest.raises(urllib.error.HTTPError, match="404"):
        fetch(url)
    assert cli.lines("rm", picture, picture, notes, status=1) == [picture, notes]
    assert cli.lines("ls", "--json", "--filter", f'file_id = "{picture}" OR file_id = "{notes}"') == []


def test_stdin_of_a_real_pipe_and_json(cli: Cli, server: ServerProcess) -> None:
    command = [sys.executable, "-m", "imagined", "files", "put", "-", "--name", "piped.bin", "--json"]
    command += ["--url", server.target.url]
    line = subprocess.run(command, input=b"x" * 300_000, capture_output=True, check=True).stdout
    file = json.loads(line)
    assert (file["filename"], file["bytes"], file["object"]) == ("piped.bin", 300_000, "file")
    cli.lines("rm", file["id"])


def test_pages_are_followed_and_limits_kept(cli: Cli) -> None:
    for number in range(5):
        (cli.folder / f"page-{number}.txt").write_bytes(b"x" * (number + 1))
    ids = cli.lines("put", *(f"page-{number}.txt" for number in range(5)))
    here = ("--filter", 'name:"page-" AND size_bytes <= 5', "--sort-by", "size", "--order", "asc", "--json")
    ordered = [json.loads(line)["id"] for line in cli.lines("ls", *here)]
    assert ordered == ids
    out, said = cli.run("ls", *here, "--limit", "2")
    assert [json.loads(line)["id"] for line in out.splitlines()] == ids[:2]
    assert "More files follow" in said
    cli.lines("rm", *ids)


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (("get", "file_00000000-0000-4000-8000-000000000000"), 1, "File not found"),
        (("ls", "--filter", "bogus = 1"), 1, "at column 1"),
        (("ls", "--url", "http://127.0.0.1:1"), 1, "No server answers at http://127.0.0.1:1"),
        (("put", "no-such-file"), 1, "no-such-file: No such file or directory"),
        (("put", "."), 1, "Is a directory"),
        (("put", "-"), 2, "--name is required"),
        (("put", "a", "b", "--name", "c"), 2, "--name is for one file"),
        (("put", "-", "--name", "x", "--expires-after", "5"), 1, "between 3600 and 2592000"),
        (("ls", "--limit", "0"), 2, "--limit"),
        (("get", ".."), 1, "is no file id"),
    ],
)
def test_mistakes_are_explained(cli: Cli, arguments: tuple[str, ...], status: int, sentence: str) -> None:
    out, said = cli.run(*arguments, status=status)
    assert (out, sentence in said) == (b"", True), said
    assert "Traceback" not in said


def test_the_rest_is_stored_when_one_file_is_refused(cli: Cli) -> None:
    (cli.folder / "good.txt").write_bytes(b"good")
    (stored,) = cli.lines("put", "no-such-file", "good.txt", status=1)
    cli.lines("rm", stored)


def test_large_files_go_over_grpc_where_it_is_known(cli: Cli, server: ServerProcess) -> None:
    path = random_file(cli.folder / "large.bin", 50 * MIB + 1)
    assert "name its address with --grpc" in cli.run("put", "large.bin", status=1)[1]
    (stored,) = cli.lines("put", "large.bin", "--grpc", server.target.grpc)
    assert cli.lines("get", stored, "-o", "copy.bin") == ["copy.bin"]
    assert sha256_of(cli.folder / "copy.bin") == sha256_of(path)
    cli.lines("rm", stored)


def test_keys_are_sent_on_every_way_and_from_the_environment(tmp_path: Path) -> None:
    create = [sys.executable, "-m", "imagined", "keys", "create", "--data-dir", str(tmp_path / "data"), "--name", "me"]
    key = subprocess.run(create, capture_output=True, text=True, check=True).stdout.strip()
    with ServerProcess(tmp_path / "data", tmp_path / "server.log", ["--auth", "keys"]) as server:
        stranger, friend = Cli(server, tmp_path), Cli(server, tmp_path, XAI_API_KEY=key)
        assert "imagined: " in stranger.run("ls", status=1)[1]
        (stored,) = friend.lines("put", "-", "--name", "a", "--grpc", server.target.grpc, stdin=b"over grpc")
        assert stranger.run("get", stored, "-o", "-", "--key", key)[0] == b"over grpc"
