"""`imagined replay`: make a stored result once more and compare the bytes."""

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from imagined.cli.remote_errors import LocalFileError, RemoteError, printable
from imagined.cli.targets import find_target

if TYPE_CHECKING:
    from imagined.cli.remote_replays import RemoteReplays

DIFFERS: Final = 3
_FIRST_PAUSE_S: Final = 0.1
_LONGEST_PAUSE_S: Final = 2.0


def replay(
    file_id: Annotated[str, typer.Argument(help="The file's id, file_...", metavar="FILE_ID")],
    output: Annotated[str | None, typer.Option("--output", "-o", help="Where to keep what came out.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file.")] = False,
    url: Annotated[str | None, typer.Option("--url", help="HTTP address of the server.")] = None,
    key: Annotated[str | None, typer.Option("--key", help="API key; without it XAI_API_KEY.")] = None,
) -> None:
    """Make a stored result again from its receipt and say whether the bytes are the same.

    Status 0 for identical, 3 for different, 1 when it could not be made.
    """
    from imagined.cli import downloads
    from imagined.cli.remote_replays import RemoteReplays

    with (
        _explained(),
        RemoteReplays(find_target(url).url, key or os.environ.get("XAI_API_KEY") or None) as remote,
    ):
        done = _ended(remote, file_id)
        result = done["result"]
        typer.echo(str(done["verdict"]))
        for name, made in (("file", done), ("replay", result)):
            typer.echo(printable(f"{name:<8}{made['sha256']}  engine {made['engine_digest'] or 'unknown'}"))
        for reason in done.get("reasons", ()):
            _say(str(reason))
        if output is not None:
            kept = {"id": done["request_id"], "bytes": result["size"]}
            downloads.to_file(remote, kept, Path(output), force=force, advance=lambda _: None)
            typer.echo(output)
    raise typer.Exit(0 if done["verdict"] == "identical" else DIFFERS)


def _ended(remote: "RemoteReplays", file_id: str) -> dict[str, Any]:
    """Start a replay and wait for its result. Interrupted, the request goes on at the server."""
    started = remote.start(file_id)
    request_id, pause_s = str(started["request_id"]), _FIRST_PAUSE_S
    _say(f"request {request_id}: {started['operation']} by {started['model']}, seed {started['seed']}")
    while True:
        standing = remote.replay(file_id, request_id)
        if standing["status"] == "done":
            return standing
        if standing["status"] != "pending":
            error = standing.get("error") or {}
            raise RemoteError(f"The replay ended as {standing['status']}. {error.get('message', '')}".strip())
        time.sleep(pause_s)
        pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)


@contextlib.contextmanager
def _explained() -> Iterator[None]:
    """Turn what went wrong into one sentence on stderr and status 1."""
    try:
        yield
    except (RemoteError, LocalFileError) as error:
        _say(f"imagined: {error}")
        raise typer.Exit(1) from None
    except KeyError:
        _say("imagined: The server does not answer like one that makes replays; is it the right address?")
        raise typer.Exit(1) from None


def _say(message: str) -> None:
    typer.echo(printable(message), err=True)
