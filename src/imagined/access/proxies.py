"""Whose connection it is, when proxies stand in front.

``X-Forwarded-For`` is written by whoever sends it. It is believed only as far back as addresses of the configured
proxies reach: the first address from the right that is no proxy of ours is the client, and what stands left of it is
hearsay. The result stands in the log and decides nothing.
"""

import ipaddress
from collections.abc import Sequence

_Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class TrustedProxies:
    """The addresses and networks whose word counts; raises `ValueError` for what is neither."""

    def __init__(self, networks: Sequence[str] = ()) -> None:
        self._networks: list[_Network] = [ipaddress.ip_network(network, strict=False) for network in networks]

    def client(self, peer: str, forwarded_for: str | None) -> str:
        """The client's address: `peer`, the other end of the connection, or whom a trusted peer speaks for."""
        client = peer
        for hop in reversed((forwarded_for or "").split(",")):
            if not self._is_trusted(client):
                break
            address = _address(hop)
            if address is None:
                break
            client = address
        return client

    def _is_trusted(self, host: str) -> bool:
        address = _parsed(host) if self._networks else None
        return address is not None and any(address in network for network in self._networks)


def _address(hop: str) -> str | None:
    """An address without the port that some proxies add; None for anything else, such as ``unknown``."""
    text = hop.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    parsed = _parsed(text)
    return None if parsed is None else str(parsed)


def _parsed(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return None
    # A dual-stack socket shows IPv4 clients in this form.
    return (address.ipv4_mapped or address) if isinstance(address, ipaddress.IPv6Address) else address
