"""A train compartment: two upholstered benches, a wide window with the country passing, wood and brass."""

from dataclasses import replace

import numpy as np

from imagined.engines.illustrator.figures import CATALOGUE, Figure, Order, figure
from imagined.engines.illustrator.figures.carpentry import BRASS, DARK_WOOD, cushion, facing, slabs
from imagined.engines.illustrator.figures.lights import table_lamp
from imagined.engines.illustrator.figures.solids import tube
from imagined.engines.illustrator.scene import Scene
from imagined.engines.illustrator.settings.finishes import Cover, Finish
from imagined.engines.illustrator.settings.indoor_cast import cast_from, indoors, placed_at, sat, view_of, with_book
from imagined.engines.illustrator.settings.interior import Room, Window, tone_of
from imagined.engines.illustrator.settings.staging import Cast
from imagined.engines.illustrator.world import Vector, World

_CLOTH: tuple[Vector, ...] = ((0.10, 0.20, 0.13), (0.34, 0.045, 0.045), (0.07, 0.12, 0.26))


def bench(cloth: Vector, wide: float = 1.9) -> Figure:
    """A padded bench with a high back."""
    parts = [
        slabs([((0, 0.19, 0.0), (wide, 0.38, 0.5))], DARK_WOOD, 0.15),
        cushion((0, 0.42, 0.02), (wide, 0.14, 0.56), cloth, 0.22),
    ]
    each = wide / 3
    for index in range(3):
        x = -wide / 2 + each * (index + 0.5)
        parts.append(cushion((x, 0.82, -0.24), (each * 0.98, 0.72, 0.16), cloth, 0.3))
        parts.append(cushion((x, 1.24, -0.2), (each * 0.66, 0.17, 0.16), (0.78, 0.75, 0.66), 0.45))
    parts.append(slabs([((0, 0.85, -0.34), (wide, 1.1, 0.08))], DARK_WOOD, 0.15))
    return facing(parts, {"seat": (0.0, 0.48, 0.02)})


def build(scene: Scene, rng: np.random.Generator) -> World:
    """The world of a scene in a train."""
    stage = np.random.default_rng([scene.seed & 0x7FFFFFFF, 21])
    cloth = _CLOTH[int(rng.integers(len(_CLOTH)))]
    cast = _travellers(scene, stage, tone_of(scene).power > 0.3)
    camera = view_of(scene, cast, wide=3.0, tall=2.2, least=1.3, eye=1.35, fill=0.62, empty=(0.0, 1.15))
    camera = replace(
        camera, eye=(max(min(camera.eye[0] * 0.3, 0.3), -0.3), camera.eye[1], min(camera.eye[2] + 0.5, 4.6))
    )
    room = Room(
        scene,
        cast,
        camera,
        left=-1.5,
        right=1.5,
        back=-1.25,
        margin=0.3,
        height=2.45,
        floor=Finish(Cover("carpet", (0.16, 0.06, 0.05), (0.12, 0.04, 0.035))),
        walls=Finish(Cover("panels", (0.26, 0.125, 0.055), size=0.75, gloss=0.2)),
        ceiling=(0.66, 0.60, 0.48),
        skirting=(0.14, 0.065, 0.03),
        windows=(Window("back", 0.0, 1.55, 0.88, 2.0, (2, 1), BRASS, drapes=(0.46, 0.30, 0.14)),),
        sun_from=0.5 if rng.random() < 0.5 else -0.5,
    )
    for side in (-1, 1):
        room.put(bench(cloth), side * 1.12, -0.25, -side * np.pi / 2, always=True)
        room.put(_rack(), side * 1.3, -0.25, -side * np.pi / 2, y=1.82, always=True)
    shelf = [
        slabs([((0, 0.74, 0), (0.56, 0.035, 0.6))], (0.24, 0.115, 0.05), 0.3),
        tube([(0, 0.0, 0.12), (0, 0.73, 0.0)], [0.03, 0.03], BRASS, 0.4),
    ]
    if room.put(facing(shelf, {}), 0.0, room.back + 0.32):
        room.put_light(table_lamp((0.80, 0.42, 0.30), room.lit), 0.14, room.back + 0.2, 0.757, strength=0.75, reach=0.9)
        room.put(figure(Order("cup")), -0.12, room.back + 0.35, 0.5, y=0.757)
    room.shine((0.0, 2.25, 0.2), (1.0, 0.68, 0.38), 0.55, 1.6)
    room.shine((0.0, 2.1, 1.8), (1.0, 0.68, 0.38), 0.4, 1.6)
    return room.world()


def _travellers(scene: Scene, rng: np.random.Generator, lit: bool) -> Cast:
    """People on the benches, opposite each other; small animals beside them; the rest between."""
    known = [(index, subject) for index, subject in enumerate(scene.subjects) if subject.noun in CATALOGUE]
    sitters = [
        (index, subject)
        for index, subject in known
        if CATALOGUE[subject.noun].family in ("person", "animal", "bird")
        and CATALOGUE[subject.noun].size * subject.size < 2.2
        for _ in range(subject.count)
    ][:4]
    if not sitters or len(sitters) < sum(subject.count for _, subject in known if CATALOGUE[subject.noun].size > 0.5):
        return indoors(scene, rng, "chair", lit)
    placed = []
    first = 1 if rng.random() < 0.5 else -1
    for number, (index, subject) in enumerate(sitters):
        side = first if number % 2 == 0 else -first
        z = 0.1 - 0.62 * (number // 2)
        yaw = -0.30 if side < 0 else -np.pi + 0.30
        person = CATALOGUE[subject.noun].family == "person"
        pose = ("seated_reading" if subject.pose == "reading" else "seated") if person else _settled(subject.pose)
        who = placed_at(
            subject.noun,
            side * 0.98,
            z,
            yaw if person else yaw - side * 0.4,
            pose=pose,
            subject=index,
            like=subject,
            seed=number,
        )
        placed.append(with_book(sat(who, 0.475)) if person else replace(who, y=0.48))
    return cast_from(placed)


def _settled(pose: str) -> str:
    """Animals sit on benches rather than stand on them."""
    return "sitting" if pose in ("standing", "walking", "running", "reading") else pose


def _rack() -> Figure:
    """A luggage rack with cases."""
    bars = [tube([(-0.92, 0.0, z), (0.92, 0.0, z)], [0.011, 0.011], BRASS, 0.5) for z in (0.0, 0.1, 0.2, 0.28)]
    cases: tuple[tuple[float, float, Vector], ...] = ((-0.45, 0.6, (0.30, 0.15, 0.06)), (0.28, 0.5, (0.10, 0.16, 0.20)))
    for x, wide, tone in cases:
        bars.append(cushion((x, 0.14, 0.13), (wide, 0.25, 0.3), tone, 0.14, 0.15))
        bars.append(
            slabs([((x + s * wide * 0.28, 0.14, 0.13), (0.035, 0.256, 0.306)) for s in (-1, 1)], (0.42, 0.26, 0.11))
        )
    return facing(bars, {})
