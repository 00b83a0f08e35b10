from pathlib import Path

import av
import numpy as np
import pytest

from imagined.engines import media
from imagined.engines.illustrator.picture import origin_of
from imagined.engines.port import EngineError, MediaInput, VideoTask
from tests.unit.illustrator.conftest import PROMPT, as_input, run


def frames_of(produced):
    clip = media.open_clip(produced.path, longest_s=60)
    return list(media.clip_frames(clip, clip.width, clip.height))


def psnr(one, two):
    error = ((one.astype(float) - two.astype(float)) ** 2).mean()
    return 10 * np.log10(255**2 / max(error, 1e-9))


def test_a_film_has_the_right_streams_and_length(film):
    (result,) = film[1]
    with av.open(result.path) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        assert (video.codec_context.name, video.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert (video.average_rate, video.frames) == (24, 25)
        assert (audio.codec_context.name, audio.rate, audio.channels) == ("aac", 48000, 2)
        assert abs(container.duration / 1e6 - 25 / 24) < 0.02
    assert (result.width, result.height) == (480, 1066)
    assert result.duration_s == pytest.approx(25 / 24)


def test_the_index_comes_before_the_data(film):
    data = Path(film[1][0].path).read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


def test_the_first_frame_is_the_picture(film, edited):
    (result,) = film[1]
    expected = media.covering(media.load_picture(edited[1][0].path), result.width, result.height)
    assert psnr(frames_of(result)[0], expected) > 28


def test_the_camera_moves(film):
    frames = frames_of(film[1][0])
    assert len(frames) == 25
    moved = [psnr(frames[0], frame) for frame in frames]
    assert moved[1] > moved[12] > moved[24]
    assert moved[24] < 25


def test_the_sound_is_there_and_does_not_clip(film):
    sound = media.clip_sound(media.open_clip(film[1][0].path, longest_s=60))
    assert 0.05 < np.abs(sound).max() < 0.95
    assert np.abs(sound[0] - sound[1]).max() > 0.01


def test_an_edit_of_a_film_keeps_its_length_and_its_sound(engine, film, tmp_path):
    task = VideoTask(
        model="m", prompt="Make it sepia", seed=1, workdir=str(tmp_path), inputs=(as_input(film[1][0], "video"),)
    )
    _, (result,) = run(engine.edit_video(task))
    frames = frames_of(result)
    assert len(frames) == 25
    assert min(result.width, result.height) <= 720
    tone = frames[12].reshape(-1, 3).mean(0)
    assert tone[0] > tone[1] > tone[2]
    assert media.open_clip(result.path, longest_s=60).has_sound
    assert origin_of(result.receipt) is not None


def test_an_extension_goes_on_from_the_last_frame(engine, film, tmp_path):
    task = VideoTask(
        model="m",
        prompt="Static shot",
        seed=1,
        workdir=str(tmp_path),
        duration_s=1,
        inputs=(as_input(film[1][0], "video"),),
    )
    _, (result,) = run(engine.extend_video(task))
    frames, before = frames_of(result), frames_of(film[1][0])
    assert len(frames) == 25 + 24
    assert psnr(frames[20], before[20]) > 30
    assert psnr(frames[24], frames[25]) > 27
    # The camera stands, the water does not.
    assert psnr(frames[24], frames[48]) < psnr(frames[24], frames[25])


def test_text_alone_makes_a_silent_film_when_asked(engine, tmp_path):
    task = VideoTask(
        model="m",
        prompt=PROMPT + ", static shot",
        seed=2,
        workdir=str(tmp_path),
        duration_s=1,
        aspect_ratio="1:1",
        generate_audio=False,
    )
    _, (result,) = run(engine.generate_video(task))
    with av.open(result.path) as container:
        assert not container.streams.audio
        assert container.streams.video[0].frames == 25
    frames = frames_of(result)
    # The camera stands still; the water does not.
    high = frames[0].shape[0] // 2
    assert psnr(frames[0][:high], frames[24][:high]) > psnr(frames[0][high:], frames[24][high:])


def test_a_foreign_first_frame_and_last_frame_are_shown_exactly(engine, photo, tmp_path):
    first = MediaInput(role="first_frame", path=str(photo), content_type="image/png")
    last = tmp_path / "last.png"
    media.Image.fromarray(media.load_picture(str(photo))[:, ::-1]).save(last)
    task = VideoTask(
        model="m",
        prompt="push in",
        seed=2,
        workdir=str(tmp_path),
        duration_s=1,
        aspect_ratio=None,
        inputs=(first, MediaInput(role="last_frame", path=str(last), content_type="image/png")),
    )
    _, (result,) = run(engine.generate_video(task))
    frames = frames_of(result)
    assert (result.width, result.height) == (640, 480)
    assert psnr(frames[0], media.load_picture(str(photo))) > 28
    assert psnr(frames[-1], media.load_picture(str(last))) > 28


def test_a_film_too_long_to_edit_is_refused(engine, tmp_path):
    path = tmp_path / "long.mp4"
    with media.FilmWriter(path, 64, 64, sound=False) as writer:
        for _ in range(24 * 9):
            writer.add(np.zeros((64, 64, 3), np.uint8))
        writer.finish()
    given = MediaInput(role="video", path=str(path), content_type="video/mp4")
    task = VideoTask(model="m", prompt="Make it sepia", seed=1, workdir=str(tmp_path), inputs=(given,))
    with pytest.raises(EngineError, match=r"at most 8\.7 seconds"):
        run(engine.edit_video(task))


def test_a_broken_film_is_refused(engine, tmp_path):
    path = tmp_path / "broken.mp4"
    path.write_bytes(b"\0\0\0\x18ftypmp42 nothing more")
    given = MediaInput(role="video", path=str(path), content_type="video/mp4")
    task = VideoTask(model="m", prompt="Make it sepia", seed=1, workdir=str(tmp_path), inputs=(given,))
    with pytest.raises(EngineError, match="could not be decoded"):
        run(engine.edit_video(task))
