"""The ancestors and descendants of a stored file, from the receipts of its team.

A lineage follows bytes: an input that was named by `file_id` and one that was sent inside the request are the same
parent when their bytes are. One generation is one question to the store, however wide it is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

import msgspec

from imagined.contract import errors
from imagined.contract.access import Caller
from imagined.contract.environment import Clock
from imagined.contract.errors import ApiError
from imagined.contract.files import StoredFile
from imagined.contract.receipts import Receipt, ReceiptParent
from imagined.files.ports import FileRecord
from imagined.files.service import FilesService
from imagined.jobs.receipts import Made, ReceiptStore

DEEPEST: Final = 50
LARGEST: Final = 1_000
_COPIES: Final = 20
"""Other files of the same bytes that a node names."""

NodeState = Literal["stored", "deleted", "ephemeral", "external"]
"""Kept as a file; kept once; made here and never kept; never ours but as an input."""


@dataclass
class Node:
    """One result, upload or foreign input in a lineage."""

    sha256: str
    made: Made | None = None
    """How it came to be, when it was made here."""
    named: str | None = None
    """The file id under which the neighbour in the tree knew it."""
    roles: list[str] = field(default_factory=list)
    """What it was an input as, or what its parent was an input as."""
    state: NodeState = "external"
    file: FileRecord | None = None
    other_file_ids: list[str] = field(default_factory=list)
    is_repeated: bool = False
    """Its bytes stand elsewhere in this tree, with the branches."""
    branches: list["Node"] = field(default_factory=list)


@dataclass(frozen=True)
class Lineage:
    """A file between its ancestors and its descendants."""

    file: Node
    ancestors: list[Node]
    """The parents of the file; the branches of a node are its parents."""
    descendants: list[Node]
    """What was made from the file; the branches of a node are what was made from it."""
    is_truncated: bool
    """Whether the tree goes on past `DEEPEST` generations or `LARGEST` nodes."""


class LineageService:
    """Receipts and lineages of a caller's files."""

    def __init__(self, files: FilesService, receipts: ReceiptStore, clock: Clock) -> None:
        self._files = files
        self._receipts = receipts
        self._clock = clock

    async def receipt(self, caller: Caller, file_id: str) -> tuple[StoredFile, Receipt]:
        """A file and how its bytes were made; `not-found` too for files that were not made here."""
        file = await self._files.get(caller.team_id, file_id)
        record = await self._receipts.receipt(caller.team_id, file.sha256, file.id)
        if record is None:
            raise no_receipt(file.id)
        return file, msgspec.json.decode(record.body, type=Receipt)

    async def lineage(self, caller: Caller, file_id: str) -> Lineage:
        """The tree around a file; raises `not-found`."""
        file = await self._files.get(caller.team_id, file_id)
        record = await self._receipts.receipt(caller.team_id, file.sha256, file.id)
        root = Node(file.sha256, made=record, named=file.id)
        up = _Tree(self._receipts, caller.team_id)
        await up.grow_up(root)
        ancestors, root.branches = root.branches, []
        down = _Tree(self._receipts, caller.team_id)
        await down.grow_down(root)
        descendants, root.branches = root.branches, []
        await self._name(caller.team_id, [root, *up.nodes, *down.nodes])
        return Lineage(root, ancestors, descendants, up.is_truncated or down.is_truncated)

    async def _name(self, team_id: str, nodes: list[Node]) -> None:
        """Fill in which file each node is today, if any."""
        digests = sorted({node.sha256 for node in nodes})
        found = await self._receipts.files_of(team_id, digests, self._clock.now(), 20 * LARGEST)
        copies: dict[str, list[FileRecord]] = {}
        for record in found:
            copies.setdefault(record.sha256, []).append(record)
        for node in nodes:
            _settle(node, copies.get(node.sha256, []))


class _Tree:
    """One direction of a lineage, grown generation by generation."""

    def __init__(self, receipts: ReceiptStore, team_id: str) -> None:
        self._receipts = receipts
        self._team_id = team_id
        self.nodes: list[Node] = []
        self.is_truncated = False
        self._seen: set[str] = set()

    async def grow_up(self, root: Node) -> None:
        """Give every node its parents as branches."""
        self._seen = {root.sha256}
        level = [root]
        for _ in range(DEEPEST):
            for node in level:
                parents = node.made.parents if node.made is not None else ()
                node.branches = self._added(_merged(parents))
            level = [node for parent in level for node in parent.branches]
            made = await self._receipts.made(self._team_id, _digests(level), LARGEST + 1) if level else ()
            self.is_truncated |= len(made) > LARGEST
            by_bytes = _grouped((one.sha256, one) for one in made)
            for child in level:
                child.made = _origin(child, by_bytes.get(child.sha256, []))
            level = self._fresh(level)
            if not level:
                return
        self.is_truncated |= any(node.made is not None and node.made.parents for node in level)

    async def grow_down(self, root: Node) -> None:
        """Give every node what was made from it as branches."""
        self._seen = {root.sha256}
        level = [root]
        for _ in range(DEEPEST):
            found = await self._receipts.made_from(self._team_id, _digests(level), LARGEST + 1)
            self.is_truncated |= len(found) > LARGEST
            by_parent = _grouped((digest, one) for one in found for digest in {each.sha256 for each in one.parents})
            for node in level:
                node.branches = self._added(_children(node, by_parent.get(node.sha256, [])))
            level = self._fresh([node for parent in level for node in parent.branches])
            if not level:
                return
        self.is_truncated |= bool(await self._receipts.made_from(self._team_id, _digests(level), 1))

    def _added(self, nodes: list[Node]) -> list[Node]:
        """As many of these as there is room for."""
        room = LARGEST - len(self.nodes)
        self.is_truncated |= len(nodes) > room
        taken = nodes[: max(0, room)]
        self.nodes += taken
        return taken

    def _fresh(self, level: list[Node]) -> list[Node]:
        """Nodes whose bytes are met for the first time: only they branch, so that nothing goes round in circles."""
        fresh = []
        for node in level:
            node.is_repeated = node.sha256 in self._seen
            if not node.is_repeated:
                self._seen.add(node.sha256)
                fresh.append(node)
        return fresh


def no_receipt(file_id: str) -> ApiError:
    """The bytes of this file were not made by this server for this team."""
    return ApiError(errors.NOT_FOUND, f"File {errors.shown(file_id)} has no receipt: it was not made here.")


def _digests(nodes: Iterable[Node]) -> list[str]:
    return list(dict.fromkeys(node.sha256 for node in nodes))


def _merged(parents: Sequence[ReceiptParent]) -> list[Node]:
    """One node for each different input; one that was given twice has both roles."""
    nodes: dict[tuple[str, str | None], Node] = {}
    for parent in parents:
        node = nodes.setdefault((parent.sha256, parent.file_id), Node(parent.sha256, named=parent.file_id))
        if parent.role not in node.roles:
            node.roles.append(parent.role)
    return list(nodes.values())


def _grouped(pairs: Iterable[tuple[str, Made]]) -> dict[str, list[Made]]:
    groups: dict[str, list[Made]] = {}
    for digest, one in pairs:
        groups.setdefault(digest, []).append(one)
    return groups


def _origin(node: Node, same: Sequence[Made]) -> Made | None:
    """Which of the results that are these bytes a node is: that stored as the named file, else the first."""
    named = [one for one in same if node.named is not None and one.file_id == node.named]
    return next(iter(named or same), None)


def _children(node: Node, made_from_it: Sequence[Made]) -> list[Node]:
    children = []
    for made in made_from_it:
        roles = dict.fromkeys(parent.role for parent in made.parents if parent.sha256 == node.sha256)
        children.append(Node(made.sha256, made=made, named=made.file_id, roles=list(roles)))
    return children


def _settle(node: Node, copies: list[FileRecord]) -> None:
    own = node.made.file_id if node.made is not None else None
    wanted = [file for name in (node.named, own) for file in copies if file.id == name]
    node.file = next(iter(wanted or copies), None)
    node.other_file_ids = [file.id for file in copies if file is not node.file][:_COPIES]
    if node.file is not None:
        node.state = "stored"
    elif node.named is not None or own is not None:
        node.state = "deleted"
    elif node.made is not None:
        node.state = "ephemeral"
