"""Which server a command talks to."""

import os
from dataclasses import dataclass
from urllib.parse import urlsplit

from imagined.settings import Server

LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True)
class Target:
    """A running server."""

    url: str
    """``http://HOST:PORT``, no slash at the end."""
    grpc: str
    """``HOST:PORT`` in the spelling the official SDK wants: loopback is ``localhost``, which needs no TLS."""


def find_target(url: str | None = None, grpc: str | None = None) -> Target:
    """From the options, else ``IMAGINED_URL`` and ``IMAGINED_GRPC``, else the default ports on this machine."""
    defaults = Server()
    http = url or os.environ.get("IMAGINED_URL") or f"http://{defaults.host}:{defaults.port}"
    host = urlsplit(http).hostname or defaults.host
    rpc = grpc or os.environ.get("IMAGINED_GRPC") or f"{host}:{defaults.grpc_port}"
    return Target(url=http.rstrip("/"), grpc=sdk_host(rpc))


def sdk_host(address: str) -> str:
    """`address` as the SDK's `api_host`: it speaks plain gRPC only to hosts that are spelled ``localhost:``."""
    host, _, port = address.rpartition(":")
    return f"localhost:{port}" if host.strip("[]") in LOOPBACK else address
