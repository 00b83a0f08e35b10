"""The published examples, to the tick."""

from pathlib import Path

import pytest

from imagined.contract.requests import ImageRequest, Keyframe, MediaSource, VideoRequest
from imagined.contract.sizes import IMAGE_RESOLUTIONS, VIDEO_RESOLUTIONS
from imagined.imagine.pricing import FREE, PUBLISHED

PICTURE = MediaSource(file_id="file_1")
CENT = 100_000_000


def image(model: str, resolution: str = "1k", quality: str = "low", inputs: int = 0) -> ImageRequest:
    return ImageRequest(prompt="x", model=model, resolution=resolution, quality=quality, images=(PICTURE,) * inputs)


def video(model: str, **fields: object) -> VideoRequest:
    return VideoRequest(operation="generate_video", model=model, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("request_", "made", "cents"),
    [
        (image("grok-imagine-image-2.0"), 1, 4),
        (image("grok-imagine-image-2.0", "1.5k"), 1, 5),
        (image("grok-imagine-image-2.0", "2k"), 1, 6),
        (image("grok-imagine-image-2.0", "1k", "medium"), 1, 6),
        (image("grok-imagine-image-2.0", "2k", "medium"), 1, 8),
        (image("grok-imagine-image-2.0", "1k", "medium", inputs=1), 1, 7),
        (image("grok-imagine-image-2.0", "1k", "medium", inputs=3), 4, 27),
        (image("grok-imagine-image"), 10, 20),
        (image("grok-imagine-image", inputs=5), 1, 3),
        (image("grok-imagine-image-quality", "1.5k"), 2, 12),
        (image("somebody-elses-model"), 5, 0),
    ],
)
def test_pictures(request_: ImageRequest, made: int, cents: float) -> None:
    assert PUBLISHED.image_cost(request_, made) == cents * CENT
    assert FREE.image_cost(request_, made) == 0


@pytest.mark.parametrize(
    ("model", "fields", "resolution", "seconds", "input_seconds", "ticks"),
    [
        ("grok-imagine-video", {}, "480p", 1, 0, 500_000_000),
        ("grok-imagine-video-1.5", {}, "720p", 8, 0, 11_200_000_000),
        ("grok-imagine-video-1.5", {"image": PICTURE, "last_frame": PICTURE}, "720p", 6, 0, 86 * CENT),
        ("grok-imagine-video", {"image": PICTURE}, "480p", 5, 0, 2_520_000_000),
        ("grok-imagine-video-1.5", {"reference_images": (PICTURE,) * 3}, "480p", 1, 0, 11 * CENT),
        ("grok-imagine-video-1.5", {"keyframes": (Keyframe(image=PICTURE, timestamp_s=1),)}, "480p", 1, 0, 9 * CENT),
        ("grok-imagine-video-1.5-lite", {}, "1080p", 10, 0, 140 * CENT),
        ("grok-imagine-video", {}, "480p", 8, 8.04, 48 * CENT),
        ("grok-imagine-video", {}, "720p", 5, 10.04, 45 * CENT),
    ],
)
def test_videos(
    model: str, fields: dict[str, object], resolution: str, seconds: int, input_seconds: float, ticks: int
) -> None:
    request = video(model, **fields)
    cost = PUBLISHED.video_cost(request, resolution=resolution, seconds=seconds, input_seconds=input_seconds)
    assert cost == ticks


def test_the_documented_prices_are_the_table() -> None:
    """Every row of `docs/usage.md` is the table's, and every model of the table has its rows."""
    text = (Path(__file__).parents[3] / "docs" / "usage.md").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith("| `grok")]
    rows = [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in lines]

    def ticks(cell: str) -> int:
        return 0 if cell == "-" else round(float(cell) * CENT)

    for model, quality, *cells in (row for row in rows if row[0] in PUBLISHED.images):
        price = PUBLISHED.images[model]
        prefix = "" if quality == "any" else f"{quality}/"
        assert [ticks(cell) for cell in cells[:3]] == [price.per_image[prefix + size] for size in IMAGE_RESOLUTIONS]
        assert ticks(cells[3]) == price.per_input
    for model, *cells in (row for row in rows if row[0] in PUBLISHED.videos):
        seconds = PUBLISHED.videos[model]
        assert [ticks(cell) for cell in cells[:3]] == [seconds.per_second.get(size, 0) for size in VIDEO_RESOLUTIONS]
        assert (ticks(cells[3]), ticks(cells[4])) == (seconds.per_input_image, seconds.per_input_second)
    assert {row[0] for row in rows} == {*PUBLISHED.images, *PUBLISHED.videos}
