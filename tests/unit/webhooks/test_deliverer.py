"""The deliverer over stores in memory, time moved by hand."""

import asyncio
import email.utils
from pathlib import Path
from typing import Any

import pytest

from imagined.imagine.ports import FetchError, PostAnswer
from imagined.webhooks import deliverer as sentences
from imagined.webhooks.rules import DAY_S
from imagined.webhooks.signing import KEY_FILE, KEY_MISSING
from tests.contract.test_request_store import new
from tests.unit.webhooks.house import BASE, CALLER, STRANGER, House
from tests.unit.webhooks.test_signing import verifies

URL = "https://hooks.example/a?token=s3cr3t"
NO_LUCK = 0.8
"""The shortest part of a delay that is waited."""


async def test_a_finished_request_is_told_signed(house: House) -> None:
    made = await house.service.create(CALLER, URL)
    await house.done("r1")
    assert (await house.outcome()).state == "delivered"
    (post,) = house.receivers.posts
    assert post.url == URL
    timestamp = int(post.headers["webhook-timestamp"])
    assert timestamp == int(house.clock.now())
    assert post.headers["content-type"] == "application/json" and post.headers["webhook-id"] == "msg_r1"
    assert verifies(made.secret, "msg_r1", timestamp, post.body, post.headers["webhook-signature"])
    assert post.event["type"] == "request.done"
    assert post.event["data"]["request_id"] == "r1"
    assert post.event["data"]["data"][0]["url"] == f"{BASE}/ephemeral/t.jpeg"
    (told,) = await house.log(made.webhook.id)
    assert (told.state, told.status, told.attempts, told.reason) == ("delivered", 200, 1, None)


async def test_the_event_is_the_same_at_every_attempt_but_for_the_servers_address(house: House) -> None:
    await house.service.create(CALLER, URL)
    house.receivers.answers = [PostAnswer(500), PostAnswer(500), PostAnswer(200)]
    await house.done("r1")
    for _ in range(3):
        await house.outcome()
        # The result expires in between, and the server moves to another address before the last attempt.
        house.clock.advance(1_000)
        if len(house.receivers.posts) == 2:
            house.base_url = "https://images.example"
    first, second, third = house.receivers.posts
    assert first.body == second.body
    assert third.body == first.body.replace(BASE.encode(), b"https://images.example") != first.body
    assert {post.headers["webhook-id"] for post in house.receivers.posts} == {"msg_r1"}
    assert len({post.headers["webhook-timestamp"] for post in house.receivers.posts}) == 3


@pytest.mark.parametrize(
    ("answer", "status", "reason"),
    [
        (PostAnswer(500), 500, sentences.NOT_ACCEPTED),
        (PostAnswer(404), 404, sentences.NOT_ACCEPTED),
        (PostAnswer(302), 302, sentences.REDIRECTED),
        (PostAnswer(101), 101, sentences.NOT_ACCEPTED),
        (FetchError("hooks.example leads to 10.0.0.1, which is not public"), None, sentences.NO_ANSWER),
        (RuntimeError("a bug"), None, sentences.BROKEN),
    ],
)
async def test_a_failed_attempt_is_repeated_and_explained_without_a_word_about_the_network(
    house: House, answer: PostAnswer | Exception, status: int | None, reason: str
) -> None:
    made = await house.service.create(CALLER, URL)
    house.receivers.answers = [answer]
    await house.done("r1")
    outcome = await house.outcome()
    assert (outcome.state, outcome.status, outcome.reason) == ("pending", status, reason)
    assert outcome.next_attempt_at is not None
    assert 5 * NO_LUCK <= outcome.next_attempt_at - house.clock.now() <= 5
    house.clock.advance(5)
    assert (await house.outcome()).state == "delivered"
    (told,) = await house.log(made.webhook.id)
    assert (told.attempts, told.reason, told.status) == (2, None, 200)


async def test_a_day_of_failures_is_the_end(house: House) -> None:
    made = await house.service.create(CALLER, URL)
    await house.done("r1")
    begun, times = house.clock.now(), []
    house.receivers.answers = [PostAnswer(500)] * 50
    while (outcome := await house.outcome()).next_attempt_at is not None:
        times.append(outcome.next_attempt_at - begun)
        house.clock.advance(outcome.next_attempt_at - house.clock.now())
    assert outcome.state == "failed" and outcome.disable is None
    delays = [after - before for before, after in zip([0.0, *times], times, strict=False)]
    for delay, full in zip(delays, (5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800), strict=False):
        assert NO_LUCK * full <= delay <= full
    assert times[-1] <= DAY_S
    (told,) = await house.log(made.webhook.id)
    assert (told.state, told.attempts, told.next_attempt_at) == ("failed", len(times) + 1, None)
    house.receivers.answers = []
    await house.service.resend(CALLER, told.id)
    assert (await house.outcome()).state == "delivered"
    assert house.receivers.posts[-1].headers["webhook-id"] == "msg_r1"


async def test_five_days_of_failures_disable_the_endpoint(house: House) -> None:
    made = await house.service.create(CALLER, URL)
    house.receivers.answers = [PostAnswer(500)] * 200
    for day in range(7):
        await house.done(f"r{day}")
        while (outcome := await house.outcome()).next_attempt_at is not None:
            house.clock.advance(outcome.next_attempt_at - house.clock.now())
        if outcome.disable is not None:
            break
        house.clock.advance(3_600)
    webhook = await house.service.get(CALLER, made.webhook.id)
    assert webhook.disabled_reason == outcome.disable == sentences.ALWAYS_FAILED
    assert webhook.failing_since is not None and webhook.disabled_at is not None
    assert webhook.disabled_at - webhook.failing_since >= 5 * DAY_S
    assert 4 <= day <= 6


async def test_gone_disables_at_once(house: House) -> None:
    made = await house.service.create(CALLER, URL)
    house.receivers.answers = [PostAnswer(410)]
    await house.done("r1")
    outcome = await house.outcome()
    assert (outcome.state, outcome.reason) == ("failed", sentences.GONE)
    assert (await house.service.get(CALLER, made.webhook.id)).disabled_reason == sentences.GONE
    await house.done("r2")
    assert len(await house.log(made.webhook.id)) == 1
    await house.service.enable(CALLER, made.webhook.id)
    await house.done("r3")
    assert (await house.outcome()).state == "delivered"


@pytest.mark.parametrize(("header", "delay"), [("120", 120.0), ("999999", 3_600.0), ("soon", 5.0), ("-1", 5.0)])
@pytest.mark.parametrize("status", [429, 503])
async def test_a_busy_receiver_is_left_alone_as_long_as_it_asks(
    house: House, status: int, header: str, delay: float
) -> None:
    await house.service.create(CALLER, URL)
    house.receivers.answers = [PostAnswer(status, header)]
    await house.done("r1")
    outcome = await house.outcome()
    assert outcome.next_attempt_at is not None
    waited = outcome.next_attempt_at - house.clock.now()
    assert waited == delay if delay > 5 else NO_LUCK * 5 <= waited <= 5


async def test_retry_after_may_be_a_date_and_other_statuses_have_none(house: House) -> None:
    await house.service.create(CALLER, URL)
    moment = email.utils.formatdate(house.clock.now() + 300, usegmt=True)
    house.receivers.answers = [PostAnswer(503, moment), PostAnswer(500, "300")]
    await house.done("r1")
    first = await house.outcome()
    assert first.next_attempt_at == house.clock.now() + 300
    house.clock.advance(300)
    second = await house.outcome()
    assert second.next_attempt_at is not None and second.next_attempt_at - house.clock.now() <= 30


async def test_a_hanging_receiver_holds_two_places_of_its_host_and_delays_nobody(house: House) -> None:
    await house.service.create(CALLER, "https://hangs.example/")
    for number in range(30):
        await house.done(f"r{number}")
    for _ in range(2):
        await house.receivers.arrived.get()
    quick = await house.service.create(CALLER, "https://quick.example/", request_id="r7")
    assert (await house.outcome()).state == "delivered"
    assert (await house.log(quick.webhook.id))[0].state == "delivered"
    assert house.receivers.open["https://hangs.example/"] == 2
    house.receivers.release.set()
    for _ in range(30):
        assert (await house.outcome()).reason == sentences.NO_ANSWER
    assert house.receivers.most_open["https://hangs.example/"] == 2


async def test_many_hanging_hosts_of_one_team_hold_that_teams_places_only(tmp_path: Path) -> None:
    house = House(tmp_path, drain_s=0.05, per_team=3)
    for number in range(8):
        await house.requests.accept(new(f"r{number}"))
        await house.service.create(CALLER, f"https://h{number}.hangs.example/", request_id=f"r{number}")
        await house.requests.cancel("team", f"r{number}", house.clock.now())
    await house.deliverer.start()
    try:
        for _ in range(3):
            await house.receivers.arrived.get()
        await house.requests.accept(new("x", team_id="other", key_id="key3"))
        await house.service.create(STRANGER, URL)
        await house.requests.cancel("other", "x", house.clock.now())
        assert (await house.outcome()).state == "delivered"
        assert len(house.receivers.posts) == 4
    finally:
        await house.deliverer.stop()


async def test_what_is_under_way_at_a_stop_is_given_back(house: House) -> None:
    made = await house.service.create(CALLER, "https://hangs.example/")
    await house.done("r1")
    await house.receivers.arrived.get()
    await house.deliverer.stop()
    (told,) = await house.log(made.webhook.id)
    assert (told.state, told.attempts, told.next_attempt_at) == ("pending", 0, house.clock.now())
    second = house.another()
    await second.start()
    await house.receivers.arrived.get()
    house.receivers.release.set()
    await second.stop()
    assert (await house.log(made.webhook.id))[0].attempts == 1


async def test_what_finishes_during_a_stop_is_written_down(tmp_path: Path) -> None:
    house = House(tmp_path, drain_s=30)
    made = await house.service.create(CALLER, "https://hangs.example/")
    await house.done("r1")
    await house.deliverer.start()
    await house.receivers.arrived.get()
    stopping = asyncio.create_task(house.deliverer.stop())
    house.receivers.release.set()
    await stopping
    assert (await house.log(made.webhook.id))[0].reason == sentences.NO_ANSWER


async def test_what_a_dead_server_held_is_sent_again_under_the_same_id(tmp_path: Path) -> None:
    house = House(tmp_path)
    await house.service.create(CALLER, URL)
    await house.done("r1")
    (due,) = await house.store.due(house.clock.now(), 10)
    await house.store.claim([due.id], "here:dead", house.clock.now(), 60)
    await house.deliverer.start()
    assert (await house.outcome()).state == "delivered"
    assert house.receivers.posts[0].headers["webhook-id"] == "msg_r1"
    await house.deliverer.stop()


async def test_a_forgotten_request_leaves_nothing_to_tell(tmp_path: Path) -> None:
    house = House(tmp_path)
    await house.service.create(CALLER, URL)
    await house.done("r1")
    assert await house.requests.purge(house.clock.now() + 1, 10) == 1
    await house.deliverer.start()
    outcome = await house.outcome()
    assert (outcome.state, outcome.reason, outcome.is_receivers) == ("failed", sentences.FORGOTTEN, False)
    assert house.receivers.posts == []
    await house.deliverer.stop()


async def test_without_its_key_the_server_sends_nothing_unsigned(tmp_path: Path) -> None:
    house = House(tmp_path)
    made = await house.service.create(CALLER, URL)
    key = (tmp_path / KEY_FILE).read_bytes()
    (tmp_path / KEY_FILE).unlink()
    fresh = House(tmp_path)
    fresh.store.webhooks, fresh.requests.rows = house.store.webhooks, house.requests.rows
    await fresh.done("r1")
    await fresh.deliverer.start()
    outcome = await fresh.outcome()
    assert (outcome.state, outcome.reason, outcome.is_receivers) == ("pending", KEY_MISSING, False)
    assert fresh.receivers.posts == [] and not (tmp_path / KEY_FILE).exists()
    (tmp_path / KEY_FILE).write_bytes(key)
    fresh.clock.advance(5)
    assert (await fresh.outcome()).state == "delivered"
    (post,) = fresh.receivers.posts
    timestamp = int(post.headers["webhook-timestamp"])
    assert verifies(made.secret, "msg_r1", timestamp, post.body, post.headers["webhook-signature"])
    await fresh.deliverer.stop()


async def test_a_storage_that_fails_is_asked_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await house.service.create(CALLER, URL)
    failed = asyncio.Event()
    due = house.store.due

    async def broken(*_: Any, **__: Any) -> Any:
        failed.set()
        raise OSError("disk")

    monkeypatch.setattr(house.store, "due", broken)
    await house.done("r1")
    await failed.wait()
    monkeypatch.setattr(house.store, "due", due)
    assert (await house.outcome()).state == "delivered"


async def test_the_log_is_purged_after_thirty_days(tmp_path: Path) -> None:
    house = House(tmp_path, purge_s=0.01)
    made = await house.service.create(CALLER, URL)
    await house.done("r1")
    await house.deliverer.start()
    await house.outcome()
    house.clock.advance(30 * DAY_S - 1)
    purges: asyncio.Queue[int] = asyncio.Queue()
    purge = house.store.purge

    async def watched(before: float, limit: int) -> int:
        count = await purge(before, limit)
        purges.put_nowait(count)
        return count

    house.store.purge = watched  # type: ignore[method-assign]
    assert await purges.get() == 0
    assert len(await house.log(made.webhook.id)) == 1
    house.clock.advance(2)
    while not await purges.get():
        pass
    assert await house.log(made.webhook.id) == []
    await house.deliverer.stop()
