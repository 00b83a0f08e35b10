"""Ambience: what the scene sounds like, made from shaped noise and a few tones."""

import numpy as np

from imagined.engines.illustrator.mesh import Floats
from imagined.engines.illustrator.scene import Scene
from imagined.engines.media import SAMPLE_RATE, Sound

_LOUDEST = 0.5


def ambience(scene: Scene, seconds: float) -> Sound:
    """(2, N) stereo sound of the scene, faded in and out, never clipping; the same scene sounds the same."""
    count = max(1, round(seconds * SAMPLE_RATE))
    rng = np.random.default_rng([scene.seed & 0x7FFFFFFF, 41])
    maker = {
        "city": _city, "sea": _sea, "beach": _sea, "forest": _forest, "meadow": _forest, "space": _space,
    }.get(scene.setting, _wind)  # fmt: skip
    sound = maker(scene, count, rng)
    if scene.weather in ("rain", "storm"):
        sound = sound * 0.7 + _rain(count, rng)
    if scene.weather in ("snow", "storm", "fog"):
        sound = sound * 0.8 + 0.5 * _wind(scene, count, rng)
    sound -= sound.mean(axis=1, keepdims=True)
    fade = np.minimum(1.0, np.minimum(np.arange(count), np.arange(count)[::-1]) / (0.25 * SAMPLE_RATE))
    peak = float(np.abs(sound).max(initial=1e-6))
    shaped: Sound = (sound * fade * (_LOUDEST / peak)).astype(np.float32)
    return shaped


def _noise(count: int, rng: np.random.Generator, low: float, high: float, slope: float = 0.0) -> Floats:
    """(2, count) noise between two frequencies in Hz, falling by `slope` powers of the frequency, deviation 1."""
    frequency = np.fft.rfftfreq(count, 1 / SAMPLE_RATE)
    safe = np.maximum(frequency, 1.0)
    shape = safe**-slope / (1.0 + (low / safe) ** 4) / (1.0 + (safe / high) ** 4)
    spectrum = rng.standard_normal((2, len(frequency))) + 1j * rng.standard_normal((2, len(frequency)))
    # Both ears share most of it, so that the place is in front and not inside the head.
    spectrum[1] = 0.55 * spectrum[0] + 0.83 * spectrum[1]
    sound = np.fft.irfft(spectrum * shape, count)
    scaled: Floats = (sound / max(float(sound.std()), 1e-9)).astype(np.float32)
    return scaled


def _swell(count: int, rng: np.random.Generator, period_s: float, depth: float) -> Floats:
    """(count,) slow rise and fall around 1."""
    knots = max(4, int(count / SAMPLE_RATE / period_s * 2) + 3)
    values = 1.0 + depth * rng.uniform(-1, 1, knots)
    place = np.linspace(0, knots - 1, count)
    left = np.minimum(place.astype(int), knots - 2)
    part = place - left
    part = part * part * (3 - 2 * part)
    swell: Floats = (values[left] * (1 - part) + values[left + 1] * part).astype(np.float32)
    return swell


def _city(scene: Scene, count: int, rng: np.random.Generator) -> Floats:
    time = np.arange(count) / SAMPLE_RATE
    rumble = _noise(count, rng, 35, 160, 0.5) * _swell(count, rng, 2.0, 0.2)
    traffic = _noise(count, rng, 180, 900, 0.8) * _swell(count, rng, 1.6, 0.45)
    air = _noise(count, rng, 1500, 6000, 1.0) * _swell(count, rng, 1.2, 0.4)
    sound = 0.55 * rumble + 0.32 * traffic + 0.07 * air
    for _ in range(max(1, int(count / SAMPLE_RATE / 2.2))):
        sound += _passing(time, rng)
    if "futuristic" in scene.traits:
        for hertz in (55.0, 82.5, 110.4):
            beat = 1.0 + 0.3 * np.sin(2 * np.pi * rng.uniform(0.1, 0.3) * time + rng.uniform(0, 6))
            sound += (0.14 * np.sin(2 * np.pi * hertz * time + rng.uniform(0, 6)) * beat)[None, :].astype(np.float32)
    if any(addition.kind == "neon_signs" for addition in scene.additions):
        buzz = sum(np.sin(2 * np.pi * 100.0 * k * time) / k for k in (1, 2, 3, 5))
        sound += (0.035 * buzz * _swell(count, rng, 0.5, 0.5))[None, :].astype(np.float32)
    return sound


def _passing(time: np.ndarray[tuple[int, ...], np.dtype[np.float64]], rng: np.random.Generator) -> Floats:
    """A car that passes from one side to the other."""
    middle, width = rng.uniform(time[0], time[-1] + 0.1), rng.uniform(0.5, 1.1)
    envelope = np.exp(-(((time - middle) / width) ** 2))
    body = _noise(len(time), rng, 140, 700, 0.7)[0]
    place = np.clip(0.5 + 0.5 * (time - middle) / width * rng.choice([-1.0, 1.0]), 0.08, 0.92)
    passing: Floats = (0.34 * envelope * body * np.stack([np.sqrt(1 - place), np.sqrt(place)])).astype(np.float32)
    return passing


def _sea(_: Scene, count: int, rng: np.random.Generator) -> Floats:
    wash = _noise(count, rng, 120, 2500, 0.7) * _swell(count, rng, 2.6, 0.75) ** 2
    hiss = _noise(count, rng, 2500, 9000, 0.5) * _swell(count, rng, 1.8, 0.8) ** 2
    return 0.7 * wash + 0.16 * hiss + 0.3 * _noise(count, rng, 40, 180, 0.6)


def _forest(scene: Scene, count: int, rng: np.random.Generator) -> Floats:
    leaves = _noise(count, rng, 700, 5000, 0.6) * _swell(count, rng, 1.5, 0.5)
    sound = 0.16 * leaves + 0.12 * _noise(count, rng, 80, 400, 0.8)
    time = np.arange(count) / SAMPLE_RATE
    if scene.time == "night":
        chirp = (
            np.sin(2 * np.pi * 4300 * time)
            * (np.sin(2 * np.pi * 27 * time) > 0)
            * (np.sin(2 * np.pi * 1.3 * time) > 0.1)
        )
        return sound + (0.10 * chirp)[None, :].astype(np.float32)
    for _ in range(int(2 + count / SAMPLE_RATE * 1.6)):
        start, pitch = rng.uniform(0, time[-1] + 0.05), rng.uniform(2200, 4600)
        for note in range(int(rng.integers(2, 6))):
            offset = time - start - note * rng.uniform(0.09, 0.16)
            call = np.where((offset > 0) & (offset < 0.09), np.sin(np.pi * np.clip(offset / 0.09, 0, 1)) ** 2, 0.0)
            side = rng.uniform(0.2, 0.8)
            tone = np.sin(2 * np.pi * (pitch + rng.uniform(-300, 900) * offset / 0.09) * offset)
            sound += (0.20 * call * tone * np.array([[1 - side], [side]])).astype(np.float32)
    return sound


def _wind(_: Scene, count: int, rng: np.random.Generator) -> Floats:
    low = _noise(count, rng, 90, 420, 0.6) * _swell(count, rng, 1.7, 0.6)
    whistle = _noise(count, rng, 500, 1100, 0.9) * _swell(count, rng, 1.1, 0.8) ** 2
    return 0.5 * low + 0.16 * whistle


def _space(_: Scene, count: int, rng: np.random.Generator) -> Floats:
    time = np.arange(count) / SAMPLE_RATE
    sound = 0.12 * _noise(count, rng, 30, 120, 0.8)
    for hertz in (36.7, 55.0, 73.6, 110.2, 146.9):
        beat = 0.6 + 0.4 * np.sin(2 * np.pi * rng.uniform(0.04, 0.16) * time + rng.uniform(0, 6))
        pan = rng.uniform(0.3, 0.7)
        tone = np.sin(2 * np.pi * hertz * time + rng.uniform(0, 6)) * beat * (36.7 / hertz) ** 0.6
        sound += (0.3 * tone * np.array([[1 - pan], [pan]])).astype(np.float32)
    return sound


def _rain(count: int, rng: np.random.Generator) -> Floats:
    hiss = _noise(count, rng, 1200, 9000, 0.25)
    drops = np.zeros((2, count), np.float32)
    at = rng.integers(0, count, int(count / SAMPLE_RATE * 260))
    drops[rng.integers(0, 2, len(at)), at] = rng.uniform(0.3, 1.0, len(at))
    click = np.exp(-np.arange(240) / 40.0) * np.sin(np.arange(240) * 0.55)
    patter = np.stack([np.convolve(channel, click, mode="same") for channel in drops])
    mixed: Floats = (0.42 * hiss + 0.8 * patter).astype(np.float32)
    return mixed
