"""Small typed helpers over protobuf, whose generated classes carry no types."""

import math
from collections.abc import Mapping
from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp

from imagined.contract.errors import invalid

Message = Any
"""A protobuf message of the official SDK."""


def optional(message: Message, field: str) -> Any:
    """The value of a field that was set, or None."""
    return getattr(message, field) if message.HasField(field) else None


def word(field: str, number: int, words: Mapping[int, str]) -> str | None:
    """The word of an enum's number; None for 0, which proto3 sends for "not set".

    Raises `ApiError` for a number that has no word here, naming the field and what is allowed.
    """
    if number == 0:
        return None
    if number not in words:
        raise invalid(f"{field}: unknown value {number}, expected one of {', '.join(words.values())}.")
    return words[number]


def timestamp(time: float) -> Timestamp:
    """Unix seconds as a protobuf timestamp, to the microsecond."""
    fraction, whole = math.modf(time)
    return Timestamp(seconds=int(whole), nanos=round(fraction * 1_000_000) * 1_000)


def set_timestamp(message: Message, field: str, time: float | None) -> None:
    """Set an optional timestamp field, or leave it out."""
    if time is not None:
        getattr(message, field).CopyFrom(timestamp(time))
