"""Lineages and replays on real servers: by the official SDK, plain HTTP and the command line."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
import xai_sdk
from typer.testing import CliRunner, Result

from imagined.cli.main import app
from imagined.cli.server_process import ServerProcess
from imagined.testing.engines import jpeg

IMAGE, VIDEO = "grok-imagine-image", "grok-imagine-video"


@pytest.fixture
def sdk(scripted: ServerProcess) -> Iterator[Any]:
    with xai_sdk.Client(api_key="xai-test", api_host=scripted.target.grpc) as client:
        yield client


@pytest.fixture
def rest(scripted: ServerProcess) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=scripted.target.url, timeout=60) as client:
        yield client


def kept(rest: httpx2.Client, path: str, **fields: Any) -> list[str]:
    """File ids of what a request made."""
    body = {"model": IMAGE, "storage_options": {"filename": "made.jpg"}, **fields}
    answer = rest.post(f"/v1/images/{path}", json=body)
    assert answer.status_code == 200, answer.text
    return [picture["file_output"]["file_id"] for picture in answer.json()["data"]]


def replay(server: ServerProcess, *arguments: str) -> Result:
    environment = {"IMAGINED_GRPC": None, "XAI_API_KEY": None, "IMAGINED_URL": server.target.url}
    return CliRunner().invoke(app, ["replay", *arguments], env=environment)


def prompts(nodes: list[dict[str, Any]], below: str) -> list[Any]:
    return [[node["prompt"], *prompts(node[below], below)] for node in nodes]


def test_the_loop_of_the_sdk_is_three_generations(sdk: Any, rest: httpx2.Client) -> None:
    city = sdk.image.sample("a city", model=IMAGE, storage_options={"filename": "city.jpg"})
    neon = sdk.image.sample(
        "neon", model=IMAGE, image_file_id=city.file_output.file_id, storage_options={"filename": "neon.jpg"}
    )
    film = sdk.video.generate(
        "pull back", model=VIDEO, image_file_id=neon.file_output.file_id, storage_options={"filename": "film.mp4"}
    )
    first, middle, last = (made.file_output.file_id for made in (city, neon, film))
    lineage = rest.get(f"/x/files/{middle}/lineage").json()
    assert prompts(lineage["ancestors"], "parents") == [["a city"]]
    assert prompts(lineage["descendants"], "children") == [["pull back"]]
    assert lineage["ancestors"][0]["file_id"] == first and lineage["descendants"][0]["file_id"] == last
    assert lineage["descendants"][0]["filename"] == "film.mp4"
    assert prompts(rest.get(f"/x/files/{last}/lineage").json()["ancestors"], "parents") == [["neon", ["a city"]]]
    rest.delete(f"/v1/files/{middle}")
    lineage = rest.get(f"/x/files/{last}/lineage").json()
    assert prompts(lineage["ancestors"], "parents") == [["neon", ["a city"]]]
    assert [lineage["ancestors"][0][name] for name in ("state", "file_id")] == ["deleted", None]
    assert rest.get(f"/x/files/{middle}/lineage").status_code == 404
    receipt = rest.get(f"/x/files/{last}/receipt").json()
    assert receipt["engine_digest"] == receipt["made"]["digest"] == "scripted-1"
    assert receipt["parents"][0]["file_id"] == middle


def test_a_replay_of_one_picture_of_an_edit(scripted: ServerProcess, rest: httpx2.Client, tmp_path: Path) -> None:
    (city,) = kept(rest, "generations", prompt="a city")
    edits = kept(rest, "edits", prompt="neon", image={"file_id": city}, n=3)
    data = rest.get(f"/v1/files/{edits[2]}/content").content
    path = tmp_path / "again.jpg"
    done = replay(scripted, edits[2], "--output", str(path))
    assert done.exit_code == 0, done.output
    digest = hashlib.sha256(data).hexdigest()
    assert done.stdout.splitlines() == [
        "identical",
        f"file    {digest}  engine scripted-1",
        f"replay  {digest}  engine scripted-1",
        str(path),
    ]
    assert path.read_bytes() == data
    again = replay(scripted, edits[2], "--output", str(path))
    assert again.exit_code == 1 and "exists; use --force" in again.stderr
    siblings = rest.get(f"/x/files/{city}/lineage").json()["descendants"]
    assert {node["file_id"] for node in siblings} == set(edits)


def test_what_cannot_be_replayed_is_explained(scripted: ServerProcess, rest: httpx2.Client) -> None:
    data = jpeg(64, 64, b"only inside the request")
    stored = rest.post("/v1/files", files={"file": ("in.jpg", data)}).json()["id"]
    (made,) = kept(rest, "edits", prompt="neon", image={"file_id": stored})
    rest.delete(f"/v1/files/{stored}")
    for file_id, sentence in (
        (made, f"input 0 (image, a stored file: {stored}) is gone"),
        (stored, "File not found"),
        ("..", "is no file id"),
    ):
        done = replay(scripted, file_id)
        assert (done.exit_code, done.stdout) == (1, "") and sentence in done.stderr, done.output
    done = replay(scripted, made, "--url", "http://127.0.0.1:1")
    assert done.exit_code == 1 and "No server answers" in done.stderr


def test_a_picture_of_the_illustrator_comes_out_the_same(server: ServerProcess) -> None:
    with httpx2.Client(base_url=server.target.url, timeout=120) as rest:
        (ball,) = kept(rest, "generations", prompt="a red ball", resolution="1k")
        receipt = rest.get(f"/x/files/{ball}/receipt").json()
        assert receipt["made"]["scene"]["subjects"][0]["colour"] == "red"
    done = replay(server, ball)
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("identical\n")
    assert done.stdout.split().count(receipt["engine_digest"]) == 2
