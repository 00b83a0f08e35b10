"""`/x/files/...`: what receipts, lineages and replays look like on the wire."""

import httpx2
import pytest

from imagined.contract.results import JobError
from tests.support.fake_services import FILE_ID, NOW, REQUEST_ID, output, view
from tests.unit.rest_api.conftest import Rest

FILE = f"/x/files/{FILE_ID}"


async def test_a_receipt(client: httpx2.AsyncClient) -> None:
    receipt = (await client.get(f"{FILE}/receipt")).json()
    assert receipt["object"] == "receipt" and receipt["file_id"] == FILE_ID
    assert receipt["seed"] == 2**63 - 1 and receipt["engine_digest"] == "d1"
    assert receipt["parents"][1] == {
        "role": "image", "origin": "url", "sha256": "bb", "file_id": None, "host": "pictures.example",
        "timestamp_s": None,
    }  # fmt: skip
    assert receipt["made"] == {"scene": {"setting": "city"}}
    assert receipt["finished_at"] == NOW + 3


async def test_a_lineage(client: httpx2.AsyncClient) -> None:
    lineage = (await client.get(f"{FILE}/lineage")).json()
    assert lineage["object"] == "lineage" and lineage["truncated"] is True
    assert lineage["file"]["file_id"] == FILE_ID and lineage["file"]["other_file_ids"] == ["file_copy"]
    assert lineage["file"]["created_at"] == NOW and lineage["file"]["filename"] == "a.jpg"
    (city,) = lineage["ancestors"]
    assert city == {
        "sha256": "sha of city", "state": "deleted", "file_id": None, "filename": None, "created_at": NOW - 5,
        "request_id": "request of city", "position": 1, "operation": "generate_image", "model": "grok-imagine-image",
        "prompt": "city", "seed": 3, "other_file_ids": [], "roles": ["image"], "repeated": False,
        "parents": city["parents"],
    }  # fmt: skip
    (foreign,) = city["parents"]
    assert (foreign["state"], foreign["request_id"], foreign["repeated"]) == ("external", None, True)
    (film,) = lineage["descendants"]
    assert [child["prompt"] for child in film["children"]] == ["longer film"]


async def test_a_replay_from_start_to_verdict(client: httpx2.AsyncClient, rest: Rest) -> None:
    started = await client.post(f"{FILE}:replay")
    assert started.status_code == 202 and started.headers["x-request-id"] == REQUEST_ID
    assert started.json()["status"] == "pending" and "verdict" not in started.json()
    replays = rest.services.replays
    replay = (await client.get(f"{FILE}/replays/{REQUEST_ID}")).json()
    assert (replay["status"], replay["verdict"]) == ("done", "differs")
    assert replay["reasons"] == ["The engine has changed: d1 then, d2 now."]
    assert replay["result"]["engine_digest"] == "d2" and replay["result"]["url"] == output().url
    replays.ends = view("failed", error=JobError(code="internal_error", message="broken"))  # type: ignore[attr-defined]
    replay = (await client.get(f"{FILE}/replays/{REQUEST_ID}")).json()
    assert (replay["status"], replay["error"]) == ("failed", {"code": "internal_error", "message": "broken"})
    assert "result" not in replay


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/x/files/file_none/receipt"),
        ("GET", "/x/files/file_none/lineage"),
        ("POST", "/x/files/file_none:replay"),
        ("GET", f"/x/files/file_none/replays/{REQUEST_ID}"),
        ("GET", f"{FILE}/replays/none"),
    ],
)
async def test_unknown_files_and_requests(client: httpx2.AsyncClient, method: str, path: str) -> None:
    answer = await client.request(method, path)
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


async def test_a_key_is_needed(client: httpx2.AsyncClient) -> None:
    for method, path in (("GET", f"{FILE}/receipt"), ("GET", f"{FILE}/lineage"), ("POST", f"{FILE}:replay")):
        answer = await client.request(method, path, headers={"authorization": ""})
        assert answer.status_code == 401
