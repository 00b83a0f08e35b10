"""Looking into pictures and videos, for assertions."""

import io
import math
from dataclasses import dataclass

import av
import numpy as np
import numpy.typing as npt
from PIL import Image

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Clip:
    """What a video file is."""

    width: int
    height: int
    frames: int
    rate: float
    video_codec: str
    pixel_format: str
    audio_codec: str | None
    first_frame: Pixels


def picture(data: bytes) -> Pixels:
    """(height, width, 3) of a baseline JPEG; anything else fails."""
    with Image.open(io.BytesIO(data), formats=("JPEG",)) as image:
        assert image.mode == "RGB"
        assert not image.info.get("progressive")
        return np.asarray(image)


def clip(data: bytes) -> Clip:
    """Decode a whole MP4."""
    with av.open(io.BytesIO(data), format="mp4") as container:
        video = container.streams.video[0]
        audio = container.streams.audio[0] if container.streams.audio else None
        frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(video)]
        return Clip(
            width=video.codec_context.width,
            height=video.codec_context.height,
            frames=len(frames),
            rate=float(video.average_rate),
            video_codec=video.codec_context.name,
            pixel_format=video.codec_context.pix_fmt,
            audio_codec=audio.codec_context.name if audio else None,
            first_frame=frames[0],
        )


def is_faststart(data: bytes) -> bool:
    """Whether the index stands before the media."""
    return 0 < data.find(b"moov") < data.find(b"mdat")


def scaled(pixels: Pixels, width: int, height: int) -> Pixels:
    """`pixels` at another size."""
    return np.asarray(Image.fromarray(pixels).resize((width, height), Image.Resampling.LANCZOS))


def psnr(one: Pixels, other: Pixels) -> float:
    """Peak signal to noise, dB."""
    error = float(np.mean((one.astype(np.float64) - other.astype(np.float64)) ** 2))
    return math.inf if error == 0 else 10 * math.log10(255**2 / error)


def untouched_difference(before: Pixels, after: Pixels) -> float:
    """Mean difference (of 255) away from what changed: over the 16-pixel tiles that did not clearly change."""
    difference = np.abs(before.astype(np.float64) - after.astype(np.float64)).mean(axis=2)
    height, width = (side // 16 * 16 for side in difference.shape)
    tiles = difference[:height, :width].reshape(height // 16, 16, width // 16, 16).mean(axis=(1, 3))
    quiet = tiles[tiles < np.median(tiles) + 4]
    assert quiet.size > tiles.size / 4, "nearly everything changed"
    return float(quiet.mean())
