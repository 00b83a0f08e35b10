"""Pictures of scenes: from the tree to pixels, with looks and weather, and the receipt that allows to go on."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np

from imagined.engines.illustrator.cards import with_lettering
from imagined.engines.illustrator.falling import with_falling
from imagined.engines.illustrator.grade import Pixels, finished
from imagined.engines.illustrator.looks import LOOKS, with_looks
from imagined.engines.illustrator.render import Picture, Quality, Renderer
from imagined.engines.illustrator.scene import Scene, from_receipt, to_receipt
from imagined.engines.illustrator.settings import build_world
from imagined.engines.illustrator.styles import STYLES, styled
from imagined.engines.illustrator.world import Camera, World
from imagined.engines.port import Receipt


@dataclass(frozen=True)
class Origin:
    """What a stored picture or film shows, read back from its receipt."""

    scene: Scene
    camera: Camera
    looks: tuple[str, ...]
    time: float
    """Seconds of the world's time that its last frame shows; 0 for pictures."""


class Stage:
    """A scene with its world made ready for rendering."""

    def __init__(self, scene: Scene, looks: Sequence[str] = (), world: World | None = None) -> None:
        """`world` is the one of the scene, where it has been built already."""
        self.scene, self.looks = scene, tuple(looks)
        self.world = world or build_world(scene)
        self.renderer = Renderer(self.world)

    @property
    def guided(self) -> bool:
        """Whether the style looks at all buffers of a `Picture`, not at its light and depth alone."""
        return self.scene.style in STYLES

    def picture(
        self, camera: Camera, width: int, height: int, quality: Quality = "fine", *, time: float = 0.0
    ) -> Generator[tuple[int, int], None, Pixels]:
        """The finished pixels; yields (steps done, steps in all) on the way."""
        drawn = yield from self.renderer.drawn(camera, width, height, quality, time=time)
        return self.developed(drawn, time)

    def developed(self, picture: Picture, time: float) -> Pixels:
        """Graded pixels with weather, in the scene's style, with its lettering and looks."""
        pixels = finished(picture.light, self.world.grade)
        pixels = with_falling(pixels, self.world.falling, self.world.fall_amount, self.world.seed, time)
        pixels = with_lettering(styled(pixels, picture, self.scene, self.world), self.scene.lettering)
        return with_looks(pixels, self.looks)


def origin_of(receipt: Receipt | None) -> Origin | None:
    """Where a result came from, or None when its receipt does not tell or is not one of ours."""
    if not receipt or receipt.get("engine") != "illustrator":
        return None
    scene = from_receipt(receipt.get("scene"))
    camera = camera_from(receipt.get("camera"))
    if scene is None or camera is None:
        return None
    looks = tuple(look for look in receipt.get("looks") or () if look in LOOKS)
    return Origin(scene, camera, looks, float(receipt.get("time") or 0.0))


def described(scene: Scene, camera: Camera, looks: Sequence[str], time: float = 0.0) -> dict[str, Any]:
    """The part of a receipt that `origin_of` reads."""
    return {"scene": to_receipt(scene), "camera": msgspec.to_builtins(camera), "looks": list(looks), "time": time}


def camera_from(data: object) -> Camera | None:
    """The camera of a receipt, or None when there is none."""
    try:
        return msgspec.convert(data, Camera)
    except msgspec.ValidationError:
        return None


def seed_for(seed: int, index: int) -> int:
    """The seed of the picture at `index` of one task; the first has the task's own."""
    if index == 0:
        return seed
    return int(np.random.default_rng([seed & 0xFFFFFFFF, seed >> 32, index]).integers(1 << 62))
