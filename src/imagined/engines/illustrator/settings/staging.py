"""Staging: where the subjects stand and how they relate."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from imagined.engines.illustrator.figures import CATALOGUE, Figure, Order, figure
from imagined.engines.illustrator.figures.wares import WARES
from imagined.engines.illustrator.lexicon import COLOURS
from imagined.engines.illustrator.mesh import Mesh
from imagined.engines.illustrator.scene import Scene, Subject
from imagined.engines.illustrator.settings.menagerie import enlarged, pose_in_water
from imagined.engines.illustrator.settings.postures import FLIERS, FLYING_PEOPLE, RIDDEN_AS, RIDEABLE, SEATED
from imagined.engines.illustrator.world import Body


@dataclass(frozen=True)
class Placed:
    """One figure in its place."""

    figure: Figure
    subject: int
    x: float
    y: float
    """Above the ground or water where it stands."""
    z: float
    yaw: float
    scale: float
    order: Order

    def mesh(self, ground: float = 0.0) -> Mesh:
        """The figure's mesh in its place, over ground of that height."""
        return self.figure.mesh.moved((self.x, self.y + ground, self.z), yaw=self.yaw, scale=self.scale)

    @property
    def half(self) -> tuple[float, float, float]:
        """Half the width along x, the height and half the depth along z, metres, as it is turned."""
        low, high = self.figure.mesh.moved((0, 0, 0), yaw=self.yaw, scale=self.scale).bounds
        return float(high[0] - low[0]) / 2, float(high[1]), float(high[2] - low[2]) / 2


@dataclass(frozen=True)
class Cast:
    """All that was placed, round the origin, and how large the group is."""

    placed: tuple[Placed, ...] = ()
    width: float = 0.0
    height: float = 0.0
    low: float = 0.0
    """Lowest point of what is to be framed; above 0 when everything flies."""
    middle: float = 0.0
    """Of what is to be framed, along x."""
    reach: float = 0.0
    """How far from the origin anything stands."""
    aloft: bool = False
    afloat: bool = False

    @property
    def size(self) -> float:
        """The larger of width and height, metres; 0 when nothing was placed."""
        return max(self.width, self.height)

    def bodies(self, ground: Callable[[float, float], float], lift: float = 0.0) -> tuple[Body, ...]:
        """The figures on the ground given as a height for (x, z); flying ones `lift` metres above the origin."""
        bodies = []
        for placed in self.placed:
            base = lift if self.aloft else ground(placed.x, placed.z)
            bodies.append(Body(placed.mesh(base)))
        return tuple(bodies)


@dataclass
class _Plan:
    scene: Scene
    rng: np.random.Generator
    lit: bool
    detail: int
    placed: list[Placed] = field(default_factory=list)
    first: dict[int, list[Placed]] = field(default_factory=dict)


def cast_of(scene: Scene, rng: np.random.Generator, lit: bool = False) -> Cast:
    """Every known subject of the scene in its place, the same for the same scene and generator."""
    subjects = [subject for subject in scene.subjects if subject.noun in CATALOGUE]
    if not subjects:
        return Cast()
    total = sum(subject.count for subject in subjects)
    plan = _Plan(scene, rng, lit, 120 if total <= 4 else 80 if total <= 8 else 60)
    roots = [
        index
        for index, subject in enumerate(scene.subjects)
        if subject.noun in CATALOGUE and not _attached(scene, index)
    ]
    order = sorted(roots, key=lambda index: CATALOGUE[scene.subjects[index].noun].size * scene.subjects[index].size)
    lead = _lead(scene, roots)
    cursor = _Row(lead_size=_size(scene, lead))
    for index in sorted(order, key=lambda index: (index != lead, order.index(index))):
        _place_root(plan, index, cursor, index == lead)
    for index, subject in enumerate(scene.subjects):
        if subject.noun in CATALOGUE and index not in roots:
            _attach(plan, index)
    return _framed(plan, lead)


def _attached(scene: Scene, index: int) -> bool:
    subject = scene.subjects[index]
    target = subject.target
    if target is None or not 0 <= target < len(scene.subjects) or target == index:
        return False
    other = scene.subjects[target]
    looped = other.target == index
    return (
        other.noun in CATALOGUE
        and not looped
        and subject.relation in ("on", "in", "riding", "under", "flying", "behind", "beside")
    )


def _size(scene: Scene, index: int) -> float:
    return CATALOGUE[scene.subjects[index].noun].size * scene.subjects[index].size


def _lead(scene: Scene, roots: list[int]) -> int:
    """What the picture is about: the first thing named, or what it sits on or stands by."""
    for index, subject in enumerate(scene.subjects):
        if subject.noun not in CATALOGUE:
            continue
        at = index
        for _ in range(len(scene.subjects)):
            if at in roots:
                return at
            target = scene.subjects[at].target
            at = target if target is not None else roots[0]
    return roots[0]


@dataclass
class _Row:
    """How far to the left and right of the origin places are taken."""

    lead_size: float
    left: float = 0.0
    right: float = 0.0
    behind: int = 0


def _ordered(plan: _Plan, subject: Subject, number: int, girth: float = 0.55) -> Order:
    seed = int(plan.rng.integers(1 << 12)) * 2 + number % 2
    small = CATALOGUE[subject.noun].size < 0.6
    return Order(
        subject.noun,
        _pose(plan.scene, subject),
        COLOURS.get(subject.colour or ""),
        plan.scene.season,
        plan.lit,
        seed,
        girth,
        min(plan.detail, 90) if small else plan.detail,
        subject.holding or "",
        COLOURS.get(subject.holding_colour or ""),
    )


def _pose(scene: Scene, subject: Subject) -> str:
    kind = CATALOGUE[subject.noun]
    pose = subject.pose
    target = (
        scene.subjects[subject.target] if subject.target is not None and subject.target < len(scene.subjects) else None
    )
    if kind.family == "person":
        if target is not None and subject.relation in ("riding", "on", "in") and target.noun in RIDDEN_AS:
            return RIDDEN_AS[target.noun]
        if target is not None and subject.relation in ("riding", "on") and target.noun in RIDEABLE:
            return "riding"
        if pose == "riding" and (target is None or target.noun not in RIDEABLE):
            return "sitting"
        if pose == "flying" and subject.noun not in FLYING_PEOPLE:
            return "waving"
    crouches = subject.relation == "under" and kind.family == "animal" and pose == "standing"
    if crouches and target is not None and target.noun in CATALOGUE and CATALOGUE[target.noun].habitat == "indoors":
        return "lying"
    if subject.noun == "rocket" and (pose == "flying" or scene.setting in ("space", "sky")):
        return "flying"
    pose = pose_in_water(scene, subject, pose)
    if _aloft(scene, subject):
        return "flying"
    ridden = any(
        other.relation in ("riding", "on") and other.target == scene.subjects.index(subject) for other in scene.subjects
    )
    if ridden and kind.family == "animal" and pose == "standing":
        return "walking"
    return pose


def _aloft(scene: Scene, subject: Subject) -> bool:
    if subject.noun in ("balloon", "aeroplane", "butterfly", "dragonfly", "hummingbird"):
        return True
    if subject.noun in WARES and WARES[subject.noun].habitat == "air":
        return True
    if subject.noun == "rocket":
        return scene.setting in ("space", "sky") or subject.pose == "flying"
    if scene.setting in ("space", "sky") and subject.noun not in ("planet", "moon"):
        return True
    able = subject.noun in FLIERS or subject.noun in FLYING_PEOPLE
    return able and (subject.pose == "flying" or subject.relation == "flying")


def _place_root(plan: _Plan, index: int, row: _Row, lead: bool) -> None:
    subject = plan.scene.subjects[index]
    kind = CATALOGUE[subject.noun]
    scale = subject.size * _adjusted(plan.scene, subject)
    side = float(plan.rng.choice([-1.0, 1.0]))
    looks = kind.yaw if side > 0 else -np.pi - kind.yaw
    if kind.yaw > 0 or kind.yaw == 0.0:
        looks = kind.yaw
    back = not lead and kind.size * scale > 2.6 * row.lead_size
    if subject.count > 1:
        _place_many(plan, index, scale, looks, row)
        return
    order = _ordered(plan, subject, 0)
    made = _facing(figure(order), looks)
    placed = Placed(
        made, index, 0.0, _altitude(plan, subject, scale), 0.0, looks + float(plan.rng.normal()) * 0.08, scale, order
    )
    wide, high, deep = placed.half
    if lead:
        row.left = row.right = wide
    elif back:
        away = 1.0 if row.behind % 2 == 0 else -1.0
        row.behind += 1
        shift = away * (wide * 0.55 + row.lead_size * 0.35)
        placed = replace(placed, x=shift, z=-(deep + row.lead_size * 1.2 + 0.35 * high))
    else:
        gap = 0.16 * max(wide, row.lead_size * 0.3)
        if row.left <= row.right:
            placed = replace(placed, x=-(row.left + gap + wide), z=float(plan.rng.uniform(-0.4, 0.25)) * deep)
            row.left += gap + 2 * wide
        else:
            placed = replace(placed, x=row.right + gap + wide, z=float(plan.rng.uniform(-0.4, 0.25)) * deep)
            row.right += gap + 2 * wide
    plan.placed.append(placed)
    plan.first.setdefault(index, []).append(placed)


def _facing(made: Figure, yaw: float) -> Figure:
    """The figure, mirrored if it will face left: figures turn their heads to a viewer on their left-hand side."""
    if np.cos(yaw) >= 0:
        return made
    flip = np.array([1, 1, -1], np.float32)
    mesh = replace(
        made.mesh, vertices=made.mesh.vertices * flip, normals=made.mesh.normals * flip, faces=made.mesh.faces[:, ::-1]
    )
    return Figure(mesh, {name: (x, y, -z) for name, (x, y, z) in made.anchors.items()}, made.girth)


def _adjusted(scene: Scene, subject: Subject) -> float:
    """In space sizes are told by the picture, not by the metre; a whale among people is not shrunk."""
    return 1.6 if scene.setting == "space" and subject.noun in ("planet", "moon") else 1.0


def _altitude(plan: _Plan, subject: Subject, scale: float) -> float:
    if not _aloft(plan.scene, subject):
        return 0.0
    kind = CATALOGUE[subject.noun]
    return kind.size * scale * float(plan.rng.uniform(0.3, 0.5))


def _place_many(plan: _Plan, index: int, scale: float, looks: float, row: _Row) -> None:
    """A loose group: staggered rows, each next to the last, no two closer than they are wide."""
    subject = plan.scene.subjects[index]
    prototypes = [
        _facing(figure(_ordered(plan, subject, number)), looks)
        for number in range(min(subject.count, 2 if CATALOGUE[subject.noun].family != "plant" else 4))
    ]
    trial = Placed(prototypes[0], index, 0, 0, 0, looks, scale, _ordered(plan, subject, 0))
    wide, high, deep = trial.half
    aloft = _aloft(plan.scene, subject)
    columns = min(subject.count, 3 if subject.count <= 5 else 4)
    pitch_x, pitch_z = 2 * wide * 1.22, 2 * max(deep, wide * 0.6) * 1.3
    members = []
    for number in range(subject.count):
        line, column = divmod(number, columns)
        here = min(columns, subject.count - line * columns)
        x = (column - (here - 1) / 2 + (0.25 if line % 2 else -0.1)) * pitch_x + float(
            plan.rng.uniform(-0.07, 0.07)
        ) * pitch_x
        z = -line * pitch_z - float(plan.rng.uniform(0.0, 0.16)) * pitch_z - (0.35 * pitch_z if column % 2 else 0.0)
        y = 0.0
        size = scale * float(plan.rng.uniform(0.93, 1.05))
        if aloft:
            y = (0.25 + float(plan.rng.uniform(0.0, 0.65)) + 0.15 * line) * high
            z = z * 2.2 + (0.0, -1.5, 0.9)[number % 3] * pitch_z * 0.5
        turn = looks + float(plan.rng.normal()) * (
            0.16 if CATALOGUE[subject.noun].family in ("animal", "bird", "person") else 0.03
        )
        made = prototypes[number % len(prototypes)]
        members.append(Placed(made, index, x, y, z, turn, size, trial.order))
    plan.placed += members
    plan.first[index] = members
    reach = max(abs(member.x) for member in members) + wide
    row.left, row.right = max(row.left, reach), max(row.right, reach)


def _attach(plan: _Plan, index: int) -> None:
    """Puts a subject on, in, under, above or behind the one it refers to."""
    subject = plan.scene.subjects[index]
    assert subject.target is not None
    hosts = plan.first.get(subject.target)
    if not hosts:
        # A chain such as "a bird on a cat on a wall" is placed from the wall upwards.
        target = plan.scene.subjects[subject.target]
        if _attached(plan.scene, subject.target) and target.target != index:
            _attach(plan, subject.target)
        hosts = plan.first.get(subject.target)
        if not hosts:
            return
    if index in plan.first:
        return
    members = []
    for number in range(subject.count):
        host = hosts[min(number, len(hosts) - 1)]
        order = _ordered(plan, subject, number, host.figure.girth * host.scale)
        scale = subject.size * enlarged(subject, max(host.half[0] * 2, host.half[1]))
        members.append(_related(subject, host, Placed(figure(order), index, 0, 0, 0, host.yaw, scale, order), number))
    plan.first[index] = members
    plan.placed += members


def _related(subject: Subject, host: Placed, guest: Placed, number: int) -> Placed:
    wide, high, deep = host.half
    relation = subject.relation
    kind = CATALOGUE[subject.noun]
    looks = kind.yaw if kind.yaw >= 0 or np.cos(host.yaw) > 0 else -np.pi - kind.yaw
    guest = replace(guest, figure=_facing(guest.figure, looks))
    guest_wide, _, guest_deep = replace(guest, yaw=looks).half
    side = 1.0 if (number + subject.count) % 2 else -1.0
    if relation in ("on", "riding", "in"):
        return _mounted(guest, host, looks, number, subject.count)
    if relation == "under" and kind.size < 2 and CATALOGUE[host.order.noun].habitat == "indoors":
        # Between the legs of a table; what does not fit there stands before it.
        fits = guest.half[1] < 0.98 * high
        along = (number - (subject.count - 1) / 2) * guest_wide * 2.1
        return replace(
            guest, x=host.x + along, y=host.y, z=host.z + (0.1 * deep if fits else deep + guest_deep), yaw=looks
        )
    if relation == "under":
        away = min(0.22 * wide, 1.4) + guest_wide
        lift = host.y - (guest.half[1] * 1.15) if host.y > 0 else 0.0
        return replace(
            guest,
            x=host.x + side * away + number * guest_wide * 2.3,
            y=max(lift, 0.0),
            z=host.z + deep * 0.25 + guest_deep,
            yaw=looks,
        )
    if relation == "flying":
        return replace(
            guest,
            x=host.x + side * wide * 0.4 + number * guest_wide * 2.2,
            y=host.y + high * 1.12 + guest.half[1] * 0.4,
            z=host.z,
            yaw=looks,
        )
    if relation == "behind":
        return replace(
            guest,
            x=host.x + side * (wide + guest_wide * 0.3),
            z=host.z - deep * 0.6 - guest_deep - 0.25 * max(high, guest.half[1]),
            yaw=looks,
        )
    apart = wide + guest_wide
    return replace(
        guest, x=host.x + side * (apart * 1.1 + (number // 2) * guest_wide * 2.3), z=host.z + deep * 0.3, yaw=looks
    )


def _mounted(guest: Placed, host: Placed, looks: float, number: int, count: int) -> Placed:
    """On the back, the seat or the top of the host, wherever it has one."""
    anchors = host.figure.anchors
    riding = guest.order.pose in SEATED
    name = next(
        (name for name in (("back", "seat", "top") if riding else ("seat", "back", "top")) if name in anchors), None
    )
    if name is None:
        return replace(guest, x=host.x, y=host.y + host.half[1], z=host.z)
    spot = np.asarray(anchors[name], np.float32) * host.scale
    cosine, sine = float(np.cos(host.yaw)), float(np.sin(host.yaw))
    along = (number - (count - 1) / 2) * guest.half[0] * 2.2
    x = host.x + cosine * float(spot[0]) + sine * float(spot[2]) + along
    z = host.z - sine * float(spot[0]) + cosine * float(spot[2])
    sunk = float(guest.figure.anchors["seat"][1]) * guest.scale if "seat" in guest.figure.anchors and riding else 0.0
    if not riding and guest.order.pose == "sitting":
        sunk = 0.01
    along_host = riding or guest.order.pose in ("skating", "surfing") or host.order.noun in RIDDEN_AS
    return replace(guest, x=x, y=host.y + float(spot[1]) - sunk, z=z, yaw=host.yaw if along_host else looks)


def _framed(plan: _Plan, lead: int) -> Cast:
    """The cast round what the picture is about, and the measures of the part to be framed.

    What is much larger than the first thing named, or stands far off, counts only where it is close to it: a cat
    under a tree is a picture of a cat.
    """
    about = _about(plan, lead)
    focus = np.array([_box(placed) for placed in about])
    left, right = float(focus[:, 0].min()), float(focus[:, 1].max())
    low, top = float(focus[:, 2].min()), float(focus[:, 3].max())
    middle_x, middle_z = (left + right) / 2, float(np.mean([placed.z for placed in about]))
    room = _ROOM * max(right - left, top - low)
    boxes = np.array([_box(placed) for placed in plan.placed])
    near = (boxes[:, 0] < right + room) & (boxes[:, 1] > left - room)
    boxes = boxes[near]
    wide_left, wide_right = max(float(boxes[:, 0].min()), left - room), min(float(boxes[:, 1].max()), right + room)
    top = min(float(boxes[:, 3].max()), top + room)
    aloft = all(_aloft(plan.scene, plan.scene.subjects[placed.subject]) for placed in about)
    if not aloft:
        low = max(0.0, low - room)
    afloat = any(CATALOGUE[plan.scene.subjects[placed.subject].noun].habitat == "water" for placed in plan.first[lead])
    moved = tuple(replace(placed, x=placed.x - middle_x, z=placed.z - middle_z) for placed in plan.placed)
    reach = max(float(np.hypot(placed.x, placed.z)) + placed.half[0] for placed in moved)
    middle = (wide_left + wide_right) / 2 - middle_x
    return Cast(moved, wide_right - wide_left, top - low, low, middle, reach, aloft, afloat)


_ROOM: Final = 1.1
"""How much of what surrounds the first thing named is framed with it, in its own sizes."""


def _about(plan: _Plan, lead: int) -> list[Placed]:
    """What the picture is about: the first thing named with what carries it, and others of about its size."""
    first = next((index for index in range(len(plan.scene.subjects)) if index in plan.first), lead)
    chosen = {first}
    target = plan.scene.subjects[first].target
    if target is not None and plan.scene.subjects[first].relation in ("on", "riding", "in") and target in plan.first:
        host = max(max(placed.half[0] * 2, placed.half[1]) for placed in plan.first[target])
        if host < 4 * max(max(placed.half[0] * 2, placed.half[1]) for placed in plan.first[first]):
            chosen.add(target)
    carried = ("on", "riding", "in")
    for index, subject in enumerate(plan.scene.subjects):
        if subject.target in chosen and subject.relation in carried and index in plan.first:
            chosen.add(index)
    size = max(max(placed.half[0] * 2, placed.half[1]) for index in chosen for placed in plan.first[index])
    about = []
    for index, members in plan.first.items():
        alike = all(max(member.half[0] * 2, member.half[1]) < 2.6 * size for member in members)
        apart = plan.scene.subjects[index].relation == "behind"
        if index in chosen or (alike and not apart):
            about += members
    return about


def _box(placed: Placed) -> tuple[float, float, float, float]:
    wide, high, _ = placed.half
    return placed.x - wide, placed.x + wide, placed.y, placed.y + high
