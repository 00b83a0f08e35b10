"""Who is in a room: people sit on chairs, players at their instrument, guests at tables; others stand as anywhere."""

from dataclasses import replace
from typing import Final

import msgspec
import numpy as np

from imagined.engines.illustrator.figures import CATALOGUE, Figure, Order, figure
from imagined.engines.illustrator.figures.carpentry import slabs
from imagined.engines.illustrator.lexicon import COLOURS
from imagined.engines.illustrator.mesh import Mesh, joined
from imagined.engines.illustrator.scene import Scene, Subject
from imagined.engines.illustrator.settings.framing import shape_of
from imagined.engines.illustrator.settings.staging import Cast, Placed, cast_of
from imagined.engines.illustrator.world import Camera

SEATS: Final = frozenset({"chair", "armchair", "sofa", "bed", "stool"})
AGAINST_WALL: Final = frozenset(
    {
        "fireplace",
        "bookshelf",
        "shelf",
        "stove",
        "fridge",
        "sink",
        "cupboard",
        "wardrobe",
        "blackboard",
        "clock",
        "curtain",
    }
)
"""Furniture that stands with its back to a wall."""
_TABLES: Final = frozenset({"table", "dining_table", "coffee_table", "cafe_table", "desk"})
_SMALL: Final = 0.62
_LARGEST: Final = 4.4
"""Sizes of what lies on tables, and of what a room can hold; metres."""


def indoors(scene: Scene, rng: np.random.Generator, seat: str, lit: bool, tables: bool = False) -> Cast:
    """The subjects of a scene in a room; those who sit or read take a `seat` if they were given none.

    With `tables` people come to sit at small tables, as in a cafe, whatever they do.
    """
    people = [index for index, subject in enumerate(scene.subjects) if _person(subject)]
    player = _player(scene, people)
    if player is not None:
        return _at_piano(scene, player)
    if tables and people and all(_unattached(scene.subjects[index]) for index in people):
        return _at_tables(scene, rng, people)
    cast = _spread(_upright(cast_of(_on_tables(_seated(scene, seat)), rng, lit)))
    return _fitting(_with_open_books(scene, cast))


def _fitting(cast: Cast) -> Cast:
    """The cast no larger than a room can hold: a castle in a library is a model of one."""
    size = max(cast.width, (cast.low + cast.height) * 1.35)
    if size <= _LARGEST:
        return cast
    k = _LARGEST / size
    placed = tuple(replace(one, x=one.x * k, y=one.y * k, z=one.z * k, scale=one.scale * k) for one in cast.placed)
    return replace(
        cast,
        placed=placed,
        width=cast.width * k,
        height=cast.height * k,
        low=cast.low * k,
        middle=cast.middle * k,
        reach=cast.reach * k,
    )


def _person(subject: Subject) -> bool:
    return subject.noun in CATALOGUE and CATALOGUE[subject.noun].family == "person"


def _unattached(subject: Subject) -> bool:
    return subject.target is None or subject.relation in ("beside", "in")


def _seated(scene: Scene, seat: str) -> Scene:
    """The scene with a seat under everybody who sits, and the poses that go with it."""
    subjects = list(scene.subjects)
    for index, subject in enumerate(scene.subjects):
        if subject.noun not in CATALOGUE or subject.pose not in ("sitting", "reading"):
            continue
        if not _person(subject):
            if subject.pose == "reading" and CATALOGUE[subject.noun].family == "animal" and subject.target is None:
                subjects.append(Subject(noun="armchair", count=subject.count))
                subjects[index] = msgspec.structs.replace(
                    subject, pose="sitting", relation="on", target=len(subjects) - 1
                )
            continue
        pose = "seated_reading" if subject.pose == "reading" else "seated"
        target = (
            scene.subjects[subject.target] if subject.target is not None and subject.target < len(subjects) else None
        )
        if target is not None and target.noun in SEATS and subject.relation in ("on", "in", "beside"):
            subjects[index] = msgspec.structs.replace(subject, pose=pose, relation="on")
            continue
        if target is not None and subject.relation in ("on", "riding"):
            continue
        chair = Subject(noun=seat, count=subject.count, relation=subject.relation, target=subject.target)
        subjects.append(chair)
        subjects[index] = msgspec.structs.replace(subject, pose=pose, relation="on", target=len(subjects) - 1)
    return msgspec.structs.replace(scene, subjects=tuple(subjects))


def _on_tables(scene: Scene) -> Scene:
    """The scene with a table under small things that were given no place: they do not lie on the floor."""
    small = [
        index
        for index, one in enumerate(scene.subjects)
        if one.target is None
        and one.noun in CATALOGUE
        and CATALOGUE[one.noun].habitat == "indoors"
        and CATALOGUE[one.noun].size * one.size < _SMALL
    ]
    if not small:
        return scene
    table = next((index for index, one in enumerate(scene.subjects) if one.noun in _TABLES), len(scene.subjects))
    subjects = [
        msgspec.structs.replace(one, relation="on", target=table) if index in small else one
        for index, one in enumerate(scene.subjects)
    ]
    if table == len(subjects):
        subjects.append(Subject(noun="table"))
    return msgspec.structs.replace(scene, subjects=tuple(subjects))


def _spread(cast: Cast) -> Cast:
    """The cast with what was put in one place on a table side by side."""
    placed = list(cast.placed)
    for index, one in enumerate(placed):
        if one.y < 0.2 or one.half[0] > 0.4:
            continue
        wide = one.half[0]
        for step in range(12):
            reach = 0.16 * ((step + 1) // 2) * (1 if step % 2 else -1)
            x, z = one.x + reach, one.z + 0.08 * (step % 3 - 1) * (step > 0)
            if all(
                abs(x - other.x) > wide + other.half[0] or abs(z - other.z) > wide + other.half[2]
                for other in placed[:index]
                if abs(other.y - one.y) < 0.05 and other.half[0] < 0.4
            ):
                placed[index] = replace(one, x=x, z=z)
                break
    return replace(cast, placed=tuple(placed))


def _with_open_books(scene: Scene, cast: Cast) -> Cast:
    """An open book before animals that read."""
    leaning = []
    for one in cast.placed:
        if (
            one.subject < len(scene.subjects)
            and scene.subjects[one.subject].pose == "reading"
            and CATALOGUE[one.order.noun].family == "animal"
        ):
            ahead = one.half[0] * 0.95
            x, z = one.x + ahead * float(np.cos(one.yaw)), one.z - ahead * float(np.sin(one.yaw))
            made = Figure(open_book(min(0.9 * one.scale, 1.2), 0.62), {})
            leaning.append(
                replace(one, figure=made, x=x, y=one.y + 0.01, z=z, scale=1.0, order=replace(one.order, noun="book"))
            )
    return replace(cast, placed=(*cast.placed, *leaning))


def open_book(size: float = 1.0, lean: float = 0.5) -> Mesh:
    """An open book that leans back from a reader at -x, its lower edge at the origin."""
    leaves = []
    for side in (-1, 1):
        page = slabs([((0.0, 0.115, side * 0.085), (0.008, 0.22, 0.165))], (0.86, 0.83, 0.74))
        cover = slabs([((0.008, 0.115, side * 0.088), (0.008, 0.235, 0.178))], (0.38, 0.06, 0.05), 0.2)
        leaves += [part.moved((0.0, 0.0, 0.0), yaw=side * 0.35) for part in (page, cover)]
    book = joined(leaves)
    c, s = np.cos(lean), np.sin(lean)
    turn = np.array([[c, s, 0], [-s, c, 0], [0, 0, 1]], np.float32)
    vertices = (book.vertices * np.float32(size)) @ turn.T
    return replace(book, vertices=vertices.astype(np.float32), normals=(book.normals @ turn.T).astype(np.float32))


def _upright(cast: Cast) -> Cast:
    """What belongs against a wall is turned square to it, and readers get a book in hand."""
    placed = [
        replace(one, yaw=-np.pi / 2) if one.order.noun in AGAINST_WALL and one.y < 0.01 else with_book(one)
        for one in cast.placed
    ]
    return replace(cast, placed=tuple(placed))


def with_book(placed: Placed) -> Placed:
    """A reader with an open book between the hands."""
    if placed.order.pose != "seated_reading" or CATALOGUE[placed.order.noun].family != "person":
        return placed
    hand = placed.figure.anchors.get("hand")
    if hand is None:
        return placed
    tall = CATALOGUE[placed.order.noun].size
    unit = tall / 1.74
    book = open_book(unit).moved((hand[0] + 0.03 * unit, hand[1] - 0.04 * unit, 0.0))
    made = Figure(joined([placed.figure.mesh, book]), placed.figure.anchors, placed.figure.girth)
    return replace(placed, figure=made)


def placed_at(
    noun: str,
    x: float,
    z: float,
    yaw: float,
    *,
    y: float = 0.0,
    pose: str = "standing",
    subject: int = 0,
    like: Subject | None = None,
    seed: int = 0,
    lit: bool = False,
) -> Placed:
    """One figure at a place; `like` gives colour and size."""
    colour = COLOURS.get(like.colour or "") if like is not None else None
    order = Order(noun, pose, colour, lit=lit, seed=seed, detail=100)
    return Placed(figure(order), subject, x, y, z, yaw, like.size if like is not None else 1.0, order)


def sat(placed: Placed, height: float) -> Placed:
    """The figure lowered or raised so that its seat rests at a height."""
    seat = placed.figure.anchors.get("seat", (0.0, 0.45, 0.0))
    return replace(placed, y=height - seat[1] * placed.scale)


def cast_from(placed: list[Placed], about: list[Placed] | None = None) -> Cast:
    """A cast of figures that stand where they were put; the frame is set round `about`, or all."""
    boxes = []
    for one in about or placed:
        low, high = one.mesh().bounds
        boxes.append((float(low[0]), float(high[0]), float(low[1]), float(high[1])))
    left, right = min(box[0] for box in boxes), max(box[1] for box in boxes)
    bottom, top = min(box[2] for box in boxes), max(box[3] for box in boxes)
    reach = max(float(np.hypot(one.x, one.z)) + one.half[0] for one in placed)
    return Cast(tuple(placed), right - left, top - bottom, bottom, (left + right) / 2, reach)


def _player(scene: Scene, people: list[int]) -> int | None:
    """Who plays the piano, if anybody does."""
    for index in people:
        if scene.subjects[index].pose == "playing_piano":
            return index
    if not people or not any(subject.noun == "piano" for subject in scene.subjects):
        return None
    for index in people:
        subject = scene.subjects[index]
        if subject.pose in ("running", "sitting", "holding") or subject.relation == "on":
            return index
    return people[0] if len(people) == 1 and scene.subjects[people[0]].relation in (None, "beside") else None


def _at_piano(scene: Scene, player: int) -> Cast:
    subject = scene.subjects[player]
    instrument = next((index for index, other in enumerate(scene.subjects) if other.noun == "piano"), None)
    turn = 0.28
    c, s = float(np.cos(turn)), float(np.sin(turn))
    like = scene.subjects[instrument] if instrument is not None else None
    piano = placed_at("piano", 0.35, 0.0, turn, subject=player if instrument is None else instrument, like=like)
    x, z = 0.35 - 1.27 * c, 1.27 * s
    stool = replace(placed_at("stool", x, z, turn), scale=0.8)
    who = placed_at(subject.noun, x, z, turn, pose="keys", subject=player, like=subject, seed=scene.seed & 7)
    placed = [piano, stool, sat(who, 0.505)]
    rest = [
        (index, other)
        for index, other in enumerate(scene.subjects)
        if index not in (player, instrument) and other.noun in CATALOGUE
    ]
    for number, (index, other) in enumerate(rest[:3]):
        x, yaw = -2.2 - 0.8 * number, CATALOGUE[other.noun].yaw
        placed.append(placed_at(other.noun, x, 0.4, yaw, pose=other.pose, subject=index, like=other))
    return _fitting(cast_from(placed))


def _at_tables(scene: Scene, rng: np.random.Generator, people: list[int]) -> Cast:
    """Two to a table, looking at each other and a little to the viewer; cups and small things on the tables."""
    guests = [(index, scene.subjects[index]) for index in people for _ in range(scene.subjects[index].count)][:6]
    tables = (len(guests) + 1) // 2
    small = [
        subject
        for subject in scene.subjects
        if subject.noun in CATALOGUE
        and CATALOGUE[subject.noun].size < 0.5
        and not _person(subject)
        and CATALOGUE[subject.noun].habitat == "indoors"
    ]
    held = small[0].noun if small else "cup"
    placed: list[Placed] = []
    for number in range(tables):
        x0, z0 = (0.0, 0.0) if tables == 1 else ((number - (tables - 1) / 2) * 2.3, -0.25 * (number % 2))
        top = placed_at("cafe_table", x0, z0, 0.0)
        placed.append(top)
        for side, (index, subject) in zip((-1, 1), guests[number * 2 : number * 2 + 2], strict=False):
            yaw = -0.35 if side < 0 else -np.pi + 0.35
            x, z = x0 + side * 0.66, z0 - 0.12
            placed.append(placed_at("chair", x, z, yaw))
            pose = "seated_reading" if subject.pose == "reading" else "seated"
            who = placed_at(
                subject.noun,
                x,
                z,
                yaw,
                pose=pose,
                subject=index,
                like=subject,
                seed=int(rng.integers(1 << 10)) * 2 + (side > 0),
            )
            placed.append(with_book(sat(_mirrored(who), 0.485)))
            placed.append(placed_at(held, x0 + side * 0.17, z0 + 0.14 - 0.05 * side, -0.6, y=0.74))
    placed += _standing_by(scene, {*people, *(scene.subjects.index(one) for one in small)}, 1.25 + 0.5 * tables)
    return _fitting(cast_from(placed))


def _standing_by(scene: Scene, seen: set[int], away: float) -> list[Placed]:
    """What is neither a guest nor on a table, to the right and left of all."""
    others = [
        (index, subject)
        for index, subject in enumerate(scene.subjects)
        if index not in seen
        and subject.noun in CATALOGUE
        and CATALOGUE[subject.noun].size < 3
        and subject.noun not in _TABLES | SEATS
    ]
    return [
        placed_at(one.noun, away * (1, -1)[number % 2], 0.35, -1.2, pose=one.pose, subject=index, like=one)
        for number, (index, one) in enumerate(others[:3])
    ]


def _mirrored(placed: Placed) -> Placed:
    """Figures turn their heads to a viewer on their left-hand side: who faces left is mirrored."""
    if np.cos(placed.yaw) >= 0:
        return placed
    flip = np.array([1, 1, -1], np.float32)
    mesh = placed.figure.mesh
    mesh = replace(mesh, vertices=mesh.vertices * flip, normals=mesh.normals * flip, faces=mesh.faces[:, ::-1])
    made = Figure(mesh, {name: (x, y, -z) for name, (x, y, z) in placed.figure.anchors.items()}, placed.figure.girth)
    return replace(placed, figure=made)


def _only_small(cast: Cast) -> Cast | None:
    """The cast as what lies on a table, if there is nothing else to look at."""
    things = [one for one in cast.placed if one.y > 0.6 and one.half[1] < _SMALL]
    if not things or any(one.order.noun not in _TABLES for one in cast.placed if one.y <= 0.6 or one.half[1] >= _SMALL):
        return None
    near = cast_from(things)
    return replace(cast, width=near.width, height=near.height, low=near.low, middle=near.middle)


def view_of(
    scene: Scene,
    cast: Cast,
    *,
    wide: float = 3.4,
    tall: float = 2.2,
    least: float = 1.15,
    fill: float = 0.6,
    eye: float = 1.45,
    empty: tuple[float, float] | None = None,
) -> Camera:
    """A camera at eye height that shows the cast in its room; without a cast, `wide` by `tall` metres of the room.

    Nothing is framed closer than `least` metres, or the room would be lost behind it.
    """
    near = _only_small(cast)
    if near is not None:
        cast, least = near, 0.62
    shape = shape_of(scene)
    fov = 40.0 if shape >= 1.2 else 46.0 if shape > 0.8 else 56.0
    tangent = float(np.tan(np.radians(fov) / 2))
    if not cast.placed:
        across = wide * min(1.0, 0.62 + 0.3 * shape)
        away = max(tall / (2 * tangent * 0.86), min(across / (2 * tangent * shape), 5.2))
        x, y = empty or (0.0, 1.1)
        return Camera(eye=(x * 0.4, eye, away), target=(x, y, 0.0), fov=fov)
    high, across = max(cast.height, least), max(cast.width, least * 0.9)
    away = max(
        high / (2 * tangent * fill), across / (2 * tangent * shape * (min(fill + 0.2, 0.84) if shape > 0.8 else 0.94))
    )
    away = min(away, 11.0) + min(0.3 * cast.reach, 0.8)
    centre = cast.low + cast.height / 2
    level = float(np.clip(centre + 0.17 * away, 0.6, eye + 0.1)) if cast.height < 1.2 else eye
    level = max(level, cast.low + 0.35)
    slack = max(away * tangent - high / 2, 0.0)
    return Camera(
        eye=(cast.middle + 0.06 * away, level, away), target=(cast.middle, centre + 0.36 * slack, 0.0), fov=fov
    )
