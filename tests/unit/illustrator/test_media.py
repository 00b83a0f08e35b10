import numpy as np
import pytest
from PIL import Image

from imagined.engines import media
from imagined.engines.port import EngineError


def saved(tmp_path, image, name, **options):
    path = tmp_path / name
    image.save(path, **options)
    return str(path)


@pytest.mark.parametrize(
    ("mode", "name"),
    [("L", "a.png"), ("P", "a.png"), ("RGBA", "a.webp"), ("CMYK", "a.jpg"), ("1", "a.png"), ("LA", "a.png")],
)
def test_any_mode_becomes_rgb(tmp_path, mode, name):
    image = Image.new("RGB", (40, 30), (200, 60, 30)).convert(mode)
    pixels = media.load_picture(saved(tmp_path, image, name))
    assert pixels.shape == (30, 40, 3)
    assert pixels.dtype == np.uint8


def test_sixteen_bits_become_eight(tmp_path):
    deep = np.linspace(0, 65535, 64 * 64).reshape(64, 64).astype(np.uint16)
    pixels = media.load_picture(saved(tmp_path, Image.fromarray(deep), "deep.png"))
    assert pixels.min() == 0
    assert pixels.max() == 255


def test_transparency_lies_on_white(tmp_path):
    image = Image.new("RGBA", (8, 8), (255, 0, 0, 0))
    assert (media.load_picture(saved(tmp_path, image, "clear.png")) == 255).all()


def test_a_turned_photo_is_set_upright(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    path = saved(tmp_path, Image.new("RGB", (40, 20)), "turned.jpg", exif=exif)
    assert media.load_picture(path).shape == (40, 20, 3)


@pytest.mark.parametrize("cut", [20, 400])
def test_a_cut_off_file_is_refused(tmp_path, cut):
    rng = np.random.default_rng(0)
    path = tmp_path / "cut.png"
    Image.fromarray(rng.integers(0, 255, (64, 64, 3), np.uint8)).save(path)
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(EngineError) as raised:
        media.load_picture(str(path))
    assert raised.value.code == "invalid_argument"
    assert "could not be decoded" in raised.value.message


def test_other_formats_are_refused(tmp_path):
    with pytest.raises(EngineError):
        media.load_picture(saved(tmp_path, Image.new("RGB", (8, 8)), "a.tiff"))


def test_too_many_pixels_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(media, "MAX_PICTURE_PIXELS", 100)
    with pytest.raises(EngineError, match="50 megapixels"):
        media.load_picture(saved(tmp_path, Image.new("RGB", (11, 10)), "a.png"))


@pytest.mark.parametrize("shape", [(40, 80), (80, 40), (50, 50), (33, 77)])
def test_covering_fills_the_asked_size(shape):
    pixels = np.random.default_rng(0).integers(0, 255, (*shape, 3), np.uint8)
    assert media.covering(pixels, 64, 48).shape == (48, 64, 3)


def test_a_film_reads_back_as_it_was_written(tmp_path):
    path = tmp_path / "film.mp4"
    y, x = np.mgrid[0:96, 0:128]
    frames = [np.stack([x * 1.5, y * 2.0, (x + 8 * k) % 255], axis=2).astype(np.uint8) for k in range(10)]
    tone = np.sin(np.arange(48000) * 0.05).astype(np.float32) * 0.4
    with media.FilmWriter(path, 128, 96, sound=True) as writer:
        for frame in frames:
            writer.add(frame)
        writer.add_sound(np.stack([tone, tone]))
        writer.finish()
    clip = media.open_clip(str(path), longest_s=2)
    read = list(media.clip_frames(clip, 128, 96))
    assert (clip.width, clip.height, clip.frames, clip.has_sound) == (128, 96, 10, True)
    assert all(np.abs(a.astype(int) - b).mean() < 4 for a, b in zip(read, frames, strict=True))
    sound = media.clip_sound(clip)
    assert sound.shape[0] == 2
    assert abs(sound.shape[1] / 48000 - 10 / 24) < 0.05


def test_a_film_is_written_the_same_twice(tmp_path):
    written = []
    for name in ("one.mp4", "two.mp4"):
        rng = np.random.default_rng(1)
        with media.FilmWriter(tmp_path / name, 64, 48, sound=True) as writer:
            for _ in range(6):
                writer.add(rng.integers(0, 255, (48, 64, 3), np.uint8))
            writer.add_sound(rng.uniform(-0.3, 0.3, (2, 48000)).astype(np.float32))
            writer.finish()
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]


def test_what_memory_held_before_does_not_show_in_a_film(tmp_path):
    rng = np.random.default_rng(5)
    world = rng.integers(0, 255, (60, 200, 3), np.uint8).repeat(8, axis=0).repeat(8, axis=1)
    frames = [world[:480, 9 * k : 9 * k + 880] // 2 + rng.integers(0, 90, (480, 880, 3), np.uint8) for k in range(25)]

    def written(mess):
        rubbish = []
        path = tmp_path / f"{mess}.mp4"
        with media.FilmWriter(path, 880, 480, sound=False) as writer:
            for frame in frames:
                # Freed and taken again by the encoder, at other places each time.
                sizes = (2_000, 100_000, 430_000, 700_000, 1_300_000) if mess else ()
                rubbish = [rng.integers(0, 255, size + 999 * mess, np.uint8) for size in sizes]
                writer.add(frame)
            writer.finish()
        assert len(rubbish) == (5 if mess else 0)
        return path.read_bytes()

    clean = written(0)
    assert all(written(mess) == clean for mess in (1, 2, 3))
