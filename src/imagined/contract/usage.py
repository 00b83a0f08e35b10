"""What a team has used, day by day."""

import datetime

import msgspec


class Consumption(msgspec.Struct, frozen=True, kw_only=True):
    """What one finished request made, and from what."""

    images: int = 0
    """Pictures made."""
    video_seconds: float = 0.0
    """Seconds of video made."""
    input_images: int = 0
    """Pictures that went in: sources, first and last frames, keyframes, references."""


class DailyUsage(msgspec.Struct, frozen=True, kw_only=True):
    """A team's finished requests of one day, summed. Failed, cancelled and lost ones made nothing and cost nothing."""

    day: str
    """``YYYY-MM-DD``, UTC, of the moment a request finished."""
    requests: int = 0
    images: int = 0
    video_seconds: float = 0.0
    input_images: int = 0
    cost_in_usd_ticks: int = 0


def day_of(time: float) -> str:
    """The UTC day of a unix time."""
    return datetime.datetime.fromtimestamp(time, datetime.UTC).date().isoformat()


def plus(usage: DailyUsage, made: Consumption, cost_in_usd_ticks: int) -> DailyUsage:
    """A day with one finished request more."""
    return DailyUsage(
        day=usage.day,
        requests=usage.requests + 1,
        images=usage.images + made.images,
        video_seconds=usage.video_seconds + made.video_seconds,
        input_images=usage.input_images + made.input_images,
        cost_in_usd_ticks=usage.cost_in_usd_ticks + cost_in_usd_ticks,
    )
