"""Which server a command talks to."""

import os
from dataclasses import dataclass
from urllib.parse import urlsplit

from imagined.settings import Server

LOOPBACK = ("127.0.0.1", "::1", "localhost")
HTTPS_PORT = 443


@dataclass(frozen=True)
class Target:
    """A running server."""

    url: str
    """``http://HOST:PORT`` or ``https://...``, no slash at the end."""
    grpc: str
    """``HOST:PORT`` in the spelling the official SDK wants, see `sdk_host`."""


def find_target(url: str | None = None, grpc: str | None = None) -> Target:
    """From the options, else ``IMAGINED_URL`` and ``IMAGINED_GRPC``, else the default ports on this machine.

    For an https URL without a port gRPC is looked for at the same place: that is how a proxy shows both. With
    https, gRPC is TLS too.
    """
    defaults = Server()
    http = (url or os.environ.get("IMAGINED_URL") or f"http://{defaults.host}:{defaults.port}").rstrip("/")
    parts = urlsplit(http)
    host = parts.hostname or defaults.host
    port = HTTPS_PORT if parts.scheme == "https" and parts.port is None else defaults.grpc_port
    # Options belong together: a URL that was typed does not go with a gRPC address from the environment.
    rpc = grpc or ("" if url else os.environ.get("IMAGINED_GRPC")) or f"{bracketed(host)}:{port}"
    return Target(url=http, grpc=sdk_host(rpc, tls=parts.scheme == "https"))


def sdk_host(address: str, *, tls: bool = False) -> str:
    """`address` as the SDK's `api_host`.

    The SDK speaks plain gRPC to hosts that are spelled ``localhost:`` and TLS to all others. Without TLS, loopback is
    therefore spelled that way; with TLS, ``localhost`` is spelled in capitals, which names the same host.
    """
    host, _, port = address.rpartition(":")
    if tls:
        return f"LOCALHOST:{port}" if host == "localhost" else address
    return f"localhost:{port}" if host.strip("[]") in LOOPBACK else address


def bracketed(host: str) -> str:
    """`host` as it stands before a port."""
    return f"[{host}]" if ":" in host else host
