import numpy as np
import pytest

from imagined.engines.illustrator.crew import Artist, Shot
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings import build_world
from imagined.engines.illustrator.words import understand

SIZE = {"width": 212, "height": 120}


def psnr(one, two):
    error = ((one.astype(float) - two.astype(float)) ** 2).mean()
    return 10 * np.log10(255**2 / max(error, 1e-9))


def artist_of(scene: Scene, move: str) -> Artist:
    return Artist(Shot(scene=scene, camera=build_world(scene).camera, move=move, frames=121, **SIZE))


@pytest.mark.parametrize(
    ("prompt", "move"),
    [
        ("a futuristic city skyline at night", "pull_back"),
        ("a futuristic city skyline at night", "pan_left"),
        ("a futuristic city skyline at night", "tilt_up"),
        ("a futuristic city by day", "rise"),
        ("mountains by a lake", "orbit"),
        ("a meadow", "push_in"),
    ],
)
def test_frames_between_look_like_drawn_ones(prompt, move):
    artist = artist_of(understand(prompt, 3, "16:9"), move)
    for index in (61, 63):
        time = artist.shot.since + index / 24
        drawn = artist.stage.renderer.view(artist.path(index / 120), 212, 120, "motion", time=time)
        drawn = artist.stage.developed(drawn, time)
        made = artist.frame(index)
        neighbour = artist.frame(60)
        assert psnr(made, drawn) > 21
        assert psnr(made, drawn) > psnr(neighbour, drawn)
        # Neither blurred nor sharpened, or films would pulse.
        fine = [float(np.abs(np.diff(pixels.astype(float), axis=1)).mean()) for pixels in (made, drawn)]
        assert fine[0] == pytest.approx(fine[1], rel=0.2)


def test_a_frame_does_not_depend_on_what_was_drawn_before():
    scene = understand("a futuristic city skyline at night", 3, "16:9")
    one, other = artist_of(scene, "pull_back"), artist_of(scene, "pull_back")
    forwards = [one.frame(index) for index in range(57, 66)]
    backwards = [other.frame(index) for index in range(65, 56, -1)][::-1]
    assert all((a == b).all() for a, b in zip(forwards, backwards, strict=True))
