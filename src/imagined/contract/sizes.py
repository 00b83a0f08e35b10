"""Pixel sizes of pictures and videos, by aspect ratio and resolution.

The 1k and 2k columns are what the hosted service returns; 1.5k is 1k times 1.375, rounded down to a
multiple of 16 (1:1 is the recorded exception). Video sizes follow one rule: the short side is the
resolution's number.
"""

from typing import Final

IMAGE_SIZES_1K: Final[dict[str, tuple[int, int]]] = {
    "1:1": (1024, 1024),
    "3:4": (896, 1280),
    "4:3": (1280, 896),
    "9:16": (768, 1408),
    "16:9": (1408, 768),
    "2:3": (864, 1296),
    "3:2": (1296, 864),
    "9:19.5": (576, 1248),
    "19.5:9": (1248, 576),
    "9:20": (576, 1280),
    "20:9": (1280, 576),
    "1:2": (704, 1408),
    "2:1": (1408, 704),
    "21:9": (1344, 576),
    "5:2": (1440, 576),
}

IMAGE_ASPECT_RATIOS: Final = (*IMAGE_SIZES_1K, "auto")
IMAGE_RESOLUTIONS: Final = ("1k", "1.5k", "2k")

VIDEO_ASPECT_RATIOS: Final = ("1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3")
VIDEO_RESOLUTIONS: Final = ("480p", "720p", "1080p")

VIDEO_SIZES_480P: Final[dict[str, tuple[int, int]]] = {
    "1:1": (480, 480),
    "16:9": (848, 480),
    "9:16": (480, 848),
    "4:3": (640, 480),
    "3:4": (480, 640),
    "3:2": (720, 480),
    "2:3": (480, 720),
}

FRAMES_PER_SECOND: Final = 24
_GRID: Final = 16


def image_size(aspect_ratio: str, resolution: str) -> tuple[int, int]:
    """Width and height in pixels of a picture.

    `aspect_ratio` must be concrete: resolve ``auto`` first (`nearest_aspect_ratio` helps).
    """
    width, height = IMAGE_SIZES_1K[aspect_ratio]
    match resolution:
        case "1k":
            return width, height
        case "2k":
            return 2 * width, 2 * height
        case "1.5k":
            return width * 11 // 8 // _GRID * _GRID, height * 11 // 8 // _GRID * _GRID
    raise ValueError(f"unknown image resolution {resolution!r}")


def edited_image_size(source: tuple[int, int], resolution: str) -> tuple[int, int]:
    """Size of an edit that keeps its input's shape, in pixels.

    The area is that of the square at `resolution`; both sides are multiples of 16. A source that already has a
    listed size of this resolution keeps it exactly, so that an edit of our own picture lines up pixel by pixel.
    """
    listed = {image_size(ratio, resolution) for ratio in IMAGE_SIZES_1K}
    if source in listed:
        return source
    for ratio in IMAGE_SIZES_1K:
        for other in IMAGE_RESOLUTIONS:
            if source == image_size(ratio, other):
                return image_size(ratio, resolution)
    width, height = source
    side = image_size("1:1", resolution)[0]
    scale = (side * side / (width * height)) ** 0.5
    return _snap(width * scale), _snap(height * scale)


def nearest_aspect_ratio(width: int, height: int) -> str:
    """The listed image aspect ratio closest in shape to `width` by `height`."""
    target = width / height

    def distance(ratio: str) -> float:
        listed_width, listed_height = IMAGE_SIZES_1K[ratio]
        shape = listed_width / listed_height
        return max(shape, target) / min(shape, target)

    return min(IMAGE_SIZES_1K, key=distance)


def video_size(aspect_ratio: str, resolution: str) -> tuple[int, int]:
    """Width and height in pixels of a video."""
    short = int(resolution.removesuffix("p"))
    if resolution == "480p":
        return VIDEO_SIZES_480P[aspect_ratio]
    across, down = (int(part) for part in aspect_ratio.split(":"))
    if across >= down:
        return _even(short * across / down), short
    return short, _even(short * down / across)


def video_size_like(source: tuple[int, int], resolution: str) -> tuple[int, int]:
    """Size of a video that keeps the shape of a picture or clip: short side as `resolution` says, long side even.

    A shape within two per cent of a listed ratio gets that ratio's listed size.
    """
    width, height = source
    for ratio in VIDEO_ASPECT_RATIOS:
        listed = video_size(ratio, resolution)
        if abs(width / height / (listed[0] / listed[1]) - 1) < 0.02:
            return listed
    short = int(resolution.removesuffix("p"))
    if width >= height:
        return _even(short * width / height), short
    return short, _even(short * height / width)


def frame_count(duration_s: int) -> int:
    """Frames in a generated video of `duration_s` whole seconds: one more than 24 a second."""
    return FRAMES_PER_SECOND * duration_s + 1


def _snap(side: float) -> int:
    return max(_GRID, round(side / _GRID) * _GRID)


def _even(side: float) -> int:
    return max(2, round(side / 2) * 2)
