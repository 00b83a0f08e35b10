"""`imagined files`: list, store, fetch, remove and share files, on any server that speaks the Files API.

What a script may want goes to stdout, one thing a line; everything said to a person goes to stderr.
"""

import contextlib
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from imagined.cli.remote_errors import RemoteError, printable
from imagined.cli.targets import Target, find_target
from imagined.cli.terminal import AsJson, Key, Url, api_key, encoded, explained, say, shown_time, usage_error
from imagined.files.rules import check_expires_after, check_filename
from imagined.settings import Limits

if TYPE_CHECKING:
    # An HTTP client takes a quarter of a second to import; only commands that talk need it.
    from imagined.cli.remote_files import RemoteFiles

app = typer.Typer(help="Store, list, fetch and share files on a server.", no_args_is_help=True)

FileId = Annotated[str, typer.Argument(help="A file's id, file_...", metavar="FILE_ID")]
FileIds = Annotated[list[str], typer.Argument(help="Files' ids, file_...", metavar="FILE_ID...")]
ExpiresAfter = Annotated[int | None, typer.Option(help="Lifetime in seconds, 3600 to 2592000.")]


class SortBy(StrEnum):
    """What `ls` sorts by."""

    CREATED_AT = "created_at"
    FILENAME = "filename"
    SIZE = "size"


class Order(StrEnum):
    """Which way."""

    ASC = "asc"
    DESC = "desc"


@app.command()
def ls(
    expression: Annotated[
        str | None, typer.Option("--filter", help="""An expression, for example 'name:"city"'.""")
    ] = None,
    sort_by: Annotated[SortBy, typer.Option(help="What to sort by.")] = SortBy.CREATED_AT,
    order: Annotated[Order, typer.Option(help="Which way; newest or largest first by default.")] = Order.DESC,
    limit: Annotated[int, typer.Option(min=1, help="How many files at most.")] = 100,
    every: Annotated[bool, typer.Option("--all", help="Every file, however many there are.")] = False,
    json: AsJson = False,
    url: Url = None,
    key: Key = None,
) -> None:
    """List files."""
    with _remote(url, key) as remote, explained():
        # One more than is shown tells whether more follow.
        files = remote.list(expression, sort_by=sort_by, order=order, limit=None if every else limit + 1)
        if json:
            more = _print_each(files, None if every else limit)
        else:
            shown = list(files)
            more = not every and len(shown) > limit
            _print_table(shown if every else shown[:limit])
    if more:
        say("More files follow; use --limit or --all.")


@app.command()
def put(
    paths: Annotated[list[str], typer.Argument(help="Files to store; - is stdin.", metavar="PATH...")],
    name: Annotated[str | None, typer.Option(help="The stored file's name; with - it is required.")] = None,
    expires_after: ExpiresAfter = None,
    json: AsJson = False,
    url: Url = None,
    grpc: Annotated[str | None, typer.Option("--grpc", help="gRPC address, HOST:PORT, for files over 50 MiB.")] = None,
    key: Key = None,
) -> None:
    """Store files and print their ids, in the order given."""
    if name is not None and len(paths) > 1:
        usage_error("--name is for one file.")
    if name is None and "-" in paths:
        usage_error("--name is required for what comes from stdin.")
    target, failed = find_target(url, grpc), False
    sender = _Sender(target, api_key(key), expires_after, has_grpc=_knows_grpc(url, grpc))
    for path in paths:
        try:
            with explained():
                file = sender.send(path, name or os.path.basename(path))  # noqa: PTH119 - paths are text here
                typer.echo(encoded(file) if json else str(file["id"]))
        except typer.Exit:
            failed = True
    raise typer.Exit(1 if failed else 0)


@app.command()
def get(
    file_id: FileId,
    output: Annotated[str | None, typer.Option("--output", "-o", help="Path or folder; - is stdout.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file.")] = False,
    url: Url = None,
    key: Key = None,
) -> None:
    """Fetch a file, under its stored name unless told otherwise, and print where it is.

    A download that was cut short goes on where it ended when the command is run again.
    """
    from imagined.cli import downloads
    from imagined.cli.transfer_bars import transfer_bar

    with _remote(url, key) as remote, explained():
        file = remote.get(file_id)
        stored_name, size = str(file.get("filename") or ""), int(file["bytes"])
        with transfer_bar(stored_name, size) as advance:
            if output == "-":
                downloads.to_stream(remote, file_id, sys.stdout.buffer, advance)
                return
            name = downloads.local_name(stored_name, file_id)
            path = Path(output) if output else Path(name)
            path = path / name if path.is_dir() else path
            downloads.to_file(remote, file, path, force=force, advance=advance)
    typer.echo(str(path))


@app.command()
def rm(file_ids: FileIds, url: Url = None, key: Key = None) -> None:
    """Delete files, and with them their public URLs; print the ids of those that went."""

    def delete(remote: "RemoteFiles", file_id: str) -> str:
        remote.delete(file_id)
        return file_id

    _for_each(file_ids, url, key, delete)


@app.command()
def publish(file_id: FileId, expires_after: ExpiresAfter = None, url: Url = None, key: Key = None) -> None:
    """Give a file a URL that needs no key, and print it; a second time this moves the URL's expiry."""
    with _remote(url, key) as remote, explained():
        shared = remote.publish(file_id, expires_after)
    typer.echo(printable(str(shared["public_url"])))
    ends = shared.get("expires_at")
    say(f"Until {shown_time(ends)}." if ends else "Until it is revoked or the file is deleted.")


@app.command()
def revoke(file_ids: FileIds, url: Url = None, key: Key = None) -> None:
    """End the public URLs of files, from the very next request on; print those URLs."""

    def end(remote: "RemoteFiles", file_id: str) -> str | None:
        answer = remote.revoke(file_id)
        if not answer.get("revoked"):
            say(f"{file_id} has no public URL.")
            return None
        return str(answer.get("public_url") or file_id)

    _for_each(file_ids, url, key, end)


class _Sender:
    """Uploads over REST, and over gRPC what is too large for REST."""

    def __init__(self, target: Target, key: str | None, expires_after: int | None, *, has_grpc: bool) -> None:
        self._target = target
        self._key = key
        self._expires_after = expires_after
        self._has_grpc = has_grpc

    def send(self, path: str, name: str) -> dict[str, Any]:
        from imagined.cli.remote_files import RemoteFiles
        from imagined.cli.transfer_bars import transfer_bar

        # Before a long upload rather than after it; the name also has to survive the form's quoting.
        check_filename(name, "name")
        check_expires_after(self._expires_after)
        with _opened(path) as (source, size), transfer_bar(name, size) as advance:
            if self._has_grpc and _is_large(name, size):
                from imagined.cli import grpc_upload

                return grpc_upload.upload(
                    self._target, self._key, name, source, expires_after=self._expires_after, advance=advance
                )
            try:
                with RemoteFiles(self._target.url, self._key) as remote:
                    return remote.upload(name, source, size, expires_after=self._expires_after, advance=advance)
            except RemoteError as error:
                if error.status != 413 or self._has_grpc:
                    raise
                raise RemoteError(f"{error} Larger files go over gRPC: name its address with --grpc.", 413) from None


def _is_large(name: str, size: int | None) -> bool:
    limits = Limits()
    return size is None or size > (
        limits.jsonl_upload_bytes if name.lower().endswith(".jsonl") else limits.rest_upload_bytes
    )


def _knows_grpc(url: str | None, grpc: str | None) -> bool:
    """Whether somebody said where gRPC is spoken; nobody has to when no server was named at all."""
    if grpc or os.environ.get("IMAGINED_GRPC"):
        return True
    return not (url or os.environ.get("IMAGINED_URL"))


@contextlib.contextmanager
def _opened(path: str) -> Iterator[tuple[BinaryIO, int | None]]:
    """The bytes to send, and how many there are if that is known."""
    if path == "-":
        yield sys.stdin.buffer, None
        return
    with open(path, "rb") as source:  # noqa: PTH123 - paths are text here
        status = os.fstat(source.fileno())
        yield source, status.st_size if stat.S_ISREG(status.st_mode) else None


def _for_each(
    file_ids: Iterable[str], url: str | None, key: str | None, work: Callable[["RemoteFiles", str], str | None]
) -> None:
    """One after the other, the rest also when one fails; status 1 when any did."""
    failed = False
    with _remote(url, key) as remote:
        for file_id in file_ids:
            try:
                with explained():
                    line = work(remote, file_id)
                if line is not None:
                    typer.echo(printable(line))
            except typer.Exit:
                failed = True
    raise typer.Exit(1 if failed else 0)


def _remote(url: str | None, key: str | None) -> "RemoteFiles":
    from imagined.cli.remote_files import RemoteFiles

    with explained():
        return RemoteFiles(find_target(url).url, api_key(key))


def _print_each(files: Iterator[dict[str, Any]], limit: int | None) -> bool:
    """Print at most `limit`; whether one more was there."""
    for count, file in enumerate(files):
        if count == limit:
            return True
        typer.echo(encoded(file))
    return False


def _print_table(files: Iterable[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.filesize import decimal
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for heading, options in (
        ("id", {"no_wrap": True}),
        ("size", {"justify": "right", "no_wrap": True}),
        ("created", {"no_wrap": True}),
        ("expires", {"no_wrap": True}),
        ("name", {"overflow": "fold"}),
        ("public URL", {"overflow": "fold"}),
    ):
        table.add_column(heading, **options)
    for file in files:
        table.add_row(
            # `Text`, or square brackets in a name would be read as colours.
            Text(printable(str(file["id"]))),
            decimal(int(file["bytes"])),
            shown_time(file["created_at"]),
            shown_time(file.get("expires_at")),
            Text(printable(str(file["filename"]))),
            Text(printable(str(file.get("public_url") or "-"))),
        )
    # A pipe has no width of its own; rows must not be folded for it.
    Console(width=None if Console().is_terminal else 1000).print(table)
