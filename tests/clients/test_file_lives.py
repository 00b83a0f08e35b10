"""Random lives of files on a real server, by HTTP and gRPC, against a plain model.

The server is a child process whose clock is moved; it is stopped, or killed, and started again on its folder.
"""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import grpc
import httpx2
import pytest
import xai_sdk
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from imagined.cli.server_process import ServerProcess
from imagined.testing.environment import FileClock
from tests.support.file_model import (
    CONTENTS,
    DAY,
    FILTERS,
    HOUR,
    KEYS,
    LIVES,
    NAMES,
    ORDERS,
    PICK,
    SHAREABLE,
    SORTS,
    Expected,
)

SITE = "http://site"
BEGIN = 1_796_083_200.0
BY = st.sampled_from(["http", "grpc"])
REFUSALS = {
    400: "invalid",
    404: "gone",
    grpc.StatusCode.INVALID_ARGUMENT: "invalid",
    grpc.StatusCode.NOT_FOUND: "gone",
}


class Site:
    """The server and a client of each transport; one for all examples, emptied between them."""

    current: ClassVar["Site | None"] = None

    def __init__(self, folder: Path) -> None:
        self.clock = FileClock(folder / "clock")
        self.now = BEGIN
        self.move(0)
        environment = {"CLOCK_FILE": str(folder / "clock"), "IMAGINED_SERVER_PUBLIC_BASE_URL": SITE}
        # An engine process is started beside each server; none is needed here, and one is cheaper than two.
        environment["IMAGINED_ENGINES_PROCESSES"] = "1"
        self.server = ServerProcess(
            folder / "data", folder / "log", environment=environment, module="tests.support.clocked_server"
        )
        self.open()

    def open(self) -> None:
        target = self.server.start()
        self.http = httpx2.Client(base_url=target.url, headers={"authorization": "Bearer xai-test"}, trust_env=False)
        self.sdk = xai_sdk.Client(api_key="xai-test", api_host=target.grpc)

    def close(self, *, kill: bool = False) -> None:
        self.http.close()
        self.sdk.close()
        assert kill or self.server.stop() == 0
        self.server.kill()

    def move(self, seconds: float) -> None:
        self.now += seconds
        self.clock.set(self.now)

    def clear(self) -> None:
        """Delete what is listed. What cannot be deleted and is listed all the same is for a rule to find."""
        asked: dict[str, Any] = {}
        while asked.get("pagination_token", "first") is not None:
            page = self.http.get("/v1/files", params=asked).json()
            for file in page["data"]:
                self.http.delete(f"/v1/files/{file['id']}")
            asked["pagination_token"] = page["pagination_token"]

    def rest(self, method: str, path: str, **options: Any) -> dict[str, Any] | str:
        """The answer, or the word for a refusal."""
        answer = self.http.request(method, f"/v1/files{path}", **options)
        return REFUSALS[answer.status_code] if answer.is_client_error else answer.raise_for_status().json()

    def rpc(self, call: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        try:
            return call(*arguments, **options)
        except grpc.RpcError as error:
            return REFUSALS[error.code()]

    def is_served(self, url: str) -> bool:
        assert url.startswith(f"{SITE}/public/")
        status = self.http.get(url.removeprefix(SITE)).status_code
        assert status in (200, 404)
        return status == 200


@pytest.fixture(scope="module", autouse=True)
def site() -> Any:
    folder = Path(tempfile.mkdtemp(prefix="imagined-lives-"))
    Site.current = Site(folder)
    yield
    Site.current.close()
    shutil.rmtree(folder)


def view(file: Any) -> dict[str, Any]:
    """A file of either transport, in the words of REST."""
    if isinstance(file, dict):
        return {name: file[name] for name in SHOWN}
    return {
        "id": file.id,
        "filename": file.filename,
        "bytes": file.size,
        "created_at": file.created_at.seconds,
        "expires_at": file.expires_at.seconds if file.HasField("expires_at") else None,
        "public_url": file.public_url if file.HasField("public_url") else None,
        "public_url_expires_at": file.public_url_expires_at.seconds if file.HasField("public_url_expires_at") else None,
    }


SHOWN = ("id", "filename", "bytes", "created_at", "expires_at", "public_url", "public_url_expires_at")


class Lives(RuleBasedStateMachine):
    """Every rule does the same to the server and to the model, and compares what comes back."""

    @initialize()
    def begin(self) -> None:
        assert Site.current is not None
        self.site = Site.current
        self.site.clear()
        self.model: list[Expected] = []
        self.dead_urls: list[str] = []
        self.restarts = 0

    @property
    def now(self) -> float:
        return self.site.now

    def pick(self, number: int, wanted: Callable[[Expected], bool] = lambda _: True) -> Expected:
        """One of the last two files most of the time, so that one file meets many rules; mostly a `wanted` one."""
        among = self.model if number % 8 == 0 else [file for file in self.model if wanted(file)][-2:] or self.model
        return among[number % len(among)]

    def same(self, file: Any, expected: Expected) -> None:
        shared = expected.shared(self.now)
        assert view(file) == {
            "id": expected.id,
            "filename": expected.name,
            "bytes": len(expected.data),
            "created_at": expected.made,
            "expires_at": expected.ends,
            "public_url": expected.url if shared else None,
            "public_url_expires_at": expected.url_ends if shared else None,
        }

    @rule(by=BY, name=NAMES, data=CONTENTS, life=LIVES)
    def upload(self, by: str, name: str, data: bytes, life: int | None) -> None:
        if by == "http":
            fields = {} if life is None else {"expires_after": str(life)}
            file = self.site.rest("POST", "", data=fields, files={"file": (name, data)})
        else:
            file = self.site.rpc(self.site.sdk.files.upload, data, filename=name, expires_after=life)
        ends = None if life is None else self.now + life
        self.model.append(Expected(view(file)["id"], name, data, self.now, ends))
        self.same(file, self.model[-1])

    @precondition(lambda self: self.model)
    @rule(by=BY, number=PICK)
    def get(self, by: str, number: int) -> None:
        expected = self.pick(number)
        if by == "http":
            file = self.site.rest("GET", f"/{expected.id}")
            data = self.site.http.get(f"/v1/files/{expected.id}/content").content
        else:
            file = self.site.rpc(self.site.sdk.files.get, expected.id)
            data = self.site.rpc(self.site.sdk.files.content, expected.id)
        if not expected.lives(self.now):
            assert file == "gone"
            return
        self.same(file, expected)
        assert data == expected.data

    @rule(by=BY, sort_by=SORTS, order=ORDERS, limit=st.integers(1, 4), text=st.sampled_from(list(FILTERS)))
    def list_all(self, by: str, sort_by: Any, order: Any, limit: int, text: str) -> None:
        asked: dict[str, Any] = {"sort_by": sort_by, "order": order, "limit": limit, "filter": text}
        listed: list[Any] = []
        while True:
            if by == "http":
                page = self.site.rest("GET", "", params=asked)
                assert isinstance(page, dict)
                files, token = page["data"], page["pagination_token"]
                assert page["has_more"] is (token is not None)
            else:
                answer = self.site.sdk.files.list(**asked)
                files, token = list(answer.data), answer.pagination_token
            assert len(files) <= limit
            listed += files
            if not token:
                break
            asked["pagination_token"] = token
        wanted = [file for file in self.model if file.lives(self.now) and FILTERS[text](file, self.now)]
        wanted.sort(key=lambda file: (KEYS[sort_by](file), file.id), reverse=order == "desc")
        assert [view(file)["id"] for file in listed] == [file.id for file in wanted]
        for file, expected in zip(listed, wanted, strict=True):
            self.same(file, expected)

    @precondition(lambda self: self.model)
    @rule(by=BY, number=PICK, life=st.sampled_from([None, HOUR, HOUR, DAY]))
    def publish(self, by: str, number: int, life: int | None) -> None:
        expected = self.pick(number, lambda file: file.lives(self.now) and file.data in SHAREABLE)
        if by == "http":
            body = {} if life is None else {"expires_after": life}
            outcome = self.site.rest("POST", f"/{expected.id}/public-url", json=body)
        else:
            outcome = self.site.rpc(self.site.sdk.files.create_public_url, expected.id, expires_after=life)
        if not expected.lives(self.now):
            assert outcome == "gone"
            return
        ends = expected.ends if life is None else self.now + life
        too_long = life is not None and expected.ends is not None and self.now + life > expected.ends
        if expected.data not in SHAREABLE or too_long:
            assert outcome == "invalid"
            return
        url = outcome["public_url"] if isinstance(outcome, dict) else outcome.public_url
        if expected.shared(self.now):
            assert url == expected.url
            ends = expected.url_ends if life is None else ends
        else:
            assert url not in self.dead_urls
            if expected.url is not None:
                self.dead_urls.append(expected.url)
        expected.url, expected.url_ends = url, ends
        self.same(self.site.rest("GET", f"/{expected.id}"), expected)

    @precondition(lambda self: self.model)
    @rule(by=BY, number=PICK)
    def revoke(self, by: str, number: int) -> None:
        expected = self.pick(number, lambda file: file.shared(self.now))
        if by == "http":
            outcome = self.site.rest("POST", f"/{expected.id}/public-url/revoke")
            assert isinstance(outcome, dict)
            revoked, url = outcome["revoked"], outcome.get("public_url")
        else:
            answer = self.site.sdk.files.revoke_public_url(expected.id)
            revoked, url = answer.revoked, answer.public_url or None
        shared = expected.shared(self.now)
        assert (revoked, url) == (shared, expected.url if shared else None)
        if expected.url is not None:
            self.dead_urls.append(expected.url)
        expected.url = expected.url_ends = None

    @precondition(lambda self: self.model)
    @rule(number=PICK, name=NAMES)
    def rename(self, number: int, name: str) -> None:
        expected = self.pick(number)
        outcome = self.site.rest("PUT", f"/{expected.id}", json={"filename": name})
        assert (outcome == "gone") is not expected.lives(self.now)
        if outcome != "gone":
            expected.name = name
            self.same(outcome, expected)

    @precondition(lambda self: self.model)
    @rule(number=PICK, life=LIVES)
    def move_the_end(self, number: int, life: int | None) -> None:
        expected = self.pick(number)
        outcome = self.site.rest("PUT", f"/{expected.id}", json={"expires_after": life})
        if not expected.lives(self.now):
            assert outcome == "gone"
            return
        expected.ends = None if life is None else self.now + life
        if expected.shared(self.now) and expected.ends is not None:
            expected.url_ends = min(expected.ends, expected.url_ends or expected.ends)
        self.same(outcome, expected)

    @precondition(lambda self: self.model)
    @rule(by=BY, number=PICK)
    def delete(self, by: str, number: int) -> None:
        expected = self.pick(number)
        if by == "http":
            outcome = self.site.rest("DELETE", f"/{expected.id}")
        else:
            outcome = self.site.rpc(self.site.sdk.files.delete, expected.id)
        assert (outcome == "gone") is not expected.lives(self.now)
        expected.deleted = True

    @rule(seconds=st.sampled_from([1, HOUR - 1, HOUR, DAY]))
    def let_time_pass(self, seconds: float) -> None:
        self.site.move(seconds)

    @precondition(lambda self: self.model and self.restarts == 0)
    @rule(kill=st.booleans())
    def restart(self, kill: bool) -> None:
        """Once in a life: a start takes longer than all else."""
        self.restarts += 1
        self.site.close(kill=kill)
        self.site.open()

    @invariant()
    def urls_work_exactly_while_they_should(self) -> None:
        for expected in getattr(self, "model", ()):
            if expected.url is not None:
                assert self.site.is_served(expected.url) is expected.shared(self.now)
        for url in getattr(self, "dead_urls", ()):
            assert not self.site.is_served(url)


Lives.TestCase.settings = settings(
    max_examples=10,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
TestLives = Lives.TestCase
