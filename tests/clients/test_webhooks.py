"""Webhooks on a real server with receivers that misbehave, and the documentation's own receiver."""

import os
import re
import socket
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from imagined.cli.server_process import ServerProcess
from imagined.testing.environment import FileClock
from tests.support.receivers import HANG, Receiver, call, log, made, receiving
from tests.support.scripted import scripted_server
from tests.unit.webhooks.test_signing import verifies

DOCS = Path(__file__).parents[2] / "docs" / "webhooks.md"
IMAGE = {"prompt": "a barn"}
NOW = 1_796_083_200.0


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def clock(tmp_path: Path) -> FileClock:
    clock = FileClock(tmp_path / "clock")
    clock.set(NOW)
    return clock


def lab(folder: Path, *arguments: str, **settings: str) -> ServerProcess:
    """A server that may reach this machine; its clock is a file where there is one."""
    if (folder / "clock").exists():
        settings["CLOCK_FILE"] = str(folder / "clock")
    return scripted_server(folder, *arguments, IMAGINED_NETWORK_ALLOW_PRIVATE_NETWORKS="true", **settings)


def settled(server: ServerProcess, webhook_id: str, attempts: int, key: str = "") -> dict[str, Any]:
    """The newest delivery once this many attempts are written down."""
    while True:
        newest = log(server, webhook_id, key)[0]
        is_under_way = newest["state"] == "pending" and "next_attempt_at" not in newest
        if newest["attempts"] == attempts and not is_under_way:
            return newest
        time.sleep(0.02)


def test_retries_a_kill_between_them_and_a_signature_at_each(
    tmp_path: Path, clock: FileClock, receiver: Receiver
) -> None:
    receiver.answers = [500, 500, 200]
    server = lab(tmp_path)
    server.start()
    webhook = made(server, receiver.url)
    assert call(server, "POST", "/v1/images/generations", IMAGE)[0] == 200
    first = receiver.next()
    told = settled(server, webhook["id"], 1)
    assert (told["state"], told["last_status"]) == ("pending", 500)
    assert NOW + 3 <= told["next_attempt_at"] <= NOW + 5
    server.kill()
    server.start()
    clock.set(NOW + 5)
    second = receiver.next()
    settled(server, webhook["id"], 2)
    clock.set(NOW + 5 + 30)
    third = receiver.next()
    told = settled(server, webhook["id"], 3)
    assert (told["state"], told["last_status"], told["ended_at"]) == ("delivered", 200, NOW + 35)
    assert {one.event_id for one in (first, second, third)} == {told["event_id"]}
    for one, at in ((first, NOW), (second, NOW + 5), (third, NOW + 35)):
        assert int(one.headers["webhook-timestamp"]) == at
        assert verifies(webhook["secret"], one.event_id, int(at), one.body, one.headers["webhook-signature"])
    again = call(server, "POST", f"/x/webhooks/deliveries/{told['id']}:resend")
    assert again[0] == 200
    assert receiver.next().event_id == told["event_id"]
    assert server.stop() == 0
    assert "s3cr3t" not in server.log.read_text() and webhook["secret"] not in server.log.read_text()


def test_a_rotated_secret_verifies_beside_the_old_one_for_a_day(
    tmp_path: Path, clock: FileClock, receiver: Receiver
) -> None:
    with lab(tmp_path) as server:
        webhook = made(server, receiver.url)
        rotated = call(server, "POST", f"/x/webhooks/{webhook['id']}:rotate")[1]
        for at, old_is_good in ((NOW, True), (NOW + 86_400, False)):
            clock.set(at)
            call(server, "POST", f"/x/webhooks/{webhook['id']}:test")
            arrival = receiver.next()
            signed = (arrival.event_id, int(at), arrival.body, arrival.headers["webhook-signature"])
            assert verifies(rotated["secret"], *signed)
            assert verifies(webhook["secret"], *signed) == old_is_good
            settled(server, webhook["id"], 1)
    data = tmp_path / "data"
    assert stat.S_IMODE((data / "webhooks.key").stat().st_mode) == 0o600
    for path in data.glob("imagined.db*"):
        for secret in (webhook["secret"], rotated["secret"]):
            assert secret.removeprefix("whsec_").encode() not in path.read_bytes()


def test_a_receiver_that_redirects_one_that_is_gone_and_one_that_hangs(tmp_path: Path, receiver: Receiver) -> None:
    with lab(tmp_path) as server:
        webhook = made(server, receiver.url)
        receiver.answers = [307]
        call(server, "POST", f"/x/webhooks/{webhook['id']}:test")
        assert receiver.next().path == "/hook?token=s3cr3t"
        told = settled(server, webhook["id"], 1)
        assert (told["state"], told["last_status"]) == ("pending", 307)
        assert told["last_error"] == "The receiver answered with a redirect, and redirects are not followed."
        receiver.answers = [410]
        call(server, "POST", f"/x/webhooks/deliveries/{told['id']}:resend")
        assert receiver.next().path == "/hook?token=s3cr3t"
        told = settled(server, webhook["id"], 2)
        assert (told["state"], told["last_status"]) == ("failed", 410)
        shown = call(server, "GET", f"/x/webhooks/{webhook['id']}")[1]
        assert shown["disabled_reason"] == "The receiver answered 410 Gone."
        assert call(server, "POST", f"/x/webhooks/{webhook['id']}:test")[0] == 412
        assert call(server, "POST", f"/x/webhooks/{webhook['id']}:enable")[0] == 200
        receiver.answers = [HANG]
        call(server, "POST", f"/x/webhooks/{webhook['id']}:test")
        receiver.next()
        with receiving() as other:
            second = made(server, other.url)
            call(server, "POST", f"/x/webhooks/{second['id']}:test")
            assert other.next().event["type"] == "webhook.test"
            assert settled(server, second["id"], 1)["state"] == "delivered"


def test_each_end_of_a_request_and_one_that_has_ended(tmp_path: Path, receiver: Receiver) -> None:
    with lab(tmp_path) as server:
        stored = IMAGE | {"storage_options": {"filename": "a.jpg", "public_url": True}}
        _, answer = call(server, "POST", "/v1/images/generations", stored)
        made(server, receiver.url, events=["request.done", "request.failed"])
        assert receiver.arrivals.empty()
        _, again = call(server, "POST", "/v1/images/generations", stored)
        arrival = receiver.next()
        assert arrival.event["type"] == "request.done"
        assert arrival.event["data"]["data"] == again["data"] != answer["data"]
        assert arrival.event["data"]["usage"] == again["usage"]
        _, started = call(server, "POST", "/v1/videos/generations", {"prompt": "refuse no", "duration": 1})
        failed = receiver.next()
        _, polled = call(server, "GET", f"/v1/videos/{started['request_id']}")
        assert failed.event["type"] == "request.failed" and polled["status"] == "failed"
        known = {"request_id": started["request_id"], "operation": "generate_video"}
        assert failed.event["data"] == known | polled
        late = made(server, receiver.url, request_id=started["request_id"])
        assert receiver.next().event_id == failed.event_id
        assert settled(server, late["id"], 1)["state"] == "delivered"


def test_the_address_of_a_bucket_is_not_told(tmp_path: Path, receiver: Receiver) -> None:
    class Bucket(Receiver):
        pass

    with lab(tmp_path) as server, receiving() as bucket:
        handler: Any = bucket.server.RequestHandlerClass
        handler.do_PUT = handler.do_POST
        bucket.server.RequestHandlerClass = handler
        made(server, receiver.url)
        upload = bucket.url.replace("s3cr3t", "signed")
        _, started = call(
            server, "POST", "/v1/videos/generations", {"prompt": "x", "duration": 1, "output": {"upload_url": upload}}
        )
        arrival = receiver.next()
        assert arrival.event_id == f"msg_{started['request_id']}"
        assert arrival.event["data"]["video"]["url"] == "" and b"signed" not in arrival.body


def test_the_guard_is_closed_by_default(scripted: ServerProcess, receiver: Receiver, tmp_path: Path) -> None:
    status, refused = call(scripted, "POST", "/x/webhooks", {"url": receiver.url})
    assert (status, refused["error"]) == (400, "url: its port must be 80 or 443.")
    status, refused = call(scripted, "POST", "/x/webhooks", {"url": "http://127.0.0.1/"})
    assert (status, refused["error"]) == (400, "url: leads to a private network.")
    # Made while the guard was open, or by a name that turned private since: the connection is what is checked.
    with lab(tmp_path) as server:
        webhook = made(server, receiver.url)
    with scripted_server(tmp_path) as closed:
        call(closed, "POST", f"/x/webhooks/{webhook['id']}:test")
        told = settled(closed, webhook["id"], 1)
        assert told["last_error"] == "The receiver could not be reached, or did not answer in time."
        assert "last_status" not in told
        call(closed, "DELETE", f"/x/webhooks/{webhook['id']}")
    assert receiver.arrivals.empty()


def test_teams_are_apart(tmp_path: Path, receiver: Receiver) -> None:
    def key(*arguments: str) -> str:
        command = [sys.executable, "-m", "imagined", "keys", "create", "--name", "k", *arguments]
        command += ["--data-dir", str(tmp_path / "data")]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    with lab(tmp_path, "--auth", "keys") as server:
        ours, colleague, theirs = key(), key(), key("--team", "other")
        webhook = made(server, receiver.url, ours)
        call(server, "POST", f"/x/webhooks/{webhook['id']}:test", key=ours)
        receiver.next()
        (told,) = log(server, webhook["id"], ours)
        for method, path in (
            ("GET", f"/x/webhooks/{webhook['id']}"),
            ("DELETE", f"/x/webhooks/{webhook['id']}"),
            ("POST", f"/x/webhooks/{webhook['id']}:rotate"),
            ("POST", f"/x/webhooks/{webhook['id']}:test"),
            ("GET", f"/x/webhooks/{webhook['id']}/deliveries"),
            ("POST", f"/x/webhooks/deliveries/{told['id']}:resend"),
        ):
            assert call(server, method, path, key=theirs)[0] == 404, path
        assert call(server, "GET", "/x/webhooks", key=theirs)[1] == {"data": []}
        assert len(call(server, "GET", "/x/webhooks", key=colleague)[1]["data"]) == 1
        _, started = call(server, "POST", "/v1/videos/generations", IMAGE | {"duration": 1}, theirs)
        wanted = {"url": receiver.url, "request_id": started["request_id"]}
        assert call(server, "POST", "/x/webhooks", wanted, ours)[0] == 404
        assert call(server, "POST", "/v1/images/generations", IMAGE, colleague)[0] == 200
        assert call(server, "POST", "/v1/images/generations", IMAGE, ours)[0] == 200
        arrival = receiver.next()
        settled(server, webhook["id"], 1, ours)
        assert arrival.event["type"] == "request.done" and receiver.arrivals.empty()


def test_the_receiver_of_the_documentation_verifies(tmp_path: Path) -> None:
    (source,) = re.findall(r"```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with lab(tmp_path) as server:
        webhook = made(server, f"http://127.0.0.1:{port}/")
        environment = {**os.environ, "WEBHOOK_SECRET": webhook["secret"], "PORT": str(port)}
        with subprocess.Popen(
            [sys.executable, "-c", source],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment,
        ) as receiver:
            try:
                _wait_for(port)
                delivery = call(server, "POST", f"/x/webhooks/{webhook['id']}:test")[1]
                assert receiver.stdout is not None
                assert receiver.stdout.readline().split() == [delivery["event_id"], "webhook.test"]
                assert settled(server, webhook["id"], 1)["last_status"] == 204
                forged = {
                    "webhook-id": "msg_1",
                    "webhook-timestamp": str(int(time.time())),
                    "webhook-signature": "v1,AA==",
                }
                request = urllib.request.Request(f"http://127.0.0.1:{port}/", b"{}", forged)
                with pytest.raises(urllib.error.HTTPError) as refused:
                    urllib.request.urlopen(request, timeout=10)
                refused.value.close()
                assert refused.value.code == 400
            finally:
                receiver.terminate()


def _wait_for(port: int) -> None:
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return


def test_the_command(tmp_path: Path, receiver: Receiver) -> None:
    with lab(tmp_path) as server:

        def run(*arguments: str, status: int = 0) -> list[str]:
            command = [sys.executable, "-m", "imagined", "webhooks", *arguments, "--url", server.target.url]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            assert done.returncode == status, done.stderr
            return (done.stdout if status == 0 else done.stderr).splitlines()

        webhook_id, secret = run("add", receiver.url, "--event", "request.done", "--description", "[bold]mine")
        assert secret.startswith("whsec_")
        heading, line = run("list")
        assert heading.split()[0] == "id"
        assert line.split()[:4] == [webhook_id, "enabled", "key", "request.done"] and line.split()[-1] == "[bold]mine"
        assert f'"id":"{webhook_id}"' in run("list", "--json")[0]
        (delivery_id,) = run("test", webhook_id)
        arrival = receiver.next()
        settled(server, webhook_id, 1)
        _, line = run("log", webhook_id)
        assert line.split()[:5] == [delivery_id, "webhook.test", "delivered", "1", "200"]
        assert run("resend", delivery_id) == [delivery_id]
        assert receiver.next().event_id == arrival.event_id
        again = run("rotate", webhook_id)
        assert again[0] == webhook_id and again[1] != secret
        assert run("enable", webhook_id) == [webhook_id]
        assert run("add", "https://me:x@hooks.example/", status=1) == [
            "imagined: url: must not carry a user name or password."
        ]
        assert run("rm", "wh_9", webhook_id, status=1) == ["imagined: Webhook not found: wh_9"]
        assert len(run("list")) == 1
