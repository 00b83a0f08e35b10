"""Secrets and signatures, as Standard Webhooks prescribes.

No secret is stored: each follows from the endpoint's id and generation and one key in a file of the data folder. A
copy of the database signs nothing, and a copy of the file alone names no endpoint.
"""

import base64
import hashlib
import hmac
import os
import tempfile
import threading
from pathlib import Path
from typing import Final

import structlog

from imagined.webhooks.ports import Webhook
from imagined.webhooks.rules import OVERLAP_S

_log = structlog.get_logger("imagined.webhooks")
KEY_FILE: Final = "webhooks.key"
KEY_MISSING: Final = "The server cannot sign: its operator has to restore the file webhooks.key."
_BYTES: Final = 32
_PREFIX: Final = "whsec_"


class MissingKeyError(Exception):
    """The key file is gone or damaged: what endpoints verify with cannot be made any more."""


class Secrets:
    """The secrets of every endpoint. The file is made, readable by its owner only, when the first endpoint is.

    Blocking: the first call reads the file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._key: bytes | None = None
        self._making = threading.Lock()

    def make(self) -> None:
        """Make the key file if there is none; whole and durable on return. Raises `OSError`, `MissingKeyError`.

        One server has the folder to itself, so a lock between its threads is enough.
        """
        with self._making:
            if self._key is None and not self._path.exists():
                _write(self._path, os.urandom(_BYTES))
                _log.info("webhook key made", file=self._path.name)
            self._read()

    def secret(self, webhook: Webhook) -> str:
        """What the receiver verifies with, ``whsec_`` and base64. Raises `MissingKeyError`."""
        return _PREFIX + base64.b64encode(self._derived(webhook.id, webhook.generation)).decode("ascii")

    def signatures(self, webhook: Webhook, event_id: str, timestamp: int, body: bytes, now: float) -> str:
        """The `webhook-signature` header: for a day after a rotation also by the secret before it.

        Raises `MissingKeyError`.
        """
        generations = [webhook.generation]
        if webhook.rotated_at is not None and now < webhook.rotated_at + OVERLAP_S:
            generations.append(webhook.generation - 1)
        return " ".join(signature(self._derived(webhook.id, one), event_id, timestamp, body) for one in generations)

    def _derived(self, webhook_id: str, generation: int) -> bytes:
        return hmac.digest(self._read(), f"{webhook_id}.{generation}".encode(), hashlib.sha256)

    def _read(self) -> bytes:
        if self._key is None:
            try:
                key = bytes.fromhex(self._path.read_text(encoding="ascii").strip())
            except (OSError, ValueError):
                key = b""
            if len(key) != _BYTES:
                raise MissingKeyError(f"{self._path.name} is missing from the data folder, or damaged")
            self._key = key
        return self._key


def signature(secret: bytes, event_id: str, timestamp: int, body: bytes) -> str:
    """One signature, ``v1,`` and base64."""
    signed = b"%s.%d.%s" % (event_id.encode("ascii"), timestamp, body)
    return "v1," + base64.b64encode(hmac.digest(secret, signed, hashlib.sha256)).decode("ascii")


def _write(path: Path, key: bytes) -> None:
    """Bytes first, then the name: nobody ever reads half a key."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".webhooks-")
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(key.hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).rename(path)
    finally:
        Path(temporary).unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
