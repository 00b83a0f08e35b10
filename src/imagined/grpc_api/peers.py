"""The other end of a connection, as gRPC spells it."""

from urllib.parse import unquote


def peer_host(peer: str) -> str:
    """``ipv4:HOST:PORT``, ``ipv6:%5BHOST%5D:PORT``, or a unix socket that was named ``.../HOST:PORT`` -> ``HOST``."""
    kind, _, place = unquote(peer).partition(":")
    host, _, port = (place.rpartition("/")[2] if kind == "unix" else place).rpartition(":")
    return host.strip("[]") if port.isdecimal() else kind
