"""What `imagined doctor` looks at in a running server: all that its users do, in the way they do it.

The official SDK with its own channel options over gRPC, a plain client over HTTP, and no credentials at all for the
URLs that the server hands out.
"""

import contextlib
import email.utils
import re
import socket
import ssl
import struct
import time
import zlib
from collections.abc import Callable, Iterator
from typing import Any, Final
from urllib.parse import urlsplit

import httpx2

from imagined.cli.findings import CheckError, Findings
from imagined.cli.targets import LOOPBACK, Target
from imagined.cli.tls import described

_TIMEOUT_S: Final = 15.0
_PICTURE_TIMEOUT_S: Final = 300.0
_MOST_SKEW_S: Final = 30
_LEAST_LIFE_S: Final = 7 * 86_400
_NAME: Final = "imagined-doctor.png"
_MODEL: Final = "grok-imagine-image"
_NOBODY_THERE: Final = (
    "Is `imagined serve` running there, and is --url (or IMAGINED_URL) right? With a certificate it begins with https."
)
_FROM_OUTSIDE: Final = (
    "This URL is what clients get. It begins with --public-base-url, which must lead to the server from where they are."
)


def check_server(findings: Findings, target: Target, key: str, *, quick: bool) -> None:
    """Report on the server at `target`."""
    with _http_client(target) as http:
        server = _Server(target, key, http)
        if findings.check("HTTP", server.answers):
            findings.check("ready", server.is_ready)
            findings.check("clock", server.has_our_time)
            if target.url.startswith("https:"):
                findings.check("certificate", server.certificate_lasts)
            findings.check("key", server.takes_the_key)
    with contextlib.closing(_Sdk(target, key)) as sdk:
        if not findings.check("gRPC", sdk.answers):
            findings.skip("the rest", "it needs gRPC")
            return
        with _http_client(target) as anonymous:
            _check_sharing(findings, sdk, anonymous)
            if quick:
                findings.skip("picture", "--quick")
            else:
                _check_picture(findings, sdk, anonymous)


def _http_client(target: Target) -> httpx2.Client:
    # A proxy of the environment does not know this machine's own ports; SSL_CERT_FILE counts in any case.
    is_here = (urlsplit(target.url).hostname or "").lower() in LOOPBACK
    return httpx2.Client(timeout=_TIMEOUT_S, trust_env=not is_here, verify=ssl.create_default_context())


def _check_sharing(findings: Findings, sdk: "_Sdk", anonymous: httpx2.Client) -> None:
    """Upload, publish, fetch, revoke, delete."""
    try:
        if not findings.check("upload", sdk.upload):
            findings.skip("public URL", "there is no file to share")
        elif findings.check("public URL", lambda: sdk.publish(anonymous)):
            findings.check("revoke", lambda: sdk.revoke(anonymous))
    finally:
        if sdk.file_id:
            findings.check("delete", sdk.delete)


def _check_picture(findings: Findings, sdk: "_Sdk", anonymous: httpx2.Client) -> None:
    """An engine works, and its result can be fetched."""
    if findings.check("picture", sdk.picture):
        findings.check("ephemeral URL", lambda: _fetched(anonymous, sdk.picture_url, "image/jpeg")[0])
    else:
        findings.skip("ephemeral URL", "there is no picture")


class _Server:
    """The HTTP half."""

    def __init__(self, target: Target, key: str, http: httpx2.Client) -> None:
        self._url = target.url
        self._key = key
        self._http = http

    def answers(self) -> str:
        started = time.perf_counter()
        answer = self._get("/healthz")
        if answer.status_code != 200:
            raise CheckError(
                f"{self._url}/healthz answers {answer.status_code}.",
                "Is another program at this address, or a proxy in front that does not pass everything on?",
            )
        return f"{self._url} answers in {(time.perf_counter() - started) * 1000:.0f} ms"

    def is_ready(self) -> str:
        answer = self._get("/readyz")
        if answer.status_code != 200:
            raise CheckError(
                f"/readyz answers {answer.status_code}.", "The server starts or stops; its log says which."
            )
        return "new requests are taken"

    def has_our_time(self) -> str:
        date = self._get("/healthz").headers.get("date")
        if date is None:
            return "the server does not tell its time"
        ahead = email.utils.parsedate_to_datetime(date).timestamp() - time.time()
        if abs(ahead) > _MOST_SKEW_S:
            raise CheckError(
                f"The server's clock is {abs(ahead):.0f} s {'ahead of' if ahead > 0 else 'behind'} this machine's.",
                "URLs and files would expire at the wrong time; run a time service on both.",
            )
        return "the server's is ours"

    def certificate_lasts(self) -> str:
        parts = urlsplit(self._url)
        host, port = parts.hostname or "", parts.port or 443
        try:
            with (
                socket.create_connection((host, port), timeout=_TIMEOUT_S) as raw,
                ssl.create_default_context().wrap_socket(raw, server_hostname=host) as wrapped,
            ):
                certificate = described(wrapped.getpeercert() or {})
        except (OSError, KeyError) as error:
            # The server itself was reached above, so what stands in the way is a proxy.
            return f"accepted for {host}; its end is not known ({type(error).__name__})"
        left = certificate.expires_at - time.time()
        if left < _LEAST_LIFE_S:
            raise CheckError(
                f"The certificate ends in {left / 86_400:.1f} days.", "Renew it and send the server SIGHUP."
            )
        return f"good for {', '.join(certificate.names)}, {left / 86_400:.0f} days more"

    def takes_the_key(self) -> str:
        answer = self._get("/v1/models", {"authorization": f"Bearer {self._key}"})
        if answer.status_code != 200:
            raise CheckError(
                f"The key ending in {self._key[-4:]} is refused: {_sentence(answer)}",
                "Make one with `imagined keys create` and give it by --key or XAI_API_KEY.",
            )
        return f"accepted, {len(answer.json().get('data', []))} models"

    def _get(self, path: str, headers: dict[str, str] | None = None) -> httpx2.Response:
        with _explained(self._url, _NOBODY_THERE):
            return self._http.get(self._url + path, headers=headers or {})


class _Sdk:
    """The gRPC half, by the official SDK as its users have it."""

    def __init__(self, target: Target, key: str) -> None:
        import xai_sdk  # takes half a second

        self._grpc = target.grpc
        self._client = xai_sdk.Client(api_key=key, api_host=target.grpc, timeout=_TIMEOUT_S)
        self._patient = xai_sdk.Client(api_key=key, api_host=target.grpc, timeout=_PICTURE_TIMEOUT_S)
        self._content = _png()
        self.file_id = ""
        self._public_url = ""
        self.picture_url = ""

    def close(self) -> None:
        self._client.close()
        self._patient.close()

    def answers(self) -> str:
        models = self._call(lambda: self._client.models.list_image_generation_models())
        return f"{self._grpc} answers the official SDK, {len(models)} image models"

    def upload(self) -> str:
        self.file_id = self._call(lambda: self._client.files.upload(self._content, filename=_NAME)).id
        if self._call(lambda: self._client.files.content(self.file_id)) != self._content:
            raise CheckError("A file comes back with other bytes.", "Run `imagined fsck` on the server's data folder.")
        return f"{len(self._content)} bytes stored and read back"

    def publish(self, anonymous: httpx2.Client) -> str:
        self._public_url = self._call(lambda: self._client.files.create_public_url(self.file_id)).public_url
        line, body = _fetched(anonymous, self._public_url, "image/png")
        if body != self._content:
            raise CheckError(f"{self._public_url} has other bytes than the file.", _FROM_OUTSIDE)
        return line

    def revoke(self, anonymous: httpx2.Client) -> str:
        self._call(lambda: self._client.files.revoke_public_url(self.file_id))
        with _explained(self._public_url, _FROM_OUTSIDE):
            status = anonymous.get(self._public_url).status_code
        if status != 404:
            raise CheckError(
                f"A revoked URL answers {status}, not 404.", "Is there a cache in front that keeps public files?"
            )
        return "a revoked URL is gone at once"

    def delete(self) -> str:
        self._call(lambda: self._client.files.delete(self.file_id))
        return "the file is removed again"

    def picture(self) -> str:
        started = time.perf_counter()
        made = self._call(lambda: self._patient.image.sample(prompt="A red apple on a white table", model=_MODEL))
        self.picture_url = made.url
        return f"made in {time.perf_counter() - started:.1f} s by {_MODEL}"

    def _call(self, work: Callable[[], Any]) -> Any:
        import grpc

        try:
            return work()
        except grpc.RpcError as error:
            raise self._explanation(error) from None

    def _explanation(self, error: Any) -> CheckError:
        code, details = error.code().name, _short(str(error.details() or ""))
        found = f"{self._grpc}: {code}, {details}."
        if re.search("WRONG_VERSION|SSL_ERROR|handshake|CERTIFICATE", details, re.IGNORECASE):
            return CheckError(found, _TLS_ADVICE)
        if code in ("UNAVAILABLE", "DEADLINE_EXCEEDED"):
            advice = "Is --grpc (or IMAGINED_GRPC) right? A proxy in front must pass HTTP/2 on to gRPC."
            return CheckError(found, advice if "localhost:" in self._grpc else f"{advice} {_TLS_ADVICE}")
        if code == "UNIMPLEMENTED":
            return CheckError(found, "Another server is at this address.")
        if code in ("INVALID_ARGUMENT", "UNAUTHENTICATED", "PERMISSION_DENIED"):
            return CheckError(found, "Make a key with `imagined keys create` and give it by --key or XAI_API_KEY.")
        return CheckError(found, "The server's log has more.")


_TLS_ADVICE: Final = (
    "The SDK uses TLS for any host but localhost: the server needs --tls-cert for that host name, and clients that "
    "do not know its issuer GRPC_DEFAULT_SSL_ROOTS_FILE_PATH."
)


def _fetched(anonymous: httpx2.Client, url: str, wanted: str) -> tuple[str, bytes]:
    """Fetch a URL that the server handed out, as anybody may; what is well with it, and the bytes."""
    with _explained(url, _FROM_OUTSIDE):
        answer = anonymous.get(url)
    if answer.status_code != 200:
        raise CheckError(f"{url} answers {answer.status_code}.", _FROM_OUTSIDE)
    found = answer.headers.get("content-type", "no type")
    if found != wanted:
        raise CheckError(f"{url} is {found}, not {wanted}.", "Something in front changes answers.")
    return f"{url} opens without a key, {wanted}", answer.content


@contextlib.contextmanager
def _explained(url: str, advice: str) -> Iterator[None]:
    try:
        yield
    except httpx2.TimeoutException:
        raise CheckError(f"{url} took longer than {_TIMEOUT_S:.0f} s.", advice) from None
    except httpx2.ConnectError as error:
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            reason = _short(str(error).partition("certificate verify failed: ")[2].partition(" (_ssl")[0])
            raise CheckError(
                f"{url}: the certificate is not accepted, {reason}.",
                "It must be for this host name and from an issuer this machine knows (SSL_CERT_FILE names another).",
            ) from None
        raise CheckError(f"{url} cannot be reached: {_short(str(error))}.", advice) from None
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise CheckError(f"{url}: {_short(str(error)) or type(error).__name__}.", advice) from None


def _sentence(answer: httpx2.Response) -> str:
    try:
        body = answer.json()
    except ValueError:
        return f"status {answer.status_code}."
    return str(body.get("error", answer.status_code)) if isinstance(body, dict) else f"status {answer.status_code}."


def _short(text: str) -> str:
    return text[:300].rstrip(". ")


def _png() -> bytes:
    """A grey picture of 2 x 2 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 2, 2, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\x00\x80\x80" * 2)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
