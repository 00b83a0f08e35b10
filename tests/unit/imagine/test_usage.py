"""What a team has used, by day."""

import pytest

from imagined.contract.errors import ApiError
from imagined.contract.requests import MediaSource
from imagined.contract.usage import DailyUsage, day_of
from imagined.imagine.usage import UsageService, span, summed
from imagined.testing.engines import jpeg, mp4
from tests.unit.imagine.house import CALLER, OTHER, House

CENT = 100_000_000


async def test_finished_requests_are_summed_by_day(house: House) -> None:
    usage = UsageService(house.store, house.clock)
    today = day_of(house.clock.now())
    picture, clip = await house.upload(jpeg(10, 10)), await house.upload(mp4(4.0), "a.mp4")
    costs = [
        (await house.image("draw", n=3)).cost_in_usd_ticks,
        (await house.image("mix", images=(MediaSource(file_id=picture.id),) * 2)).cost_in_usd_ticks,
        (await house.video("x", image=MediaSource(file_id=picture.id), duration=5)).cost_in_usd_ticks,
        (await house.video("x", "extend_video", video=MediaSource(file_id=clip.id), duration=2)).cost_in_usd_ticks,
    ]
    await house.image("refuse no")
    assert all(costs)
    report = await usage.report(CALLER)
    (day,) = report.days
    assert day == DailyUsage(
        day=today, requests=4, images=4, video_seconds=11.0, input_images=3, cost_in_usd_ticks=sum(costs)
    )
    assert report.total == summed([day]) and report.last == today
    assert (await usage.report(OTHER)).days == ()
    house.clock.advance(86_400)
    await house.image("draw")
    two = await usage.report(CALLER)
    assert [day.requests for day in two.days] == [4, 1]
    assert two.total.cost_in_usd_ticks == sum(costs) + 5 * CENT
    assert len((await usage.report(CALLER, today, today)).days) == 1


async def test_usage_outlives_the_rows_it_was_summed_from(house: House) -> None:
    view = await house.image("draw")
    house.clock.advance(1)
    assert await house.store.purge(house.clock.now(), 10) == 1
    assert await house.store.get(CALLER.team_id, view.request_id) is None
    assert (await UsageService(house.store, house.clock).report(CALLER)).total.requests == 1


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (None, None, ("2026-10-24", "2026-11-22")),
        ("2026-11-01", None, ("2026-11-01", "2026-11-22")),
        (None, "2026-03-01", ("2026-01-31", "2026-03-01")),
        ("2026-01-01", "2027-01-01", ("2026-01-01", "2027-01-01")),
        (None, "0001-01-05", ("0001-01-01", "0001-01-05")),
    ],
)
def test_spans(first: str | None, last: str | None, expected: tuple[str, str]) -> None:
    assert span(first, last, "2026-11-22") == expected


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("yesterday", None, "from: yesterday is no day; write it as YYYY-MM-DD."),
        ("2026-13-01", None, "from: 2026-13-01 is no day"),
        ("20261101", None, "no day"),
        ("2026-W01-1", None, "no day"),
        ("", None, "no day"),
        (None, "2026-11-31", "to: 2026-11-31 is no day"),
        ("2026-11-02", "2026-11-01", "from: must not be later than to."),
        ("2026-01-01", "2027-01-02", "at most 366 days"),
    ],
)
def test_what_is_no_span(first: str | None, last: str | None, text: str) -> None:
    with pytest.raises(ApiError, match=text):
        span(first, last, "2026-11-22")
