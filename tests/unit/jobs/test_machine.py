"""The table of transitions, walked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imagined.contract.results import RequestState
from imagined.jobs import machine
from imagined.jobs.machine import EVENTS, INITIAL, STATES, TERMINAL, TRANSITIONS, InvalidTransitionError


@given(st.lists(st.sampled_from(EVENTS), max_size=30))
def test_no_walk_leaves_the_table_or_comes_back_from_an_end(events: list[machine.Event]) -> None:
    state: RequestState = INITIAL
    for event in events:
        try:
            after = machine.step(state, event)
        except InvalidTransitionError:
            assert (state, event) not in TRANSITIONS
            continue
        assert after in STATES
        assert state not in TERMINAL or (state, event) == ("done", "expire")
        state = after


def test_every_state_is_reached_and_every_open_state_can_end() -> None:
    assert {INITIAL, *TRANSITIONS.values()} == set(STATES)
    for state in set(STATES) - TERMINAL:
        assert any(before == state for before, _ in TRANSITIONS)


def test_only_a_claim_starts_work_and_only_work_is_done() -> None:
    assert {key for key, after in TRANSITIONS.items() if after == "running"} == {("queued", "claim")}
    assert {key for key, after in TRANSITIONS.items() if after == "done"} == {("running", "finish")}


@given(st.integers(1, 10), st.integers(1, 10))
def test_a_request_is_given_up_with_its_last_attempt(attempt: int, max_attempts: int) -> None:
    event = machine.event_of_loss(attempt, max_attempts)
    assert machine.step("running", event) == ("failed" if attempt >= max_attempts else "queued")


def test_sources_agree_with_the_table() -> None:
    assert machine.sources("cancel") == ("queued", "running")
    assert machine.sources("expire") == ("done",)


@pytest.mark.parametrize(("ends", "state"), [(None, "done"), (101.0, "done"), (100.0, "expired"), (99.0, "expired")])
def test_a_result_past_retention_is_shown_as_expired(ends: float | None, state: str) -> None:
    assert machine.shown("done", ends, 100.0) == state
    assert machine.shown("failed", ends, 100.0) == "failed"
