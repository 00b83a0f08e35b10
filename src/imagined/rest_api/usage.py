"""What a team has used: this server's own route, beside those of the hosted API."""

from typing import Any

import msgspec
from starlette.responses import Response

from imagined.contract.errors import invalid
from imagined.contract.usage import DailyUsage
from imagined.imagine.usage import UsageReport
from imagined.rest_api.answers import json_answer
from imagined.rest_api.services import Call


class UsageSum(msgspec.Struct, kw_only=True):
    """Finished requests, what they made and from what, and their cost in ticks of 1e-10 US dollars."""

    requests: int
    images: int
    video_seconds: float
    input_images: int
    cost_in_usd_ticks: int


class UsageDay(UsageSum, kw_only=True):
    """One day, UTC, by the moment at which requests finished."""

    day: str


class TeamUsage(msgspec.Struct, kw_only=True):
    """A team's usage from one day to another, both included. Days without any are left out."""

    team_id: str
    first_day: str
    last_day: str
    days: list[UsageDay]
    total: UsageSum


async def get_usage(call: Call) -> Response:
    """`GET /x/usage`."""
    report = await call.services.usage.report(call.caller, _day(call, "from"), _day(call, "to"))
    return json_answer(from_report(report))


def from_report(report: UsageReport) -> TeamUsage:
    """A report as an answer."""
    return TeamUsage(
        team_id=report.team_id,
        first_day=report.first,
        last_day=report.last,
        days=[UsageDay(day=day.day, **_sums(day)) for day in report.days],
        total=UsageSum(**_sums(report.total)),
    )


def _sums(usage: DailyUsage) -> dict[str, Any]:
    return {name: getattr(usage, name) for name in UsageSum.__struct_fields__}


def _day(call: Call, name: str) -> str | None:
    given = call.http.query_params.getlist(name)
    if len(given) > 1:
        raise invalid(f"{name}: must be given once.")
    return given[0] if given else None
