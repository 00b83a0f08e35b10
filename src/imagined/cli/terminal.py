"""What commands that talk to a server share: their options, and how they say what happened.

What a script may want goes to stdout, one thing a line; everything said to a person goes to stderr.
"""

import contextlib
import datetime
import os
from collections.abc import Iterator
from typing import Annotated, Any, NoReturn

import msgspec
import typer

from imagined.cli.remote_errors import LocalFileError, RemoteError, printable
from imagined.contract.errors import ApiError

Url = Annotated[str | None, typer.Option("--url", help="HTTP address of the server.")]
Key = Annotated[str | None, typer.Option("--key", help="API key; without it XAI_API_KEY. An open server needs none.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


def api_key(key: str | None) -> str | None:
    """The key to show."""
    return key or os.environ.get("XAI_API_KEY") or None


@contextlib.contextmanager
def explained() -> Iterator[None]:
    """Turn what went wrong into one sentence on stderr and status 1."""
    try:
        yield
    except (RemoteError, LocalFileError) as error:
        fail(str(error))
    except ApiError as error:
        fail(error.message)
    except BrokenPipeError:
        raise
    except OSError as error:
        fail(f"{error.filename}: {error.strerror}" if error.filename else str(error))


def fail(message: str) -> NoReturn:
    """Say what went wrong and end with status 1."""
    say(f"imagined: {message}")
    raise typer.Exit(1)


def usage_error(message: str) -> NoReturn:
    """Say what is wrong with the command and end with status 2."""
    say(f"imagined: {message}")
    raise typer.Exit(2)


def say(message: str) -> None:
    """A line for a person."""
    typer.echo(printable(message), err=True)


def shown_time(seconds: Any) -> str:
    """A time in UTC, or a dash."""
    if not isinstance(seconds, int | float):
        return "-"
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).strftime("%Y-%m-%d %H:%M:%SZ")


def encoded(file: dict[str, Any]) -> str:
    """An object on one line."""
    return msgspec.json.encode(file).decode()
