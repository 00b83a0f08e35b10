"""Calls of a server's HTTP API, for the commands that talk to one.

Nothing is retried: a command says what happened, and a call that was answered by silence may have had its effect.
"""

import contextlib
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import quote, urlsplit

import httpx2

from imagined.cli.remote_errors import RemoteError
from imagined.cli.targets import LOOPBACK

_TIMEOUT: Final = httpx2.Timeout(60.0, connect=10.0)
_MAX_ERROR_BYTES: Final = 64 * 1024


class RemoteApi:
    """A client of one server, for the paths below `root`; use it as a context manager. Methods raise `RemoteError`."""

    root = "v1"
    spoken = "a Files API"
    """What the answers should look like."""

    def __init__(self, url: str, key: str | None) -> None:
        self.url = url
        # A proxy of the environment does not know this machine's own ports.
        on_this_machine = (urlsplit(url).hostname or "") in LOOPBACK
        self.http = httpx2.Client(
            base_url=f"{url}/{self.root}/",
            headers={"authorization": f"Bearer {key}"} if key else {},
            timeout=_TIMEOUT,
            trust_env=not on_this_machine,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.http.close()

    def json(self, method: str, path: str, **request: Any) -> dict[str, Any]:
        """The object that a call answers."""
        with self.explained(), self.http.stream(method, path, **request) as answer:
            check(answer)
            answer.read()
            try:
                body = answer.json()
            except ValueError:
                body = None
        if not isinstance(body, dict):
            raise RemoteError(f"{self.url} does not answer like {self.spoken}; is it the right address?")
        return body

    @contextlib.contextmanager
    def explained(self) -> Iterator[None]:
        """Turn what goes wrong on the way into `RemoteError`."""
        try:
            yield
        except httpx2.ConnectError:
            raise RemoteError(
                f"No server answers at {self.url}. Start one with `imagined serve`, or use --url."
            ) from None
        except httpx2.TimeoutException:
            raise RemoteError(f"{self.url} took too long to answer.") from None
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise RemoteError(f"The connection to {self.url} failed: {error or type(error).__name__}") from None


def id_path(folder: str, name: str, what: str) -> str:
    """The path of a thing in a folder; raises `RemoteError` for what cannot be an id."""
    if name in ("", ".", ".."):
        raise RemoteError(f"`{name}` is no {what} id.")
    return f"{folder}/{quote(name, safe='')}"


def check(answer: httpx2.Response) -> None:
    """Raise `RemoteError` for a refusal, with the server's own sentence."""
    if answer.is_success:
        return
    body = b""
    for chunk in answer.iter_bytes():
        body += chunk
        if len(body) > _MAX_ERROR_BYTES:
            break
    raise RemoteError(_sentence(body) or f"The server answered {answer.status_code}.", answer.status_code)


def _sentence(body: bytes) -> str | None:
    """What the error says, in either of the API's two forms."""
    import msgspec

    try:
        error: Any = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    if isinstance(error, Mapping):
        error = error.get("error")
    if isinstance(error, Mapping):
        error = error.get("message")
    return error if isinstance(error, str) and error else None
