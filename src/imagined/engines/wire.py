"""What the server and an engine process say to each other: length-prefixed msgpack frames over two pipes.

A frame is a 4-byte big-endian length and that many bytes of msgpack. Every frame about a task carries the number the
server gave it, so that a late answer to a cancelled task is never taken for an answer to the next one.
"""

import struct
from typing import Final

import msgspec

from imagined.contract.requests import Operation
from imagined.contract.tasks import EngineEvent, ImageTask, VideoTask

MAX_TASK: Final = 64 * 1024 * 1024
"""Longest frame to an engine: the receipts of all inputs are in it. Receipts hold scenes, not pixels."""
MAX_ANSWER: Final = 8 * 1024 * 1024
"""Longest frame from an engine, which is not trusted: one result's receipt."""
HEADER: Final = struct.Struct(">I")


class GarbledFrameError(Exception):
    """Bytes that are not a frame of this protocol."""


class RunImage(msgspec.Struct, frozen=True, kw_only=True, tag="run_image"):
    """Begin an image task."""

    id: int
    operation: Operation
    task: ImageTask


class RunVideo(msgspec.Struct, frozen=True, kw_only=True, tag="run_video"):
    """Begin a video task."""

    id: int
    operation: Operation
    task: VideoTask


class Cancel(msgspec.Struct, frozen=True, kw_only=True, tag="cancel"):
    """Stop a task at its next event."""

    id: int


class Ready(msgspec.Struct, frozen=True, kw_only=True, tag="ready"):
    """The engine is constructed; sent once, first."""

    name: str
    digest: str


class Reported(msgspec.Struct, frozen=True, kw_only=True, tag="reported"):
    """An event of the running task."""

    id: int
    event: EngineEvent


class Finished(msgspec.Struct, frozen=True, kw_only=True, tag="finished"):
    """The task ended, by itself or because it was cancelled."""

    id: int


class Failed(msgspec.Struct, frozen=True, kw_only=True, tag="failed"):
    """The task ended with an error; `lost` when the process is not to be trusted any more."""

    id: int
    code: str
    message: str
    lost: bool = False


ToEngine = RunImage | RunVideo | Cancel
FromEngine = Ready | Reported | Finished | Failed

_encoder = msgspec.msgpack.Encoder()
_to_engine: msgspec.msgpack.Decoder[ToEngine] = msgspec.msgpack.Decoder(ToEngine)
_from_engine: msgspec.msgpack.Decoder[FromEngine] = msgspec.msgpack.Decoder(FromEngine)


def frame(message: ToEngine | FromEngine) -> bytes:
    """A message as the bytes to send."""
    body = _encoder.encode(message)
    return HEADER.pack(len(body)) + body


def body_length(header: bytes, longest: int = MAX_ANSWER) -> int:
    """The length that a header announces; raises `GarbledFrameError` past `longest`."""
    (length,) = HEADER.unpack(header)
    if not 0 < length <= longest:
        raise GarbledFrameError(f"a frame of {length} bytes")
    return int(length)


def to_engine(body: bytes) -> ToEngine:
    """Decode what the server sent."""
    try:
        return _to_engine.decode(body)
    except msgspec.DecodeError as error:
        raise GarbledFrameError(str(error)) from None


def from_engine(body: bytes) -> FromEngine:
    """Decode what an engine process sent."""
    try:
        return _from_engine.decode(body)
    except msgspec.DecodeError as error:
        raise GarbledFrameError(str(error)) from None
