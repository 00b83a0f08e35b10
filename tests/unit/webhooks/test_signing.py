"""Signatures and secrets: the standard's own vectors, and a key that is made once."""

import base64
import hashlib
import hmac
import stat
import threading
from pathlib import Path

import msgspec
import pytest

from imagined.webhooks.rules import OVERLAP_S
from imagined.webhooks.signing import KEY_FILE, MissingKeyError, Secrets, signature
from tests.contract.test_webhook_store import endpoint

NOW = 1_796_083_200.0
BODY = b'{"type":"request.done"}'


def verifies(secret: str, event_id: str, timestamp: int, body: bytes, header: str) -> bool:
    """What a receiver's library does, spelled out anew: any one of the signatures is enough."""
    kind, _, encoded = secret.partition("_")
    assert kind == "whsec"
    text = event_id.encode() + b"." + str(timestamp).encode() + b"." + body
    made = hmac.new(base64.b64decode(encoded, validate=True), text, hashlib.sha256).digest()
    return any(
        version == "v1" and hmac.compare_digest(base64.b64decode(given), made)
        for version, _, given in (one.partition(",") for one in header.split(" "))
    )


@pytest.mark.parametrize(
    ("secret", "event_id", "timestamp", "body", "expected"),
    [
        (
            "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1614265330,
            b'{"test": 2432232314}',
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        ),
        (
            "plJ3nmyCDGBKInavdOK15jsl",
            "msg_loFOjxBNrRLzqYUf",
            1731705121,
            b'{"event_type":"ping","data":{"success":true}}',
            "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=",
        ),
    ],
)
def test_known_vectors(secret: str, event_id: str, timestamp: int, body: bytes, expected: str) -> None:
    assert signature(base64.b64decode(secret), event_id, timestamp, body) == expected
    assert verifies(f"whsec_{secret}", event_id, timestamp, body, expected)


def made(folder: Path) -> Secrets:
    secrets = Secrets(folder / KEY_FILE)
    secrets.make()
    return secrets


def test_a_secret_follows_from_the_key_the_endpoint_and_the_generation(tmp_path: Path) -> None:
    secrets = made(tmp_path)
    first, second = endpoint("wh_1"), endpoint("wh_2")
    assert len(base64.b64decode(secrets.secret(first).removeprefix("whsec_"))) == 32
    rotated = msgspec.structs.replace(first, generation=2)
    assert len({secrets.secret(one) for one in (first, second, rotated)}) == 3
    assert made(tmp_path).secret(first) == secrets.secret(first)
    (tmp_path / "other").mkdir()
    assert made(tmp_path / "other").secret(first) != secrets.secret(first)


def test_after_a_rotation_both_secrets_sign_for_a_day(tmp_path: Path) -> None:
    secrets = made(tmp_path)
    old = endpoint()
    new = msgspec.structs.replace(old, generation=2, rotated_at=NOW)
    at = int(NOW)
    for now, old_is_good in ((NOW, True), (NOW + OVERLAP_S - 1, True), (NOW + OVERLAP_S, False)):
        header = secrets.signatures(new, "msg_1", at, BODY, now)
        assert verifies(secrets.secret(new), "msg_1", at, BODY, header)
        assert verifies(secrets.secret(old), "msg_1", at, BODY, header) == old_is_good
    newest = msgspec.structs.replace(new, generation=3)
    header = secrets.signatures(newest, "msg_1", at, BODY, NOW)
    assert len(header.split(" ")) == 2
    assert not verifies(secrets.secret(old), "msg_1", at, BODY, header)


def test_a_signature_covers_id_time_and_body(tmp_path: Path) -> None:
    secrets, webhook = made(tmp_path), endpoint()
    header = secrets.signatures(webhook, "msg_1", 5, BODY, NOW)
    secret = secrets.secret(webhook)
    assert verifies(secret, "msg_1", 5, BODY, header)
    assert not verifies(secret, "msg_2", 5, BODY, header)
    assert not verifies(secret, "msg_1", 6, BODY, header)
    assert not verifies(secret, "msg_1", 5, BODY + b" ", header)


def test_the_key_is_the_owners_alone_and_made_once(tmp_path: Path) -> None:
    begin, found, secrets = threading.Barrier(8), [], Secrets(tmp_path / KEY_FILE)

    def race() -> None:
        begin.wait()
        secrets.make()
        found.append(secrets.secret(endpoint()))

    threads = [threading.Thread(target=race) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8 and len(set(found)) == 1
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [None, "", "abc", "00" * 31, "zz" * 32, "\ufffd" * 64])
def test_a_missing_or_damaged_key_is_not_replaced_by_another(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / KEY_FILE
    if content is not None:
        path.write_text(content)
        with pytest.raises(MissingKeyError):
            Secrets(path).make()
        assert path.read_text() == content
    with pytest.raises(MissingKeyError):
        Secrets(path).signatures(endpoint(), "msg_1", 5, BODY, NOW)
