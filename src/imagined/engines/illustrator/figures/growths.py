"""What grows on a trunk: tails, humps, spines, wings."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from imagined.engines.illustrator.figures.anatomy import Animal
from imagined.engines.illustrator.figures.clay import Clay, Colour, Point, turned
from imagined.engines.illustrator.figures.coats import coat_tint
from imagined.engines.illustrator.figures.limbs import Frame, add, mixed, smoothed
from imagined.engines.illustrator.figures.solids import ball, sheet, tube
from imagined.engines.illustrator.mesh import Floats, Mesh, joined


def tail(body: Clay, animal: Animal, root: Point, folded: bool) -> list[Mesh]:
    """The tail from its root at the rump; returns what is not part of the body."""
    length, kind, leg = animal.tail_length, animal.tail, animal.leg
    low = leg * 1.2
    shade = animal.points or (animal.dark if "pink_tail" in animal.extras else animal.coat)
    if kind == "stub":
        puff = animal.coat if animal.hooves else animal.light
        body.ball(add(root, (-animal.rump * 0.1, 0.0, 0.0)), (length, length, length), puff)
    elif kind == "none":
        return []
    elif kind == "hair":
        return [_hair(animal, root, length)]
    elif kind == "paddle":
        flat = (root[0] - length * 0.75, max(root[1] - length * 0.35, leg * 0.8), length * 0.05)
        body.cone(root, mixed(root, flat, 0.6), leg * 1.6, leg * 1.2, animal.coat)
        body.ball(flat, (length * 0.55, leg * 0.45, length * 0.26), animal.dark)
    elif kind == "heavy":
        drop = min(root[1] * 0.92, length * 0.3)
        line: list[tuple[float, float, float]] = [
            (0.5, 0.06, 0.0),
            (-0.25, -0.2, 0.02),
            (-0.65, -0.75, 0.16),
            (-1.0, -1.0, 0.42),
        ]
        points = [add(root, (x * length, y * drop, z * length)) for x, y, z in line]
        thick = animal.rump
        curve, radii = smoothed(points, [thick * 0.85, thick * 0.62, thick * 0.3, thick * 0.06], 10)
        curve = [(x, max(y, r * 0.9), z) for (x, y, z), r in zip(curve, radii, strict=True)]
        body.chain(curve, radii, animal.coat)
    else:
        line, widths = _course(kind, leg)
        points = [add(root, (x * length, y * length, z * length)) for x, y, z in line]
        curve, radii = smoothed(points, widths, 11)
        lowest = low if not folded else leg
        curve = [(x, max(y, max(lowest, r * 0.95)), z) for (x, y, z), r in zip(curve, radii, strict=True)]
        body.chain(curve, radii, shade)
        _tip(body, animal, curve, radii)
    return []


def _course(kind: str, leg: float) -> tuple[list[tuple[float, float, float]], list[float]]:
    """Where a tail goes, in its lengths, and how thick it is on the way, metres."""
    courses: dict[str, tuple[list[tuple[float, float, float]], list[float]]] = {
        "up": ([(0, 0, 0), (-0.3, 0.3, 0.02), (-0.38, 0.68, 0.05), (-0.2, 1.0, 0.1)], [0.9, 0.85, 0.75, 0.35]),
        "brush": ([(0, 0, 0), (-0.3, -0.12, 0.05), (-0.65, -0.42, 0.14), (-1.0, -0.5, 0.26)], [0.9, 1.9, 2.3, 0.4]),
        "down": ([(0, 0, 0), (-0.25, -0.2, 0.05), (-0.45, -0.6, 0.14), (-0.75, -0.7, 0.28)], [0.9, 0.8, 0.75, 0.5]),
        "thin": ([(0, 0, 0), (-0.4, -0.06, 0.0), (-0.66, 0.25, 0.06), (-0.6, 0.62, 0.12), (-0.78, 0.85, 0.16)],
                 [0.85, 0.72, 0.68, 0.62, 0.45]),
        "curl": ([(0, 0, 0), (-0.28, 0.32, 0.0), (-0.1, 0.75, 0.1), (0.3, 0.6, 0.2), (0.25, 0.25, 0.25)],
                 [1.0, 1.5, 1.6, 1.3, 0.5]),
        "tuft": ([(0, 0, 0), (-0.22, -0.2, 0.0), (-0.3, -0.6, 0.03), (-0.38, -0.95, 0.08)], [0.6, 0.5, 0.45, 0.4]),
        "plume": ([(0, 0, 0), (-0.45, 0.25, 0.0), (-0.5, 0.8, 0.05), (-0.2, 1.15, 0.1), (-0.55, 1.3, 0.12)],
                  [1.0, 2.4, 3.1, 2.6, 0.8]),
    }  # fmt: skip
    line, widths = courses[kind]
    return line, [width * leg for width in widths]


def _tip(body: Clay, animal: Animal, curve: list[Point], radii: list[float]) -> None:
    kind, end = animal.tail, curve[-1]
    wide = max(radii) * 1.4
    if kind == "tuft":
        tuft = animal.mane or animal.ruff or animal.dark
        body.ball(end, (animal.leg * 0.9, animal.leg * 1.7, animal.leg * 0.9), tuft)
    elif "ringed" in animal.extras:
        for index in range(1, len(curve), 2):
            body.paint(curve[index], (wide * 0.5, wide * 1.5, wide * 1.5), animal.dark, wide * 0.2)
    elif kind in ("brush", "plume") and "plain_tail" not in animal.extras:
        body.paint(end, (animal.tail_length * 0.3,) * 3, animal.light, animal.tail_length * 0.1)


def _hair(animal: Animal, root: Point, length: float) -> Mesh:
    colour, leg = animal.mane or animal.dark, animal.leg
    strand = Clay(blend=leg * 0.6)
    line = [(0, 0, 0), (-0.24, -0.04, 0.0), (-0.38, -0.45, 0.03), (-0.33, -0.8, 0.05), (-0.42, -1.0, 0.07)]
    points = [add(root, (x * length, y * length, z * length)) for x, y, z in line]
    curve, radii = smoothed(points, [leg * 0.7, leg * 1.0, leg * 1.5, leg * 1.3, leg * 0.3], 9)
    curve = [(x, max(y, radius), z) for (x, y, z), radius in zip(curve, radii, strict=True)]
    strand.chain(curve, radii, colour)
    return strand.mesh(strand.step_for(1000), coat_tint("strands", colour, animal.height))


def trunk_growths(body: Clay, animal: Animal, hip: Point, shoulder: Point, spread: bool) -> list[Mesh]:
    """Humps, spines, plates and wings; what is soft goes into the body."""
    parts: list[Mesh] = []
    middle = mixed(hip, shoulder, 0.5)
    if "poms" in animal.extras:
        for x, z in ((-0.45, 1), (-0.45, -1), (0.45, 1), (0.45, -1)):
            at = (x * animal.length, animal.height * 0.19, z * animal.chest * 0.62)
            body.ball(at, (animal.leg * 1.9,) * 3, animal.coat)
    if "humps" in animal.extras:
        hump = add(middle, (0.0, animal.belly * 0.95, 0.0))
        body.ball(hump, (animal.belly * 0.75, animal.belly * 0.8, animal.belly * 0.5), animal.coat)
    if "shoulder_hump" in animal.extras:
        hump = add(shoulder, (-animal.chest * 0.1, animal.chest * 0.6, 0.0))
        body.ball(hump, (animal.chest * 1.1, animal.chest * 0.75, animal.chest * 0.62), animal.ruff or animal.coat)
    if "wings" in animal.extras:
        parts += feathered_wings(animal, mixed(hip, shoulder, 0.78), spread)
    if "bat_wings" in animal.extras:
        parts += leather_wings(
            animal, mixed(hip, shoulder, 0.8), animal.height * 1.35, spread, animal.dark, animal.light
        )
    return parts


def spines(body: Clay, animal: Animal, hip: Point, shoulder: Point) -> Mesh:
    """A coat of spines on the back and the sides, each a slim pyramid."""
    rng = np.random.default_rng(5)
    middle = np.asarray(mixed(hip, shoulder, 0.45))
    over_back = add(mixed(hip, shoulder, 0.35), (0.0, animal.belly * 0.7, 0.0))
    body.paint(
        over_back, (animal.length * 0.85, animal.belly * 1.1, animal.belly * 1.6), animal.dark, animal.belly * 0.2
    )
    reach = np.array([animal.length * 0.62 + animal.rump, animal.belly * 1.2, animal.belly * 1.1])
    spots = rng.normal(size=(1700, 3))
    spots /= np.linalg.norm(spots, axis=1, keepdims=True)
    spots = spots[(spots[:, 1] > -0.18) & (spots[:, 0] < 0.72)][:800]
    at = middle + spots * reach
    roots = np.array(body.snapped([(float(x), float(y), float(z)) for x, y, z in at]), np.float32)
    out = spots * np.array([0.8, 1, 1]) + np.array([-0.75, 0.12, 0.0])
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    long = animal.belly * 0.46 * rng.uniform(0.8, 1.2, (len(roots), 1))
    across = np.cross(out, [0.3, 0.9, 0.2])
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    over = np.cross(out, across)
    wide = animal.belly * 0.085
    roots = roots - out * wide * 2
    corners = [
        roots + across * wide,
        roots - across * wide * 0.5 + over * wide * 0.87,
        roots - across * wide * 0.5 - over * wide * 0.87,
    ]
    tips = roots + out * long
    triangles = np.concatenate([np.stack([corners[k], corners[(k + 1) % 3], tips], 1) for k in range(3)])
    normals = np.concatenate(
        [np.stack([corners[k] - roots, corners[(k + 1) % 3] - roots, out * wide], 1) for k in range(3)]
    )
    normals /= np.maximum(np.linalg.norm(normals, axis=-1, keepdims=True), 1e-9)
    shade = np.tile(np.stack([animal.dark, animal.dark, (0.62, 0.5, 0.36)]), (len(triangles), 1))
    count = len(triangles) * 3
    return Mesh(
        triangles.reshape(-1, 3).astype(np.float32),
        np.arange(count, dtype=np.int32).reshape(-1, 3),
        normals.reshape(-1, 3).astype(np.float32),
        shade.astype(np.float32),
    )


def crest(curve: list[Point], high: list[float], colour: Colour) -> Mesh:
    """A row of upright plates along a back or tail, as dragons have."""
    parts = []
    for (x, y, z), size in zip(curve, high, strict=True):
        points = [(x + size * 0.5, y - size * 0.3, z), (x, y + size * 0.4, z), (x - size * 0.5, y + size * 1.05, z)]
        parts.append(tube(points, [size * 0.32, size * 0.24, size * 0.03], colour, 0.1, sides=5))
    return joined(parts)


def plates(places: list[Point], high: list[float], colour: Colour) -> Mesh:
    """Two rows of broad upright plates, as a stegosaurus has."""
    parts = []
    for index, ((x, y, z), size) in enumerate(zip(places, high, strict=True)):
        side = 1 if index % 2 else -1
        at = (x, y + size * 0.35, z + side * size * 0.12)
        parts.append(
            ball(at, (size * 0.42, size * 0.7, size * 0.09), colour, 0.1, turned(0.2, 0.0, side * 0.15), segments=14)
        )
    return joined(parts)


Shape = Callable[[Floats, Floats], tuple[Floats, Floats, Floats]]


def feathered_wings(animal: Animal, root: Point, spread: bool) -> list[Mesh]:
    """A pair of white wings, half folded or spread for flight: three overlapping rows of feathers."""
    parts = []
    span = animal.height * (1.25 if spread else 0.95)
    for side in (1, -1):
        base = np.asarray(add(root, (0.0, animal.chest * 0.75, side * animal.chest * 0.45)))
        arm = np.array([-0.25, 0.75, side * 0.62]) if not spread else np.array([-0.05, 0.5, side * 0.95])
        arm = arm / np.linalg.norm(arm)
        for row, (long, shade) in enumerate(((1.0, 0.80), (0.66, 0.86), (0.36, 0.9))):
            for index in range(7):
                t = (index + 0.5 * row) / 7
                start = base + arm * span * 0.62 * t
                heading = np.array([-1.0, -0.45 + 1.15 * t, side * (0.12 + 0.75 * t)])
                heading /= np.linalg.norm(heading)
                reach = span * (0.42 + 0.38 * t) * long
                line = [start + heading * reach * u for u in (0.0, 0.35, 0.75, 1.0)]
                wide = span * 0.062
                offset = np.array([0.0, 0.0, side * 0.012 * row * span])
                parts.append(_feather([p + offset for p in line], wide, heading, arm, (shade, shade, shade * 1.01)))
        tip = base + arm * span * 0.66
        bone = [(float(p[0]), float(p[1]), float(p[2])) for p in (base, (base + tip) / 2, tip)]
        parts.append(tube(bone, [span * 0.055, span * 0.05, span * 0.03], (0.88, 0.88, 0.88)))
    return parts


def _feather(line: list[Floats], wide: float, heading: Floats, arm: Floats, colour: Colour) -> Mesh:
    def shape(u: Floats, v: Floats) -> tuple[Floats, Floats, Floats]:
        spine = np.stack(line)
        at = u * (len(line) - 1)
        index = np.minimum(at.astype(int), len(line) - 2)
        t = (at - index)[..., None]
        middle = spine[index] * (1 - t) + spine[index + 1] * t
        across = arm - heading * float(arm @ heading)
        across = across / np.linalg.norm(across)
        half = wide * np.sqrt(np.clip(1.02 - np.abs(u * 1.25 - 0.25) ** 3, 0, 1)) * (v - 0.5) * 2
        points = middle + across * half[..., None]
        return points[..., 0], points[..., 1], points[..., 2]

    return sheet(shape, colour, thickness=wide * 0.18, rows=5, columns=3)


def leather_wings(animal: Animal, root: Point, span: float, spread: bool, bone: Colour, skin: Colour) -> list[Mesh]:
    """A pair of wings of skin between fingers, as bats and dragons have."""
    parts: list[Mesh] = []
    for side in (1, -1):
        base = np.asarray(add(root, (0.0, animal.chest * 0.7, side * animal.chest * 0.5)))
        lift = 0.55 if spread else 0.85
        wrist = base + np.array([0.05, lift * 0.62, side * 0.45]) * span
        fingers = [
            wrist + np.array(offset) * span
            for offset in (
                (-0.05, 0.22, side * 0.72),
                (-0.42, 0.08, side * 0.62),
                (-0.72, -0.16, side * 0.36),
            )
        ]
        last = base + np.array([-0.62, -0.02, side * 0.1]) * span
        ribs = [*fingers, last]
        for tip in fingers:
            parts.append(_bone([wrist, (wrist + tip) / 2 + np.array([0.0, 0.05, 0.0]) * span, tip], span * 0.018, bone))
        parts.append(_bone([base, (base + wrist) / 2 + np.array([0.04, 0.0, 0.0]) * span, wrist], span * 0.032, bone))
        for first, second in pairwise(ribs):
            heart = wrist if second is not last else (wrist + base) / 2
            parts.append(_web(wrist, heart, first, second, span, skin))
    return parts


def _bone(line: list[Floats], thick: float, colour: Colour) -> Mesh:
    points = [(float(p[0]), float(p[1]), float(p[2])) for p in line]
    curve, radii = smoothed(points, [thick, thick * 0.85, thick * 0.3], 7)
    return tube(curve, radii, colour, 0.1)


def _web(wrist: Floats, heart: Floats, first: Floats, second: Floats, span: float, colour: Colour) -> Mesh:
    def shape(u: Floats, v: Floats) -> tuple[Floats, Floats, Floats]:
        a = wrist + (first - wrist) * u[..., None]
        b = heart + (second - heart) * u[..., None]
        points = a * (1 - v[..., None]) + b * v[..., None]
        # The free edge hangs in a bow between the fingers.
        bow = (4 * v * (1 - v) * u * u * 0.16)[..., None]
        inner = (wrist + heart) / 2
        points = points + (inner - points) * bow
        points = points - np.array([0.0, 1.0, 0.0]) * (4 * v * (1 - v) * u * span * 0.02)[..., None]
        return points[..., 0], points[..., 1], points[..., 2]

    return sheet(shape, colour, thickness=span * 0.008, rows=8, columns=8)


def ruff(body: Clay, animal: Animal, frame: Frame) -> None:
    """A full collar of hair round the head."""
    assert animal.ruff is not None
    for ring, (back, far, size) in enumerate(((-0.3, 0.95, 0.5), (-0.75, 1.12, 0.62))):
        for angle in np.linspace(0, 2 * np.pi, 11, endpoint=False):
            y, z = float(np.cos(angle + ring * 0.28)), float(np.sin(angle + ring * 0.28))
            body.ball(
                frame.at(back, y * far - 0.12, z * far),
                frame.size(size * 0.85, size, size),
                animal.ruff,
                turn=frame.turn,
            )
    body.ball(frame.at(-0.9, -1.05, 0), frame.size(0.85, 1.1, 0.95), animal.ruff)
