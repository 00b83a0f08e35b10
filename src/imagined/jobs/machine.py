"""The states of a request and every way from one to another, in one place.

The store's SQL carries these guards out, the documentation prints this table, and a property test walks it.
"""

from typing import Final, Literal, get_args

from imagined.contract.results import RequestState

Event = Literal["claim", "finish", "fail", "release", "lose", "give_up", "cancel", "expire"]

STATES: Final[tuple[RequestState, ...]] = get_args(RequestState)
EVENTS: Final[tuple[Event, ...]] = get_args(Event)

TRANSITIONS: Final[dict[tuple[RequestState, Event], RequestState]] = {
    ("queued", "claim"): "running",
    ("queued", "cancel"): "cancelled",
    ("running", "finish"): "done",
    ("running", "fail"): "failed",
    ("running", "release"): "queued",
    ("running", "lose"): "queued",
    ("running", "give_up"): "failed",
    ("running", "cancel"): "cancelled",
    ("done", "expire"): "expired",
}
"""`release` gives an attempt back uncounted, `lose` spends it (a lease that ended, a process that died), and
`give_up` is `lose` after the last attempt. `expire` is not written down: the clock says it, see `shown`."""

INITIAL: Final[RequestState] = "queued"
TERMINAL: Final[frozenset[RequestState]] = frozenset({"done", "failed", "cancelled", "expired"})
"""States in which a client stops waiting. `done` still becomes `expired` when its result passes retention."""


class InvalidTransitionError(Exception):
    """An event that its state does not allow."""


def step(state: RequestState, event: Event) -> RequestState:
    """The state after `event`; raises `InvalidTransitionError` when the table has no such row."""
    try:
        return TRANSITIONS[state, event]
    except KeyError:
        raise InvalidTransitionError(f"a {state} request does not take {event!r}") from None


def sources(event: Event) -> tuple[RequestState, ...]:
    """The states in which `event` may happen, for the WHERE clause of its statement."""
    return tuple(state for state in STATES if (state, event) in TRANSITIONS)


def event_of_loss(attempt: int, max_attempts: int) -> Event:
    """What losing attempt number `attempt` means: another try, or the end of a poisonous request."""
    return "give_up" if attempt >= max_attempts else "lose"


def shown(state: RequestState, result_expires_at: float | None, now: float) -> RequestState:
    """The state a client is told: a result past its retention is expired from that moment on."""
    if state == "done" and result_expires_at is not None and result_expires_at <= now:
        return step(state, "expire")
    return state


def given_up(attempts: int) -> str:
    """What a client reads when the work of every attempt stopped without a result and without a reason."""
    return f"The request was given up after {attempts} attempts: each time the work stopped without a result."
