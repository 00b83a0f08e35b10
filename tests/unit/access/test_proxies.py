"""Whose address stands in the log when proxies are in front."""

import pytest

from imagined.access.proxies import TrustedProxies

OURS = TrustedProxies(["127.0.0.1", "10.0.0.0/8", "fd00::/8"])


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("198.51.100.7", None, "198.51.100.7"),
        # Who is no proxy of ours may write what it likes.
        ("198.51.100.7", "203.0.113.1", "198.51.100.7"),
        ("127.0.0.1", None, "127.0.0.1"),
        ("127.0.0.1", "203.0.113.1", "203.0.113.1"),
        ("::ffff:127.0.0.1", "203.0.113.1", "203.0.113.1"),
        ("fd00::2", "2001:db8::1", "2001:db8::1"),
        # The first from the right that is not ours; what stands left of it is hearsay.
        ("127.0.0.1", "192.0.2.66, 203.0.113.1, 10.1.2.3", "203.0.113.1"),
        ("127.0.0.1", "10.9.9.9, 10.1.2.3", "10.9.9.9"),
        ("127.0.0.1", "203.0.113.1:4711", "203.0.113.1"),
        ("127.0.0.1", '"[2001:db8::1]:4711"', "2001:db8::1"),
        ("127.0.0.1", "203.0.113.1, unknown", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("unix", "203.0.113.1", "unix"),
    ],
)
def test_the_client(peer: str, forwarded: str | None, client: str) -> None:
    assert OURS.client(peer, forwarded) == client


def test_nobody_is_trusted_unless_named() -> None:
    assert TrustedProxies().client("127.0.0.1", "203.0.113.1") == "127.0.0.1"
