"""Certificates: what cannot work is refused in words before anything listens, and a renewed one is taken over."""

import datetime
import ssl
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from imagined.cli.tls import HTTP1, ServerTls, TlsError
from tests.support.certificates import Authority


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


def test_a_certificate_tells_its_names_and_its_end(authority: Authority) -> None:
    tls = ServerTls(*authority.certificate("ours", ["images.test", "10.0.0.7"]))
    assert tls.certificate.names == ("images.test", "10.0.0.7")
    assert 0 < tls.certificate.expires_at - time.time() <= 3600


def lapsed(authority: Authority) -> tuple[str, str]:
    return authority.certificate("ours", ["images.test"], life=-datetime.timedelta(hours=1))


def strangers(authority: Authority) -> tuple[str, str]:
    return authority.certificate("ours", ["a.test"])[0], authority.certificate("other", ["b.test"])[1]


def encrypted(authority: Authority) -> tuple[str, str]:
    return authority.certificate("ours", ["images.test"], password=b"secret")


def missing(authority: Authority) -> tuple[str, str]:
    return authority.certificate("ours", ["images.test"])[0], str(authority.folder / "nowhere.key")


def words(authority: Authority) -> tuple[str, str]:
    (authority.folder / "words.pem").write_text("not a certificate\n")
    return str(authority.folder / "words.pem"), authority.certificate("ours", ["images.test"])[1]


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        (lapsed, r"Clients would refuse the TLS certificate .*ours.pem: certificate has expired\."),
        (strangers, r"The TLS key .*other.key does not belong to the certificate .*ours.pem\."),
        (encrypted, r"The TLS key .*ours.key is encrypted"),
        (missing, r"The TLS key .*nowhere.key cannot be read: No such file or directory\."),
        (words, r"words.pem and .*ours.key are not a certificate and its key in PEM form"),
    ],
)
def test_what_cannot_work_is_named(
    authority: Authority, files: Callable[[Authority], tuple[str, str]], problem: str
) -> None:
    with pytest.raises(TlsError, match=problem):
        ServerTls(*files(authority))


def names_served(context: ssl.SSLContext, authority: Authority) -> object:
    client = ssl.create_default_context(cafile=str(authority.file))
    client.check_hostname = False
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = (client.wrap_bio(to_client, to_server), context.wrap_bio(to_server, to_client, server_side=True))
    for _ in range(4):
        for end in ends:
            try:
                end.do_handshake()
            except ssl.SSLWantReadError:
                continue
    return (ends[0].getpeercert() or {})["subjectAltName"]


def test_a_renewed_certificate_is_served_and_a_broken_one_is_not(authority: Authority) -> None:
    cert, key = authority.certificate("ours", ["old.test"])
    tls = ServerTls(cert, key)
    context = tls.context([HTTP1])
    assert names_served(context, authority) == (("DNS", "old.test"),)
    authority.certificate("ours", ["new.test"])
    tls.reload()
    assert names_served(context, authority) == (("DNS", "new.test"),)
    assert tls.certificate.names == ("new.test",)
    Path(key).write_text("torn")
    with pytest.raises(TlsError):
        tls.reload()
    assert names_served(context, authority) == (("DNS", "new.test"),)
