"""A server that dies between the end of a request and the note that it was told."""

from pathlib import Path

import pytest

from imagined.cli.server_process import ServerProcess
from tests.support.receivers import HANG, call, log, made, receiving
from tests.support.scripted import scripted_server

IMAGE = {"prompt": "a barn"}
VIDEO = {"prompt": "a barn", "duration": 1}


def server(folder: Path, **settings: str) -> ServerProcess:
    config = folder / "imagined.toml"
    config.write_text("[network]\nallow_private_networks = true\n")
    return scripted_server(folder, "--config", str(config), **settings)


def dead(process: ServerProcess) -> int:
    """Wait for a server that ends by itself."""
    assert process._process is not None
    process._process.wait(timeout=60)
    return process.kill()


@pytest.mark.parametrize(
    ("point", "seen_before"), [("request.after_finish", 0), ("webhook.after_claim", 0), ("webhook.after_send", 1)]
)
def test_an_event_survives_the_death_of_its_server(tmp_path: Path, point: str, seen_before: int) -> None:
    with receiving() as receiver:
        dying = server(tmp_path, IMAGINED_FAULT=point)
        dying.start()
        webhook = made(dying, receiver.url)
        status, started = call(dying, "POST", "/v1/videos/generations", VIDEO)
        assert status == 200
        assert dead(dying) == -9
        before = [receiver.next() for _ in range(seen_before)]
        assert receiver.arrivals.empty()
        with server(tmp_path) as again:
            arrival = receiver.next()
            assert arrival.event_id == f"msg_{started['request_id']}"
            assert {one.event_id for one in before} <= {arrival.event_id}
            assert arrival.event["type"] == "request.done"
            state = call(again, "GET", f"/v1/videos/{started['request_id']}")[1]
            assert arrival.event["data"]["video"] == state["video"]
        # The drain has waited for the attempt, so the note is there now.
        with server(tmp_path) as last:
            (told,) = log(last, webhook["id"])
            assert (told["state"], told["attempts"]) == ("delivered", 1 if point == "request.after_finish" else 2)
        assert receiver.arrivals.empty()


def test_a_kill_in_the_middle_of_an_attempt_sends_again(tmp_path: Path) -> None:
    with receiving() as receiver:
        receiver.answers = [HANG]
        first = server(tmp_path)
        first.start()
        made(first, receiver.url)
        call(first, "POST", "/v1/images/generations", IMAGE)
        hanging = receiver.next()
        first.kill()
        with server(tmp_path):
            assert receiver.next().event_id == hanging.event_id


def test_a_drain_gives_a_hanging_attempt_back(tmp_path: Path) -> None:
    with receiving() as receiver:
        receiver.answers = [HANG]
        first = server(tmp_path)
        first.start()
        webhook = made(first, receiver.url)
        call(first, "POST", "/v1/images/generations", IMAGE)
        hanging = receiver.next()
        assert first.stop() == 0
        with server(tmp_path) as again:
            assert receiver.next().event_id == hanging.event_id
            assert log(again, webhook["id"])[0]["attempts"] == 1
