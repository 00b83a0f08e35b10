"""Draws figure sheets: every noun from four sides and in three poses, to be looked at. Prints triangles and build time.

    python -m bench.figures [NOUN ...] [--family animal] [--poses walking,sitting,lying] [--brief] [--cell 200]

Without nouns, all of the catalogue. One PNG for each eight nouns goes to `demo-output/figures/`, which git ignores;
`--brief` draws one three-quarter view of each noun, in its first pose, and many to a sheet.
"""

import argparse
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageDraw

from imagined.engines.illustrator.figures import CATALOGUE, Figure, Order, draw
from imagined.engines.illustrator.grade import Pixels, finished
from imagined.engines.illustrator.mesh import Mesh
from imagined.engines.illustrator.render import Renderer
from imagined.engines.illustrator.world import Ambient, Body, Camera, Grade, Light, Sky, World

SIDES: Final = (0.0, -np.pi / 2, np.pi, np.pi / 2)
"""Facing right, towards the viewer, left, away."""
LIVELY: Final[dict[str, tuple[str, ...]]] = {
    "animal": ("walking", "sitting", "lying"),
    "bird": ("flying", "eating", "swimming"),
    "person": ("walking", "sitting", "waving"),
}


def _floor(size: float) -> Mesh:
    x, z = np.array([-40, 40, 40, -40], np.float32) * size, np.array([40, 40, -40, -40], np.float32) * size
    points = np.stack([x, np.zeros(4, np.float32), z], 1)
    up = np.broadcast_to(np.array([0, 1, 0], np.float32), (4, 3)).copy()
    return Mesh(points, np.array([[0, 1, 2], [0, 2, 3]], np.int32), up, np.full((4, 3), 0.42, np.float32))


def row(figures: Sequence[tuple[Figure, float]], cell: int) -> Pixels:
    """Figures side by side, each turned by its yaw, in one render of cells `cell` pixels wide."""
    turned = [made.mesh.moved((0.0, 0.0, 0.0), yaw=yaw) for made, yaw in figures]
    size = max(float((mesh.bounds[1] - mesh.bounds[0]).max()) for mesh in turned) * 1.12
    bodies = []
    for index, mesh in enumerate(turned):
        low, high = mesh.bounds
        middle = (low + high) / 2
        at = ((index - (len(turned) - 1) / 2) * size - float(middle[0]), -float(low[1]), -float(middle[2]))
        bodies.append(Body(mesh.moved(at)))
    bodies.append(Body(_floor(size)))
    far = 12.0 * size
    world = World(
        bodies=tuple(bodies),
        camera=Camera((0.0, size * 2.2, far), (0.0, size * 0.46, 0.0), fov=float(np.degrees(np.arctan(1 / 12.2)))),
        sky=Sky(zenith=(0.5, 0.55, 0.6), horizon=(0.6, 0.62, 0.65)),
        light=Light(direction=(-0.5, 0.8, 0.65), colour=(0.95, 0.9, 0.82), softness=0.1),
        ambient=Ambient(above=(0.34, 0.37, 0.42), below=(0.2, 0.18, 0.16)),
        grade=Grade(bloom=0.02, vignette=0.0),
    )
    drawn = Renderer(world).view(world.camera, cell * len(turned), cell, "motion")
    return finished(drawn.light, world.grade)


def _timed(order: Order) -> Figure:
    start = time.process_time()
    made = draw(order)
    taken = time.process_time() - start
    print(f"{order.noun:16} {order.pose:10} {len(made.mesh.faces):7,} triangles {taken * 1000:6.0f} ms", flush=True)
    return made


def _full(nouns: Sequence[str], poses: Sequence[str], cell: int) -> Iterator[tuple[str, Pixels]]:
    for noun in nouns:
        kind = CATALOGUE[noun]
        first = _timed(Order(noun))
        figures = [(first, yaw) for yaw in SIDES]
        lively = poses or LIVELY.get(kind.family, ())
        figures += [(_timed(Order(noun, pose)), kind.yaw) for pose in lively]
        yield noun, row(figures, cell)


def _brief(nouns: Sequence[str], poses: Sequence[str], cell: int) -> Iterator[tuple[str, Pixels]]:
    pose = poses[0] if poses else "standing"
    for noun in nouns:
        yield noun, row([(_timed(Order(noun, pose)), CATALOGUE[noun].yaw)], cell)


def _sheet(cells: Sequence[tuple[str, Pixels]], columns: int) -> Image.Image:
    pictures = [Image.fromarray(np.asarray(pixels)) for _, pixels in cells]
    wide, high = pictures[0].size
    lines = -(-len(cells) // columns)
    sheet = Image.new("RGB", (wide * columns, high * lines), "white")
    ink = ImageDraw.Draw(sheet)
    for index, picture in enumerate(pictures):
        at = (index % columns * wide, index // columns * high)
        sheet.paste(picture, at)
        ink.text((at[0] + 4, at[1] + 2), cells[index][0], fill="black")
    return sheet


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("nouns", nargs="*")
    parser.add_argument("--family", default="")
    parser.add_argument("--poses", default="")
    parser.add_argument("--brief", action="store_true")
    parser.add_argument("--cell", type=int, default=200)
    parser.add_argument("--out", type=Path, default=Path("demo-output/figures"))
    given = parser.parse_args()
    nouns = given.nouns or [noun for noun, kind in CATALOGUE.items() if given.family in ("", kind.family)]
    unknown = [noun for noun in nouns if noun not in CATALOGUE]
    if unknown:
        parser.error(f"not in the catalogue: {', '.join(unknown)}")
    poses = [pose for pose in given.poses.split(",") if pose]
    given.out.mkdir(parents=True, exist_ok=True)
    many = 30 if given.brief else 8
    for start in range(0, len(nouns), many):
        some = nouns[start : start + many]
        cells = list((_brief if given.brief else _full)(some, poses, given.cell))
        path = given.out / f"{some[0]}{'_brief' if given.brief else ''}.png"
        _sheet(cells, min(6, len(cells)) if given.brief else 1).save(path)
        print(path)


if __name__ == "__main__":
    main()
