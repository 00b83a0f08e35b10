"""Pictures and films in and out: one safe loader, one JPEG writer, one MP4 writer, shared by all engines.

Pixels are (H, W, 3) arrays of sRGB bytes. Whatever cannot be decoded raises `EngineError("invalid_argument")`.
"""

import io
import warnings
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import av
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps

from imagined.contract.sizes import FRAMES_PER_SECOND
from imagined.engines.port import EngineError, Preview

Pixels = npt.NDArray[np.uint8]
Sound = npt.NDArray[np.float32]
"""(2, N) samples from -1 to 1 at `SAMPLE_RATE`."""

SAMPLE_RATE: Final = 48_000
MAX_PICTURE_PIXELS: Final = 50_000_000
MAX_FRAME_PIXELS: Final = 4096 * 2304
_BT709: Final = 1
_LIMITED_RANGE: Final = 1
_PREVIEW_SIDE: Final = 320
_PREVIEW_QUALITY: Final = 70
_JPEG_QUALITY: Final = 95
_ENCODER_THREADS: Final = "2"
"""Fixed: the bytes that x264 writes depend on the number of its threads."""
# Measured: with macroblock trees, x264 gives other bytes for the same frames, depending on what its memory held before.
# Without them a rate factor of 16 makes films as large as 17 does with them, and 0.7 dB worse.
_ENCODER_OPTIONS: Final = {"preset": "veryfast", "crf": "16", "x264-params": "mbtree=0", "flags": "+bitexact"}


def load_picture(path: str) -> Pixels:
    """The picture at `path`, turned upright, any mode made RGB; transparency lies on white."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=("JPEG", "PNG", "WEBP")) as opened:
                if opened.width * opened.height > MAX_PICTURE_PIXELS:
                    raise EngineError("invalid_argument", "The input image is larger than 50 megapixels.")
                opened.load()
                upright = ImageOps.exif_transpose(opened)
                return np.asarray(_as_rgb(upright), np.uint8)
    except EngineError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise EngineError("invalid_argument", "The input image is larger than 50 megapixels.") from error
    except Exception as error:  # Pillow's decoders raise nearly anything on broken input.
        raise EngineError(
            "invalid_argument", "The input image could not be decoded: it is broken or cut off."
        ) from error


def _as_rgb(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I") or image.mode == "F":
        deep = np.asarray(image, np.float64)
        scale = 257.0 if deep.max(initial=0) > 255 else 1.0
        return Image.fromarray(np.clip(deep / scale, 0, 255).astype(np.uint8)).convert("RGB")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        cut = image.convert("RGBA")
        sheet = Image.new("RGBA", cut.size, (255, 255, 255, 255))
        return Image.alpha_composite(sheet, cut).convert("RGB")
    return image.convert("RGB")


def save_jpeg(pixels: Pixels, path: Path) -> None:
    """Writes `pixels` as a JPEG with full colour resolution."""
    Image.fromarray(pixels).save(path, "JPEG", quality=_JPEG_QUALITY, subsampling=0, optimize=False)


def preview_of(pixels: Pixels, index: int) -> Preview:
    """A small JPEG of the result at `index`, or of what there is of it yet."""
    rows, columns = pixels.shape[:2]
    scale = min(1.0, _PREVIEW_SIDE / max(rows, columns))
    width, height = max(1, round(columns * scale)), max(1, round(rows * scale))
    encoded = io.BytesIO()
    Image.fromarray(resized(pixels, width, height)).save(encoded, "JPEG", quality=_PREVIEW_QUALITY)
    return Preview(index=index, data=encoded.getvalue(), width=width, height=height)


def resized(pixels: Pixels, width: int, height: int) -> Pixels:
    """`pixels` at another size; the same array when it has that size already."""
    if pixels.shape[:2] == (height, width):
        return pixels
    return np.asarray(Image.fromarray(pixels).resize((width, height), Image.Resampling.LANCZOS), np.uint8)


def covering(pixels: Pixels, width: int, height: int) -> Pixels:
    """`pixels` scaled to cover `width` by `height` and cut off evenly where they reach beyond it."""
    rows, columns = pixels.shape[:2]
    shape = width / height
    if columns / rows > shape * 1.0001:
        keep = max(1, round(rows * shape))
        start = (columns - keep) // 2
        pixels = pixels[:, start : start + keep]
    elif columns / rows < shape * 0.9999:
        keep = max(1, round(columns / shape))
        start = (rows - keep) // 2
        pixels = pixels[start : start + keep]
    return resized(np.ascontiguousarray(pixels), width, height)


@dataclass(frozen=True)
class Clip:
    """What is known of a video file before its frames are decoded."""

    path: str
    width: int
    height: int
    duration_s: float
    has_sound: bool

    @property
    def frames(self) -> int:
        """Frames when played at 24 a second."""
        return max(1, round(self.duration_s * FRAMES_PER_SECOND))


def open_clip(path: str, *, longest_s: float) -> Clip:
    """The clip at `path`; refused when it is longer than `longest_s` seconds or its frames are too large."""
    try:
        with closing(av.open(path)) as container:
            video = container.streams.video[0]
            quarter = _quarter_turns(path)
            width, height = video.codec_context.width, video.codec_context.height
            if quarter % 2:
                width, height = height, width
            seconds = _seconds(video, container)
            has_sound = bool(container.streams.audio)
    except Exception as error:  # FFmpeg's demuxers raise nearly anything on broken input.
        raise EngineError(
            "invalid_argument", "The input video could not be decoded: it is broken or cut off."
        ) from error
    if width * height > MAX_FRAME_PIXELS:
        raise EngineError("invalid_argument", "The input video has frames larger than 4096 by 2304 pixels.")
    if seconds > longest_s:
        raise EngineError(
            "invalid_argument",
            f"The input video is {seconds:.1f} seconds long; at most {longest_s:g} seconds are taken.",
        )
    return Clip(path, width, height, seconds, has_sound)


def clip_frames(clip: Clip, width: int, height: int) -> Iterator[Pixels]:
    """The clip's frames at 24 a second and the given size, `clip.frames` of them."""
    given = 0
    latest: Pixels | None = None
    try:
        with closing(av.open(clip.path)) as container:
            start: float | None = None
            for frame in container.decode(video=0):
                moment = float(frame.time or 0.0)
                start = moment if start is None else start
                # Frames that are shown for longer than one step are repeated; those in between are skipped.
                while latest is not None and given < clip.frames and given / FRAMES_PER_SECOND < moment - start - 1e-3:
                    yield latest
                    given += 1
                if given >= clip.frames:
                    break
                latest = covering(_upright(frame), width, height)
    except EngineError:
        raise
    except av.error.FFmpegError as error:
        raise EngineError(
            "invalid_argument", "The input video could not be decoded: it is broken or cut off."
        ) from error
    if latest is None:
        raise EngineError("invalid_argument", "The input video could not be decoded: it has no frames.")
    while given < clip.frames:
        yield latest
        given += 1


def clip_sound(clip: Clip) -> Sound | None:
    """The clip's sound as stereo at `SAMPLE_RATE`, or None when it has none."""
    if not clip.has_sound:
        return None
    resampler = av.AudioResampler(format="fltp", layout="stereo", rate=SAMPLE_RATE)
    pieces: list[Any] = []
    try:
        with closing(av.open(clip.path)) as container:
            for frame in container.decode(audio=0):
                pieces += [piece.to_ndarray() for piece in resampler.resample(frame)]
            pieces += [piece.to_ndarray() for piece in resampler.resample(None)]
    except av.error.FFmpegError as error:
        raise EngineError("invalid_argument", "The sound of the input video could not be decoded.") from error
    return np.concatenate(pieces, axis=1).astype(np.float32) if pieces else None


def _seconds(video: Any, container: Any) -> float:
    if video.duration and video.time_base:
        return float(video.duration * video.time_base)
    return float(container.duration or 0) / 1_000_000


def _quarter_turns(path: str) -> int:
    with closing(av.open(path)) as container:
        for frame in container.decode(video=0):
            return round(float(getattr(frame, "rotation", 0) or 0) / 90) % 4
    return 0


def _upright(frame: Any) -> Pixels:
    space = frame.colorspace if int(frame.colorspace) in (1, 5, 6, 7, 9) else (1 if frame.height >= 720 else 5)
    pixels: Pixels = frame.reformat(format="rgb24", src_colorspace=_swscale(int(space))).to_ndarray()
    turns = round(float(getattr(frame, "rotation", 0) or 0) / 90) % 4
    return np.ascontiguousarray(np.rot90(pixels, turns)) if turns else pixels


def _swscale(space: int) -> int:
    """swscale numbers BT.601 as 5 and BT.709 as 1, whichever of their names a file uses."""
    return 1 if space == 1 else 9 if space == 9 else 7 if space == 7 else 5


class FilmWriter:
    """An MP4 being written: H.264, 24 frames a second, faststart; frames go to the encoder as they come."""

    def __init__(self, path: Path, width: int, height: int, *, sound: bool) -> None:
        self._container = av.open(
            str(path), "w", format="mp4", options={"movflags": "+faststart", "fflags": "+bitexact"}
        )
        self._video: Any = self._container.add_stream("libx264", rate=FRAMES_PER_SECOND)
        self._video.width, self._video.height, self._video.pix_fmt = width, height, "yuv420p"
        self._video.time_base = Fraction(1, FRAMES_PER_SECOND)
        context = self._video.codec_context
        context.color_range, context.colorspace = _LIMITED_RANGE, _BT709
        context.color_primaries, context.color_trc = _BT709, _BT709
        self._video.options = {**_ENCODER_OPTIONS, "threads": _ENCODER_THREADS}
        self._audio: Any = None
        if sound:
            self._audio = self._container.add_stream("aac", rate=SAMPLE_RATE, layout="stereo")
            self._audio.bit_rate = 160_000
        self.frames = 0

    def add(self, pixels: Pixels) -> None:
        """Encodes the next frame."""
        frame: Any = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgb24")
        frame = frame.reformat(format="yuv420p", dst_colorspace=_BT709, dst_color_range=_LIMITED_RANGE)
        frame.pts, frame.time_base = self.frames, Fraction(1, FRAMES_PER_SECOND)
        self._container.mux(self._video.encode(frame))
        self.frames += 1

    def add_sound(self, sound: Sound) -> None:
        """Encodes the sound, cut or filled up with silence to the length of the frames added so far."""
        length = round(self.frames * SAMPLE_RATE / FRAMES_PER_SECOND)
        fitted = np.zeros((2, length), np.float32)
        fitted[:, : min(length, sound.shape[1])] = sound[:, :length]
        step = 1024
        for start in range(0, length, step):
            piece = np.ascontiguousarray(fitted[:, start : start + step])
            frame: Any = av.AudioFrame.from_ndarray(piece, format="fltp", layout="stereo")
            frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE, start, Fraction(1, SAMPLE_RATE)
            self._container.mux(self._audio.encode(frame))

    def finish(self) -> None:
        """Writes what the encoders still hold and closes the file."""
        self._container.mux(self._video.encode(None))
        if self._audio is not None:
            self._container.mux(self._audio.encode(None))
        self._container.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        if kind is not None:
            self._container.close()
