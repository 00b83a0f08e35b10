import pytest

from imagined.access.rates import RateLimit
from imagined.contract.errors import RESOURCE_EXHAUSTED, ApiError
from imagined.testing.environment import ManualClock


def refusal(limit: RateLimit, team: str = "team") -> ApiError:
    with pytest.raises(ApiError) as caught:
        limit.check(team)
    assert caught.value.kind is RESOURCE_EXHAUSTED
    return caught.value


def test_a_window_slides() -> None:
    clock = ManualClock()
    limit = RateLimit("Batch Creations", 2, 1.0, clock)
    limit.check("team")
    clock.advance(0.75)
    limit.check("team")
    error = refusal(limit)
    assert error.message == (
        "Too many requests for team team: rate limit is - Batch Creations per Second (actual/limit): 3/2."
    )
    assert error.retry_after_s == pytest.approx(0.25)
    clock.advance(0.25)
    limit.check("team")
    assert refusal(limit).retry_after_s == pytest.approx(0.75)


def test_a_refused_call_is_not_counted() -> None:
    clock = ManualClock()
    limit = RateLimit("Calls", 1, 30.0, clock)
    limit.check("team")
    for _ in range(5):
        refusal(limit)
    clock.advance(30.0)
    limit.check("team")


def test_teams_do_not_share() -> None:
    limit = RateLimit("Calls", 1, 30.0, ManualClock())
    limit.check("one")
    limit.check("two")
    assert "per 30 Seconds" in refusal(limit, "one").message


def test_zero_is_no_limit() -> None:
    limit = RateLimit("Calls", 0, 1.0, ManualClock())
    for _ in range(1000):
        limit.check("team")


def test_quiet_teams_are_forgotten() -> None:
    clock = ManualClock()
    limit = RateLimit("Calls", 1, 1.0, clock)
    for number in range(5000):
        clock.advance(0.01)
        limit.check(f"team {number}")
    assert len(limit._calls) < 1200
