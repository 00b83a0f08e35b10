"""The rows of the error tables that no single call shows: too often, too busy, broken, and going down."""

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import grpc
import pytest
from xai_sdk.proto import batch_pb2, image_pb2, video_pb2

from imagined.cli.server_process import ServerProcess
from imagined.testing.environment import FileClock
from tests.support.refusals import Rest, Row, Rpc, World, check, post
from tests.support.scripted import scripted_server

GENERATE, FILM = "/v1/images/generations", "/v1/videos/generations"


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A server whose time stands still, so that what is counted by the second is counted exactly."""
    folder = tmp_path_factory.mktemp("still")
    clock = FileClock(folder / "clock")
    clock.set(1_796_083_200.0)
    with ServerProcess(
        folder / "data",
        folder / "server.log",
        environment={
            "CLOCK_FILE": str(folder / "clock"),
            "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")]),
            "IMAGINED_LIMITS_BATCH_ADDITIONS_PER_30_SECONDS": "3",
        },
        module="tests.support.clocked_server",
    ) as server:
        yield World(server, "xai-test", {"clock": str(folder / "clock")})


def _refused(world: World, rpc: Rpc) -> tuple[Any, str, dict[str, str]]:
    with grpc.insecure_channel(world.server.target.grpc) as channel:
        method = channel.unary_unary(f"/xai_api.{rpc.method}", lambda message: message.SerializeToString(), bytes)
        with pytest.raises(grpc.RpcError) as refused:
            method(rpc.message, timeout=60)
    metadata = {str(name): str(value) for name, value in refused.value.trailing_metadata()}
    return refused.value.code(), refused.value.details(), metadata


def test_batches_created_and_filled_too_often(still: World) -> None:
    made = [json.loads(still.rest(post("/v1/batches", {"name": name}))[2])["batch_id"] for name in "ab"]
    creation = Rpc(method="BatchMgmt/CreateBatch", message=batch_pb2.CreateBatchRequest(name="c"))
    often = "Too many requests for team default: rate limit is - {} per {} (actual/limit): {}."
    row = Row(
        rest=post("/v1/batches", {"name": "c"}),
        status=429,
        code="resource-exhausted",
        error=often.format("Batch Creations", "Second", "3/2"),
        rpc=creation,
        grpc="RESOURCE_EXHAUSTED",
    )
    check(still, row)
    code, _, metadata = _refused(still, creation)
    assert code is grpc.StatusCode.RESOURCE_EXHAUSTED and metadata["retry-after"] == "1"
    add = {"batch_requests": [{"batch_request_id": "a", "batch_request": {"image_generation": {"prompt": "slow 30"}}}]}
    addition = post(f"/v1/batches/{made[0]}/requests", add)
    for _ in range(3):
        assert still.rest(addition)[0] == 200
    check(
        still,
        Row(
            rest=addition,
            status=429,
            code="resource-exhausted",
            error=often.format("Batch Additions", "30 Seconds", "4/3"),
        ),
    )
    clock = FileClock(Path(still.known["clock"]))
    clock.set(clock.now() + 1)
    assert still.rest(post("/v1/batches", {"name": "c"}))[0] == 200
    assert still.rest(addition)[0] == 429
    clock.set(clock.now() + 29)
    assert still.rest(addition)[0] == 200


def test_an_engine_with_a_bug(scripted: ServerProcess) -> None:
    for prompt, error in (
        ("bug", "The engine failed."),
        ("lie", "The engine returned an unusable result."),
    ):
        check(
            World(scripted, "xai-test"),
            Row(
                rest=post(GENERATE, {"prompt": prompt}),
                status=500,
                code="internal",
                error=error,
                rpc=Rpc(method="Image/GenerateImage", message=image_pb2.GenerateImageRequest(prompt=prompt, n=1)),
                grpc="INTERNAL",
            ),
        )


def test_a_server_that_is_going_down(tmp_path: Path) -> None:
    with scripted_server(tmp_path, IMAGINED_SERVER_DRAIN_SECONDS="60") as server:
        world = World(server, "xai-test")
        request_id = json.loads(world.rest(post(FILM, {"prompt": "slow 4"}))[2])["request_id"]

        def state() -> dict[str, Any]:
            return dict(json.loads(world.rest(Rest(path=f"/v1/videos/{request_id}", method="GET"))[2]))

        while state()["progress"] < 10:
            pass
        os.kill(server.pid, signal.SIGTERM)
        while world.rest(Rest(path="/readyz", method="GET"))[0] == 200:
            pass
        for path, rpc in (
            (GENERATE, Rpc(method="Image/GenerateImage", message=image_pb2.GenerateImageRequest(prompt="x", n=1))),
            (FILM, Rpc(method="Video/GenerateVideo", message=video_pb2.GenerateVideoRequest(prompt="x"))),
        ):
            check(
                world,
                Row(
                    rest=post(path, {"prompt": "x"}),
                    status=503,
                    code="unavailable",
                    error="The server is shutting down.",
                    rpc=rpc,
                    grpc="UNAVAILABLE",
                ),
            )
        assert state()["status"] == "pending", "what was accepted before can still be asked for"
