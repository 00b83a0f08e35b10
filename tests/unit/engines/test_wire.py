"""Frames between the server and an engine process."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from imagined.contract.tasks import ImageTask, MediaInput, Produced, Progress, VideoTask
from imagined.engines import wire

PRODUCED = Produced(
    index=0,
    path="/w/0.jpeg",
    content_type="image/jpeg",
    width=8,
    height=8,
    receipt={"scene": {"towers": [1, 2.5, "x", None, True]}, "seed": 2**63 - 1},
)
INPUT = MediaInput(role="image", path="/w/input-0", content_type="image/png", receipt={"seed": 1})


def read(data: bytes) -> bytes:
    length = wire.body_length(data[: wire.HEADER.size])
    assert len(data) == wire.HEADER.size + length
    return data[wire.HEADER.size :]


@pytest.mark.parametrize(
    "message",
    [
        wire.RunImage(
            id=1,
            operation="edit_image",
            task=ImageTask(model="m", prompt="ü", seed=2**63 - 1, workdir="/w", inputs=(INPUT,), n=10),
        ),
        wire.RunVideo(
            id=2,
            operation="generate_video",
            task=VideoTask(model="m", prompt="", seed=0, workdir="/w", aspect_ratio=None, voices=("ara",)),
        ),
        wire.Cancel(id=3),
    ],
)
def test_what_the_server_says_arrives_whole(message: wire.ToEngine) -> None:
    assert wire.to_engine(read(wire.frame(message))) == message


@pytest.mark.parametrize(
    "message",
    [
        wire.Ready(name="illustrator", digest="abc"),
        wire.Reported(id=1, event=Progress(phase="drawing", step=1, of=2)),
        wire.Reported(id=1, event=PRODUCED),
        wire.Finished(id=1),
        wire.Failed(id=1, code="invalid_argument", message="no", lost=True),
    ],
)
def test_what_an_engine_says_arrives_whole(message: wire.FromEngine) -> None:
    assert wire.from_engine(read(wire.frame(message))) == message


@pytest.mark.parametrize("header", [b"\0\0\0\0", b"\xff\xff\xff\xff", (wire.MAX_ANSWER + 1).to_bytes(4, "big")])
def test_impossible_lengths_are_garbage(header: bytes) -> None:
    with pytest.raises(wire.GarbledFrameError):
        wire.body_length(header)


@given(st.binary(max_size=200))
def test_any_other_bytes_are_garbage_and_nothing_else(body: bytes) -> None:
    for decode in (wire.to_engine, wire.from_engine):
        try:
            decode(body)
        except wire.GarbledFrameError:
            continue


def test_a_well_formed_frame_of_another_kind_is_garbage() -> None:
    body = msgspec.msgpack.encode({"type": "reported", "id": 1, "event": {"type": "progress", "phase": "dancing"}})
    with pytest.raises(wire.GarbledFrameError):
        wire.from_engine(body)
