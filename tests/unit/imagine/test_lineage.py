"""Lineages and receipts, over stores in memory and an engine that draws nothing."""

import base64
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest

from imagined.contract.errors import ApiError
from imagined.contract.files import StorageOptions
from imagined.contract.receipts import ReceiptParent
from imagined.contract.requests import Keyframe, MediaSource
from imagined.imagine import lineage
from imagined.imagine.lineage import Node
from imagined.jobs.receipts import Made
from imagined.testing.engines import jpeg
from tests.unit.imagine.house import CALLER, OTHER, RETENTION_S, House

KEPT = StorageOptions(filename="kept.jpg")
FILM = StorageOptions(filename="kept.mp4")


def file_of(view: Any, position: int = 0) -> str:
    output = view.outputs[position].file_output
    assert view.state == "done" and output is not None, view
    return str(output.file_id)


def by(file_id: str) -> MediaSource:
    return MediaSource(file_id=file_id)


async def picture(house: House, prompt: str, *inputs: str, **fields: Any) -> str:
    fields = {"storage": KEPT, "images": tuple(by(file_id) for file_id in inputs)} | fields
    return file_of(await house.image(prompt, **fields))


def shape(nodes: Sequence[Node]) -> list[Any]:
    """Prompts (or states) as nested lists."""
    named = [(node.made.prompt if node.made else node.state, node) for node in nodes]
    return [[name, *shape(node.branches)] if node.branches else name for name, node in named]


async def test_the_loop_is_three_generations(house: House) -> None:
    city = await picture(house, "a city")
    neon = await picture(house, "neon", city)
    film = file_of(await house.video("pull back", image=by(neon), storage=FILM))
    seen = await house.lineage.lineage(CALLER, neon)
    assert (shape(seen.ancestors), shape(seen.descendants)) == (["a city"], ["pull back"])
    first = await house.lineage.lineage(CALLER, city)
    assert (first.ancestors, shape(first.descendants)) == ([], [["neon", "pull back"]])
    last = await house.lineage.lineage(CALLER, film)
    assert (shape(last.ancestors), last.descendants) == ([["neon", "a city"]], [])
    assert [node.file.id for node in (last.ancestors[0], last.ancestors[0].branches[0]) if node.file] == [neon, city]
    assert last.ancestors[0].roles == ["first_frame"] and last.ancestors[0].branches[0].roles == ["image"]
    assert last.file.file is not None and last.file.file.id == film and not last.is_truncated


async def test_films_that_are_edited_and_extended(house: House) -> None:
    film = file_of(await house.video("a city", storage=FILM, duration=4))
    edited = file_of(await house.video("at night", "edit_video", video=by(film), storage=FILM))
    longer = file_of(await house.video("go on", "extend_video", video=by(edited), storage=FILM, duration=2))
    seen = await house.lineage.lineage(CALLER, longer)
    assert shape(seen.ancestors) == [["at night", "a city"]]
    assert seen.ancestors[0].roles == ["video"]
    assert shape((await house.lineage.lineage(CALLER, film)).descendants) == [["at night", "go on"]]


async def test_four_at_once_are_four_siblings(house: House) -> None:
    city = await picture(house, "a city")
    view = await house.image("neon", images=(by(city),), n=4, storage=KEPT)
    seen = await house.lineage.lineage(CALLER, city)
    assert shape(seen.descendants) == ["neon"] * 4
    assert [node.made.position for node in seen.descendants if node.made] == [0, 1, 2, 3]
    assert [node.file.id for node in seen.descendants if node.file] == [file_of(view, place) for place in range(4)]


async def test_every_input_is_a_parent_with_its_roles(house: House) -> None:
    one, two, three = [await picture(house, name) for name in ("one", "two", "three")]
    view = await house.video(
        "all of them",
        model="grok-imagine-video-1.5",
        image=by(one),
        last_frame=by(two),
        keyframes=(Keyframe(image=by(three), timestamp_s=1.0), Keyframe(image=by(one), timestamp_s=2.0)),
        storage=FILM,
        duration=4,
    )
    seen = await house.lineage.lineage(CALLER, file_of(view))
    assert [(node.made.prompt, node.roles) for node in seen.ancestors if node.made] == [
        ("one", ["first_frame", "keyframe"]),
        ("two", ["last_frame"]),
        ("three", ["keyframe"]),
    ]
    (child,) = (await house.lineage.lineage(CALLER, one)).descendants
    assert child.roles == ["first_frame", "keyframe"]
    _, receipt = await house.lineage.receipt(CALLER, file_of(view))
    assert [parent.timestamp_s for parent in receipt.parents] == [None, None, 1.0, 2.0]


async def test_how_an_input_was_given_is_told_without_its_secrets(house: House) -> None:
    data, fetched, theirs = jpeg(8, 8, b"data"), jpeg(8, 8, b"fetched"), jpeg(8, 8, b"theirs")
    signed = "https://user:secret@bucket.example:8443/private/path.jpg?signature=secret"
    house.fetcher.bodies[signed] = fetched
    other = await house.upload(theirs, caller=OTHER)
    shared = await house.files.create_public_url(OTHER.team_id, other.id)
    own = await house.image("a city")
    sources = (
        MediaSource(url=f"data:image/jpeg;base64,{base64.b64encode(data).decode()}"),
        MediaSource(url=signed),
        MediaSource(url=own.outputs[0].url),
        MediaSource(url=shared.url),
        by((await house.upload(jpeg(8, 8, b"mine"))).id),
    )
    made = await picture(house, "together", images=sources)
    _, receipt = await house.lineage.receipt(CALLER, made)
    assert [(parent.origin, parent.host, parent.file_id is None) for parent in receipt.parents] == [
        ("data", None, True),
        ("url", "bucket.example", True),
        ("own", None, True),
        ("own", None, True),
        ("file", None, False),
    ]
    body = await house.store.receipt_of(CALLER.team_id, (await house.files.get(CALLER.team_id, made)).sha256)
    for secret in (b"secret", b"private", b"base64", other.id.encode(), shared.url.encode()):
        assert secret not in body
    seen = await house.lineage.lineage(CALLER, made)
    assert [node.state for node in seen.ancestors] == ["external", "external", "ephemeral", "external", "stored"]


async def test_deleted_files_do_not_cut_the_tree(house: House) -> None:
    city = await picture(house, "a city")
    neon = await picture(house, "neon", city)
    rain = await picture(house, "rain", neon)
    await house.files.delete(CALLER.team_id, neon)
    seen = await house.lineage.lineage(CALLER, rain)
    (middle,) = seen.ancestors
    assert (middle.state, middle.file) == ("deleted", None)
    assert shape(seen.ancestors) == [["neon", "a city"]]
    assert shape((await house.lineage.lineage(CALLER, city)).descendants) == [["neon", "rain"]]


async def test_bytes_that_are_stored_twice_are_one_node_with_two_names(house: House) -> None:
    city = await picture(house, "a city")
    copy = await house.upload(house.data((await house.files.get(CALLER.team_id, city)).sha256), "copy.jpg")
    await picture(house, "from the first", city)
    house.clock.advance(1)
    await picture(house, "from the copy", copy.id)
    for file_id, other in ((city, copy.id), (copy.id, city)):
        seen = await house.lineage.lineage(CALLER, file_id)
        assert shape(seen.descendants) == ["from the first", "from the copy"]
        assert seen.file.file is not None and seen.file.file.id == file_id
        assert seen.file.other_file_ids == [other]
        assert seen.file.made is not None and seen.file.made.prompt == "a city"
    (parent,) = (await house.lineage.lineage(CALLER, await picture(house, "x", copy.id))).ancestors
    assert parent.file is not None and parent.file.id == copy.id


async def test_another_teams_files_are_not_there(house: House) -> None:
    city = await picture(house, "a city")
    for ask in (house.lineage.lineage, house.lineage.receipt):
        with pytest.raises(ApiError, match="File not found"):
            await ask(OTHER, city)
    # The same bytes, and a child of them, of another team: neither knows of the other.
    copy = await house.upload(house.data((await house.files.get(CALLER.team_id, city)).sha256), caller=OTHER)
    seen = await house.lineage.lineage(OTHER, copy.id)
    assert (seen.file.made, seen.ancestors, seen.descendants, seen.file.other_file_ids) == (None, [], [], [])
    with pytest.raises(ApiError, match="has no receipt"):
        await house.lineage.receipt(OTHER, copy.id)


async def test_an_upload_has_descendants_and_no_receipt(house: House) -> None:
    photo = await house.upload(jpeg(640, 480))
    made = await picture(house, "neon", photo.id)
    seen = await house.lineage.lineage(CALLER, photo.id)
    assert (seen.ancestors, shape(seen.descendants)) == ([], ["neon"])
    (parent,) = (await house.lineage.lineage(CALLER, made)).ancestors
    assert (parent.state, parent.made) == ("stored", None)
    with pytest.raises(ApiError, match="has no receipt: it was not made here"):
        await house.lineage.receipt(CALLER, photo.id)


async def test_a_stored_file_keeps_its_receipt_past_its_ephemeral_url(house: House) -> None:
    city = await picture(house, "a city")
    house.clock.advance(RETENTION_S + 1)
    for row in house.store.rows.values():
        row.outputs = ()
    await house.store.receipts.drop_receipts("", 100)
    await house.store.purge(house.clock.now(), 100)
    await picture(house, "neon", city)
    source = house.pool.tasks[-1].inputs[0]
    assert source.receipt is not None and source.receipt["prompt"] == "a city"


def entry(name: str, sha256: str, *parents: str, at: float = 0.0) -> Made:
    return Made(
        id=name,
        team_id=CALLER.team_id,
        request_id=name,
        position=0,
        sha256=sha256,
        file_id=None,
        operation="edit_image",
        model="m",
        prompt=name,
        seed=1,
        created_at=at,
        parents=tuple(ReceiptParent(role="image", origin="file", sha256=parent) for parent in parents),
    )


class History:
    """A `ReceiptStore` with a made-up past, that counts its questions."""

    def __init__(self, *entries: Made) -> None:
        self.entries = entries
        self.asked = 0

    async def receipt(self, team_id: str, sha256: str, file_id: str | None) -> Any:
        return next((one for one in self.entries if one.sha256 == sha256), None)

    async def made(self, team_id: str, digests: Sequence[str], limit: int) -> list[Made]:
        self.asked += 1
        return [one for one in self.entries if one.sha256 in digests][:limit]

    async def made_from(self, team_id: str, digests: Sequence[str], limit: int) -> list[Made]:
        self.asked += 1
        return [one for one in self.entries if any(parent.sha256 in digests for parent in one.parents)][:limit]

    async def files_of(self, *_: Any) -> list[Any]:
        return []


async def grown(house: House, *entries: Made) -> tuple[lineage.Lineage, int]:
    """The lineage of the file whose bytes the entries call `root`."""
    file = await house.upload(jpeg(8, 8, b"root"))
    renamed = {"root": file.sha256}

    def with_root(one: Made) -> Made:
        parents = tuple(
            msgspec.structs.replace(parent, sha256=renamed.get(parent.sha256, parent.sha256)) for parent in one.parents
        )
        return msgspec.structs.replace(one, sha256=renamed.get(one.sha256, one.sha256), parents=parents)

    history = History(*map(with_root, entries))
    service = lineage.LineageService(house.files, history, house.clock)  # type: ignore[arg-type]
    return await service.lineage(CALLER, file.id), history.asked


async def test_circles_end(house: House) -> None:
    seen, _ = await grown(house, entry("root", "root", "b"), entry("b", "b", "root"), entry("c", "b", "b"))
    assert shape(seen.ancestors) == [["b", "root"]]
    assert seen.ancestors[0].branches[0].is_repeated
    # Both results that are `b` show, and only the first one has what was made from it.
    assert shape(seen.descendants) == [["b", "root", "c"]] and not seen.is_truncated
    assert [node.is_repeated for node in seen.descendants[0].branches] == [True, True]


async def test_a_shared_ancestor_branches_once(house: House) -> None:
    doubled = [entry(f"g{number}", f"g{number}", f"g{number + 1}", f"g{number + 1}x") for number in range(12)]
    doubled += [entry(f"g{number}x", f"g{number}x", f"g{number + 1}", f"g{number + 1}x") for number in range(1, 12)]
    seen, asked = await grown(house, entry("root", "root", "g0"), *doubled)

    def count(nodes: Sequence[Node]) -> int:
        return sum(1 + count(node.branches) for node in nodes)

    # Two to the twelfth without the rule.
    assert count(seen.ancestors) == 1 + 2 + 11 * 4 and not seen.is_truncated
    assert asked < 20


async def test_depth_is_capped_and_said(house: House) -> None:
    def chain(length: int) -> list[Made]:
        return [entry("root", "root", "up0")] + [
            entry(f"up{number}", f"up{number}", *([f"up{number + 1}"] if number + 1 < length else []))
            for number in range(length)
        ]

    for length, is_truncated in ((lineage.DEEPEST, False), (lineage.DEEPEST + 1, True)):
        seen, _ = await grown(house, *chain(length))
        depth, nodes = 0, seen.ancestors
        while nodes:
            depth, nodes = depth + 1, nodes[0].branches
        assert (depth, seen.is_truncated) == (lineage.DEEPEST, is_truncated)
    down = [entry(f"d{number}", f"d{number}", f"d{number - 1}" if number else "root") for number in range(60)]
    seen, _ = await grown(house, *down)
    assert seen.is_truncated
    assert not (await grown(house, *down[: lineage.DEEPEST]))[0].is_truncated


async def test_width_is_capped_and_said(house: House) -> None:
    children = [entry(f"c{number}", f"c{number}", "root") for number in range(lineage.LARGEST + 1)]
    for entries, is_truncated in ((children[:-1], False), (children, True)):
        seen, asked = await grown(house, *entries)
        assert (len(seen.descendants), seen.is_truncated) == (lineage.LARGEST, is_truncated)
        assert asked <= 3
