"""What an endpoint may be, and when attempts are made."""

import ipaddress
from collections.abc import Sequence
from typing import Final, cast, get_args
from urllib.parse import urlsplit

from imagined.contract import errors
from imagined.contract.errors import ApiError, invalid
from imagined.imagine.addresses import is_public
from imagined.webhooks.ports import EventType

MAX_URL_LENGTH: Final = 2_048
MAX_DESCRIPTION: Final = 256
TEST: Final[EventType] = "webhook.test"
EVENTS: Final[tuple[EventType, ...]] = tuple(kind for kind in get_args(EventType) if kind != TEST)
"""What an endpoint can ask for. A test is sent whatever it asked for."""
PORTS: Final = frozenset({80, 443})
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}

DAY_S: Final = 86_400.0
WINDOW_S: Final = DAY_S
"""Attempts go on this long."""
OVERLAP_S: Final = DAY_S
"""How long the secret before a rotation goes on signing."""
FAILING_S: Final = 5 * DAY_S
"""An endpoint where nothing has succeeded for this long is disabled."""
DELAYS_S: Final = (5.0, 30.0, 120.0, 600.0, 1_800.0, 3_600.0, 7_200.0, 14_400.0, 28_800.0)
"""Before the second attempt, the third, and so on; the last one again and again."""
JITTER: Final = 0.2
"""Each delay is shortened by up to this part of it, so that those who failed together do not come back together."""
MAX_RETRY_AFTER_S: Final = 3_600.0


def next_attempt(attempts: int, now: float, due_since: float, luck: float, retry_after_s: float = 0.0) -> float | None:
    """When to try again after `attempts` that failed; None once the day is over.

    `luck` is from 0 to 1. A receiver may ask for more time than the schedule gives, up to an hour.
    """
    delay = DELAYS_S[min(attempts, len(DELAYS_S)) - 1] * (1.0 - JITTER * luck)
    at = now + max(delay, min(retry_after_s, MAX_RETRY_AFTER_S))
    return at if at <= due_since + WINDOW_S else None


def check_url(url: str, *, allow_private_networks: bool) -> str:
    """The host of an endpoint's URL, in lower case; raises `ApiError`. Names are resolved at each send."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".") if parts.scheme in _DEFAULT_PORTS else ""
        port = _DEFAULT_PORTS.get(parts.scheme, 0) if parts.port is None else parts.port
    except ValueError:
        host, port = "", 0
    if not host or not port or not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        raise invalid("url: must be an http or https URL.")
    if len(url) > MAX_URL_LENGTH:
        raise invalid(f"url: must have at most {MAX_URL_LENGTH} characters.")
    if "@" in parts.netloc:
        raise invalid("url: must not carry a user name or password.")
    if parts.fragment:
        raise invalid("url: must not have a fragment.")
    if not allow_private_networks:
        if port not in PORTS:
            raise invalid("url: its port must be 80 or 443.")
        if _is_closed(host):
            raise invalid("url: leads to a private network.")
    return host


def check_events(events: Sequence[str] | None) -> tuple[EventType, ...]:
    """The chosen types in their usual order; all of them when nothing is said. Raises `ApiError`."""
    if events is None:
        return EVENTS
    if not events or not set(events) <= set(EVENTS):
        raise invalid(f"events: must be some of {', '.join(EVENTS)}.")
    return cast(tuple[EventType, ...], tuple(kind for kind in EVENTS if kind in events))


def check_description(text: str) -> str:
    """A line of the client's own; raises `ApiError`."""
    if len(text) > MAX_DESCRIPTION or not text.isprintable():
        raise invalid(f"description: must have at most {MAX_DESCRIPTION} printable characters.")
    return text


def too_many(limit: int, *, for_request: bool) -> ApiError:
    """A key or a request has as many endpoints as it may."""
    whose = "this request" if for_request else "this key"
    return ApiError(errors.RESOURCE_EXHAUSTED, f"There are {limit} webhooks for {whose} already. Delete one first.")


def check_request(batch_id: str | None) -> None:
    """Refuse a request of a batch, which sends no events; raises `ApiError`."""
    if batch_id is not None:
        raise invalid("request_id: belongs to a batch, and requests of batches send no events.")


def disabled() -> ApiError:
    """Nothing is sent to a disabled endpoint."""
    return ApiError(errors.FAILED_PRECONDITION, "The webhook is disabled. Enable it first.")


def _is_closed(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return not is_public(host)
