"""The server's certificate: read, tried out, given to both transports, and read again when it was renewed.

The pair is proven by a handshake with ourselves in memory, which finds what a client would find: a key of another
certificate, a lapsed certificate, one that is not for servers.
"""

import contextlib
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

H2: Final = "h2"
HTTP1: Final = "http/1.1"
_EXCHANGES: Final = 4
"""A handshake takes three at most; a finished one stays finished."""


class TlsError(Exception):
    """The certificate cannot be used; the message names the file and what to do."""


@dataclass(frozen=True)
class Certificate:
    """What a certificate says of itself."""

    names: tuple[str, ...]
    """Host names and addresses that it is for."""
    expires_at: int
    """Unix seconds."""


class ServerTls:
    """A certificate and its key, from two PEM files; raises `TlsError` when they cannot be used."""

    def __init__(self, cert: str, key: str) -> None:
        self._cert, self._key = cert, key
        self._contexts: list[ssl.SSLContext] = []
        self._pem = self._checked()

    @property
    def certificate(self) -> Certificate:
        """What is in use."""
        return self._certificate

    def context(self, protocols: Sequence[str]) -> ssl.SSLContext:
        """For HTTP. `protocols` are offered by ALPN, the ones preferred first. A later `reload` changes it in place."""
        context = _server_context(self._cert, self._key)
        context.set_alpn_protocols(list(protocols))
        self._contexts.append(context)
        return context

    def grpc_credentials(self) -> Any:
        """For gRPC, which asks at each new connection which certificate is in use."""
        import grpc  # a process that only looks at a certificate needs no gRPC

        given = self._pem

        def configuration(pem: tuple[bytes, bytes]) -> Any:
            cert, key = pem
            return grpc.ssl_server_certificate_configuration([(key, cert)])

        def changed() -> Any:
            nonlocal given
            if self._pem is given:
                return None
            given = self._pem
            return configuration(given)

        return grpc.dynamic_ssl_server_credentials(configuration(given), changed)

    def reload(self) -> None:
        """Read the files again, for new connections. After `TlsError` the old pair stays in use."""
        pem = self._checked()
        for context in self._contexts:
            context.load_cert_chain(self._cert, self._key)
        self._pem = pem

    def _checked(self) -> tuple[bytes, bytes]:
        pem = _read(self._cert, "certificate"), _read(self._key, "key")
        self._certificate = _proven(_server_context(self._cert, self._key), self._cert)
        return pem


def _read(file: str, what: str) -> bytes:
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise TlsError(f"The TLS {what} {file} cannot be read: {error.strerror}.") from None


def _server_context(cert: str, key: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2

    def refuse_password() -> str:
        raise TlsError(f"The TLS key {key} is encrypted; nobody is here to type a password. Store it without one.")

    try:
        context.load_cert_chain(cert, key, password=refuse_password)
    except ssl.SSLError as error:
        if error.reason == "KEY_VALUES_MISMATCH":
            raise TlsError(f"The TLS key {key} does not belong to the certificate {cert}.") from None
        raise TlsError(
            f"{cert} and {key} are not a certificate and its key in PEM form ({error.reason or 'unreadable'})."
        ) from None
    return context


def _proven(server: ssl.SSLContext, cert: str) -> Certificate:
    """Shake hands in memory with a client that trusts only this certificate."""
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.check_hostname = False
    # The certificate itself is the anchor: who issued it is the clients' business.
    client.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    client.load_verify_locations(cafile=cert)
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    guest = client.wrap_bio(to_client, to_server)
    host = server.wrap_bio(to_server, to_client, server_side=True)
    try:
        for _ in range(_EXCHANGES):
            _advance(guest)
            _advance(host)
    except ssl.SSLCertVerificationError as error:
        raise TlsError(f"Clients would refuse the TLS certificate {cert}: {error.verify_message}.") from None
    except ssl.SSLError as error:
        raise TlsError(f"No TLS connection can be made with {cert}: {error.reason}.") from None
    return described(guest.getpeercert() or {})


def _advance(end: ssl.SSLObject) -> None:
    with contextlib.suppress(ssl.SSLWantReadError):
        end.do_handshake()


def described(peer: Mapping[str, Any]) -> Certificate:
    """From what `ssl` tells of a verified peer."""
    names = tuple(str(value) for kind, value in peer.get("subjectAltName", ()) if kind in ("DNS", "IP Address"))
    return Certificate(names, int(ssl.cert_time_to_seconds(peer["notAfter"])))
