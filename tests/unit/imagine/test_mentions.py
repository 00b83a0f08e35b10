"""`<IMAGE_n>`, counted from 0 or from 1."""

import pytest

from imagined.contract.requests import MediaSource
from imagined.imagine.mentions import numbered_from_zero
from imagined.testing.engines import jpeg
from tests.unit.imagine.house import House


@pytest.mark.parametrize(
    ("prompt", "inputs", "expected"),
    [
        ("put <IMAGE_0> on <IMAGE_1>", 2, "put <IMAGE_0> on <IMAGE_1>"),
        ("put <IMAGE_1> on <IMAGE_2>", 2, "put <IMAGE_0> on <IMAGE_1>"),
        ("only <IMAGE_2> of two", 2, "only <IMAGE_1> of two"),
        ("only <IMAGE_1> of two", 2, "only <IMAGE_1> of two"),
        ("<IMAGE_1>", 1, "<IMAGE_0>"),
        ("<IMAGE_0>", 1, "<IMAGE_0>"),
        ("<IMAGE_0> and <IMAGE_2>", 2, "<IMAGE_0> and <IMAGE_2>"),
        ("<IMAGE_7>", 2, "<IMAGE_7>"),
        ("no inputs, <IMAGE_0>", 0, "no inputs, <IMAGE_0>"),
        ("the first image", 1, "the first image"),
        ("<IMAGE_>, <image_1>, <IMAGE_1", 1, "<IMAGE_>, <image_1>, <IMAGE_1"),
    ],
)
def test_numbers(prompt: str, inputs: int, expected: str) -> None:
    assert numbered_from_zero(prompt, inputs) == expected


async def test_an_engine_counts_from_zero(house: House) -> None:
    file = await house.upload(jpeg(10, 10))
    source = MediaSource(file_id=file.id)
    await house.image("put <IMAGE_1> on <IMAGE_2>", images=(source, source))
    newer = "grok-imagine-video-1.5"
    await house.video("<IMAGE_1> meets <IMAGE_2>", model=newer, reference_images=(source, source))
    await house.video("<IMAGE_0> meets <IMAGE_1>", model=newer, image=source, reference_images=(source,))
    assert [task.prompt for task in house.pool.tasks] == [
        "put <IMAGE_0> on <IMAGE_1>",
        "<IMAGE_0> meets <IMAGE_1>",
        "<IMAGE_0> meets <IMAGE_1>",
    ]
    assert [source.role for source in house.pool.tasks[-1].inputs] == ["first_frame", "reference"]
