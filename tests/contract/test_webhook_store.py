"""Endpoints, outbox and log: one suite for every adapter, beside the request table that writes the outbox."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from imagined.contract.errors import NOT_FOUND, RESOURCE_EXHAUSTED, ApiError
from imagined.jobs.ports import Claim
from imagined.storage.database import announcements, outbox, webhooks
from imagined.storage.database.files import SqlFileStore
from imagined.storage.database.migrations import migrate
from imagined.storage.database.outbox import SqlOutbox
from imagined.storage.database.port import Statement, Transaction
from imagined.storage.database.requests import SqlRequestStore
from imagined.storage.database.sqlite import SqliteDatabase
from imagined.storage.database.webhooks import SqlWebhookStore
from imagined.testing.memory_files import MemoryFileStore
from imagined.testing.memory_requests import MemoryRequestStore
from imagined.testing.memory_webhooks import MemoryWebhookStore
from imagined.webhooks.ports import Delivery, Outbox, Outcome, Parcel, Scope, Webhook, WebhookStore
from tests.contract.test_request_store import ENGINES, LEASE, NOW, Store, completion, file, new

TEAM = Scope(team_id="team")
WORKER = "here:1"


class Stores:
    """The ports that belong together."""

    def __init__(self, requests: Store, webhooks: WebhookStore, outbox: Outbox, database: Any = None) -> None:
        self.requests = requests
        self.webhooks = webhooks
        self.outbox = outbox
        self.database = database

    async def add(self, name: str = "wh_1", **changes: Any) -> Webhook:
        webhook = endpoint(name, **changes)
        await self.webhooks.add(webhook, 20)
        return webhook

    async def run(self, request_id: str, **changes: Any) -> Claim:
        """Accept a request and begin it."""
        await self.requests.accept(new(request_id, **changes))
        claim = await self.requests.claim(WORKER, ENGINES, NOW, LEASE)
        assert claim is not None and claim.request_id == request_id
        return claim

    async def done(self, request_id: str, now: float = NOW + 1, **changes: Any) -> None:
        claim = await self.run(request_id, **changes)
        assert await self.requests.finish(claim, now, completion(request_id, token=f"of {request_id}"))

    async def log(self, name: str = "wh_1") -> Sequence[Delivery]:
        return (await self.webhooks.log(name, 100, None))[0]

    async def told(self, name: str = "wh_1") -> list[tuple[str, str | None]]:
        return sorted((one.type, one.request_id) for one in await self.log(name))

    async def parcel(self, now: float = NOW + 1, holder: str = WORKER) -> Parcel:
        (due,) = await self.outbox.due(now, 10)
        (parcel,) = await self.outbox.claim([due.id], holder, now, LEASE)
        return parcel


in_transactions = pytest.mark.parametrize("stores", ["sqlite"], indirect=True)
"""What only a database promises; the store in memory has no transactions and no end of its room."""


@pytest.fixture(params=["memory", "sqlite"])
async def stores(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stores]:
    if request.param == "memory":
        requests = MemoryRequestStore(MemoryFileStore())
        both = MemoryWebhookStore(requests)
        yield Stores(requests, both, both)
        return
    path = tmp_path / "imagined.db"
    migrate(path)
    database = SqliteDatabase(path)
    yield Stores(SqlRequestStore(database), SqlWebhookStore(database), SqlOutbox(database), database)
    await database.close()


def endpoint(name: str = "wh_1", **changes: Any) -> Webhook:
    fields: dict[str, Any] = {
        "id": name,
        "team_id": "team",
        "key_id": "key",
        "url": f"https://{name}.example/hook",
        "host": f"{name.replace('_', '-')}.example",
        "events": ("request.done", "request.failed", "request.cancelled"),
        "created_at": NOW,
    }
    return Webhook(**(fields | changes))


def later(until: float = NOW + 6, **changes: Any) -> Outcome:
    fields: dict[str, Any] = {
        "state": "pending",
        "at": NOW + 1,
        "status": 500,
        "reason": "no",
        "next_attempt_at": until,
    }
    return Outcome(**(fields | changes))


async def test_each_end_of_a_request_is_told_once(stores: Stores) -> None:
    await stores.add()
    await stores.done("r1")
    assert await stores.requests.fail(await stores.run("r2"), NOW + 2, "internal_error", "no")
    await stores.requests.accept(new("r3"))
    assert await stores.requests.cancel("team", "r3", NOW + 3)
    claim = await stores.run("r4", max_attempts=1)
    assert await stores.requests.lose(claim, NOW + 4, "internal_error", "no") == "failed"
    await stores.run("r5", max_attempts=1)
    assert await stores.requests.reap(NOW + 5 + LEASE) == 1
    await stores.run("r6")
    assert await stores.requests.cancel("team", "r6", NOW + 6)
    assert await stores.told() == [
        ("request.cancelled", "r3"),
        ("request.cancelled", "r6"),
        ("request.done", "r1"),
        ("request.failed", "r2"),
        ("request.failed", "r4"),
        ("request.failed", "r5"),
    ]
    first = next(one for one in await stores.log() if one.request_id == "r1")
    assert (first.event_id, first.occurred_at, first.next_attempt_at) == ("msg_r1", NOW + 1, NOW + 1)
    assert (first.state, first.attempts, first.sent_elsewhere) == ("pending", 0, False)
    assert len({one.id for one in await stores.log()}) == 6


async def test_what_changes_nothing_tells_nothing(stores: Stores) -> None:
    await stores.add()
    claim = await stores.run("r1")
    assert await stores.requests.lose(claim, NOW + 1, "internal_error", "no") == "queued"
    assert not await stores.requests.finish(claim, NOW + 2, completion("r1"))
    assert not await stores.requests.fail(claim, NOW + 2, "internal_error", "no")
    assert not await stores.requests.cancel("other", "r1", NOW + 2)
    assert await stores.log() == []
    assert await stores.requests.cancel("team", "r1", NOW + 3)
    assert not await stores.requests.cancel("team", "r1", NOW + 4)
    assert await stores.told() == [("request.cancelled", "r1")]


@in_transactions
async def test_a_finish_that_is_rolled_back_tells_nothing(stores: Stores) -> None:
    await stores.add()
    await SqlFileStore(stores.database).insert(file())
    claim = await stores.run("r1")
    with pytest.raises(Exception, match="UNIQUE"):
        await stores.requests.finish(claim, NOW + 1, completion("r1", file()))
    assert await stores.log() == []


@in_transactions
async def test_a_failing_outbox_undoes_the_end(stores: Stores, monkeypatch: pytest.MonkeyPatch) -> None:
    await stores.add()
    claim = await stores.run("r1")
    monkeypatch.setattr(announcements, "_INSERT", Statement(text("INSERT INTO nowhere VALUES (1)")))
    with pytest.raises(Exception, match="nowhere"):
        await stores.requests.finish(claim, NOW + 1, completion("r1"))
    record = await stores.requests.get("team", "r1")
    assert record is not None and record.state == "running"


async def test_who_is_told(stores: Stores) -> None:
    await stores.add("wh_key")
    await stores.add("wh_other_key", key_id="key2")
    await stores.add("wh_other_team", team_id="other")
    await stores.add("wh_failures", events=("request.failed",))
    await stores.requests.accept(new("r1"))
    await stores.add("wh_request", request_id="r1", key_id="key2")
    assert await stores.requests.cancel("team", "r1", NOW + 1)
    await stores.done("r2")
    assert await stores.told("wh_key") == [("request.cancelled", "r1"), ("request.done", "r2")]
    assert await stores.told("wh_request") == [("request.cancelled", "r1")]
    for name in ("wh_other_key", "wh_other_team", "wh_failures"):
        assert await stores.log(name) == []
    events = {one.event_id for name in ("wh_key", "wh_request") for one in await stores.log(name)}
    assert events == {"msg_r1", "msg_r2"}


async def test_requests_of_batches_tell_nothing(stores: Stores) -> None:
    await stores.add()
    await stores.done("r1", batch_id="batch_1", batch_request_id="a")
    assert await stores.log() == []
    with pytest.raises(ApiError, match="belongs to a batch"):
        await stores.add("wh_2", request_id="r1")


async def test_a_request_that_has_ended_is_told_at_once_and_only_to_who_asked(stores: Stores) -> None:
    await stores.add("wh_key")
    await stores.done("r1")
    await stores.add("wh_late", request_id="r1", created_at=NOW + 50)
    (told,) = await stores.log("wh_late")
    assert (told.type, told.event_id, told.occurred_at) == ("request.done", "msg_r1", NOW + 1)
    assert (told.due_since, told.next_attempt_at) == (NOW + 50, NOW + 50)
    assert len(await stores.log("wh_key")) == 1
    await stores.add("wh_of_failures", request_id="r1", events=("request.failed",))
    assert await stores.log("wh_of_failures") == []


async def test_an_endpoint_and_an_end_that_come_together_meet_once(stores: Stores) -> None:
    for number in range(50):
        claim = await stores.run(f"r{number}")
        adding = stores.add(f"wh_{number}", request_id=claim.request_id)
        ending = stores.requests.fail(claim, NOW + 1, "internal_error", "no")
        both = (adding, ending) if number % 2 else (ending, adding)
        await asyncio.gather(*both)
        assert await stores.told(f"wh_{number}") == [("request.failed", claim.request_id)]


async def test_a_request_of_another_team_is_unknown(stores: Stores) -> None:
    await stores.done("r1", team_id="other")
    for name in ("r1", "r9"):
        with pytest.raises(ApiError) as refused:
            await stores.add(request_id=name)
        assert refused.value.kind is NOT_FOUND
    assert await stores.webhooks.operation_of("team", "r1") is None
    assert await stores.webhooks.operation_of("other", "r1") == "generate_image"


async def test_limits_are_of_a_key_and_of_a_request(stores: Stores) -> None:
    await stores.requests.accept(new("r1"))
    for number in range(2):
        await stores.webhooks.add(endpoint(f"wh_k{number}"), 2)
        await stores.webhooks.add(endpoint(f"wh_r{number}", request_id="r1"), 2)
    for changes in ({}, {"request_id": "r1"}):
        with pytest.raises(ApiError) as refused:
            await stores.webhooks.add(endpoint("wh_more", **changes), 2)
        assert refused.value.kind is RESOURCE_EXHAUSTED
    await stores.webhooks.add(endpoint("wh_other", key_id="key2"), 2)
    assert await stores.webhooks.remove(TEAM, "wh_k0")
    await stores.webhooks.add(endpoint("wh_again"), 2)


async def test_a_result_that_was_sent_elsewhere_is_marked(stores: Stores) -> None:
    await stores.add()
    await stores.done("r1", upload_url="https://bucket.example/?secret")
    (told,) = await stores.log()
    assert told.sent_elsewhere


async def test_what_a_scope_sees(stores: Stores) -> None:
    await stores.add("wh_1")
    await stores.add("wh_2", key_id="key2", created_at=NOW + 1)
    await stores.add("wh_3", team_id="other")
    await stores.done("r1")
    (told,) = await stores.log("wh_1")
    mine, foreign = Scope(team_id="team", key_id="key2"), Scope(team_id="other")
    assert [one.id for one in (await stores.webhooks.page(TEAM, 10, None))[0]] == ["wh_2", "wh_1"]
    assert [one.id for one in (await stores.webhooks.page(mine, 10, None))[0]] == ["wh_2"]
    for scope in (mine, foreign):
        assert await stores.webhooks.get(scope, "wh_1") is None
        assert await stores.webhooks.rotate(scope, "wh_1", NOW) is None
        assert await stores.webhooks.enable(scope, "wh_1") is None
        assert await stores.webhooks.resend(scope, told.id, NOW) is None
        assert not await stores.webhooks.remove(scope, "wh_1")
    assert await stores.webhooks.get(TEAM, "wh_1") == endpoint("wh_1")


async def test_pages(stores: Stores) -> None:
    for number in range(5):
        await stores.add(f"wh_{number}", created_at=NOW + number // 2)
        await stores.done(f"r{number}", now=NOW + number // 2)
    listed, after = [], None
    while True:
        page, more = await stores.webhooks.page(TEAM, 2, after)
        listed += [one.id for one in page]
        if not more:
            break
        after = (page[-1].created_at, page[-1].id)
    assert listed == ["wh_4", "wh_3", "wh_2", "wh_1", "wh_0"]
    page, more = await stores.webhooks.log("wh_0", 3, None)
    rest, _ = await stores.webhooks.log("wh_0", 3, (page[-1].created_at, page[-1].id))
    assert more and len(page) == 3 and len(rest) == 2
    assert {one.request_id for one in (*page, *rest)} == {f"r{number}" for number in range(5)}


async def test_a_claim_is_exclusive_and_comes_due_again(stores: Stores) -> None:
    await stores.add()
    await stores.done("r1")
    assert await stores.outbox.due(NOW + 0.5, 10) == []
    parcel = await stores.parcel()
    assert (parcel.delivery.attempts, parcel.webhook.url) == (1, "https://wh_1.example/hook")
    assert await stores.outbox.due(NOW + 1, 10) == []
    assert await stores.outbox.claim([parcel.delivery.id], "other", NOW + 1, LEASE) == []
    again = await stores.parcel(NOW + 1 + LEASE, "other")
    assert (again.delivery.id, again.delivery.attempts) == (parcel.delivery.id, 2)
    assert not await stores.outbox.settle(parcel, Outcome(state="delivered", at=NOW + 40, status=200))
    assert await stores.outbox.settle(again, Outcome(state="delivered", at=NOW + 41, status=204))
    (told,) = await stores.log()
    assert (told.state, told.status, told.ended_at, told.next_attempt_at) == ("delivered", 204, NOW + 41, None)
    assert await stores.outbox.due(NOW + 10_000, 10) == []


async def test_busy_hosts_and_teams_are_passed_over(stores: Stores) -> None:
    await stores.add("wh_1")
    await stores.add("wh_2", host="slow.example")
    await stores.add("wh_3", team_id="other", key_id="k")
    await stores.done("r1")
    await stores.done("r2", team_id="other", key_id="k", now=NOW + 2)

    async def hosts(**passed: list[str]) -> set[str]:
        return {one.host for one in await stores.outbox.due(NOW + 3, 10, **passed)}

    assert await hosts() == {"wh-1.example", "slow.example", "wh-3.example"}
    assert await hosts(hosts=["slow.example"]) == {"wh-1.example", "wh-3.example"}
    assert await hosts(hosts=["slow.example", "wh-1.example"], teams=["other"]) == set()
    assert await hosts(teams=["team"]) == {"wh-3.example"}
    assert len(await stores.outbox.due(NOW + 3, 2)) == 2


async def test_failures_are_counted_from_the_first_to_the_next_success(stores: Stores) -> None:
    await stores.add()
    await stores.done("r1")
    parcel = await stores.parcel()
    assert await stores.outbox.settle(parcel, later(is_receivers=False))
    webhook = await stores.webhooks.get(TEAM, "wh_1")
    assert webhook is not None and webhook.failing_since is None
    for at in (NOW + 6, NOW + 30):
        assert await stores.outbox.settle(await stores.parcel(at), later(at + 20, at=at))
        webhook = await stores.webhooks.get(TEAM, "wh_1")
        assert webhook is not None and webhook.failing_since == NOW + 6
    (told,) = await stores.log()
    assert (told.state, told.status, told.reason, told.attempts) == ("pending", 500, "no", 3)
    parcel = await stores.parcel(NOW + 50)
    assert parcel.webhook.failing_since == NOW + 6
    assert await stores.outbox.settle(parcel, Outcome(state="delivered", at=NOW + 51, status=200))
    webhook = await stores.webhooks.get(TEAM, "wh_1")
    assert webhook is not None and webhook.failing_since is None


async def test_disabling_fails_what_is_pending_and_enabling_begins_anew(stores: Stores) -> None:
    await stores.add()
    await stores.done("r1")
    parcel = await stores.parcel()
    await stores.done("r2", now=NOW + 2)
    gone = Outcome(state="failed", at=NOW + 3, status=410, reason="gone", disable="gone")
    assert await stores.outbox.settle(parcel, gone)
    webhook = await stores.webhooks.get(TEAM, "wh_1")
    assert webhook is not None and (webhook.disabled_at, webhook.disabled_reason) == (NOW + 3, "gone")
    log = await stores.log()
    assert [(one.state, one.reason, one.ended_at) for one in log] == [("failed", "gone", NOW + 3)] * 2
    assert await stores.outbox.due(NOW + 100, 10) == []
    await stores.done("r3")
    assert len(await stores.log()) == 2
    with pytest.raises(ApiError, match="disabled"):
        await stores.webhooks.resend(TEAM, log[0].id, NOW + 4)
    enabled = await stores.webhooks.enable(TEAM, "wh_1")
    assert enabled is not None and (enabled.disabled_at, enabled.failing_since) == (None, None)
    await stores.done("r4")
    assert len(await stores.log()) == 3
    again = await stores.webhooks.resend(TEAM, log[0].id, NOW + 9)
    assert again is not None
    assert (again.state, again.attempts, again.due_since, again.next_attempt_at) == ("pending", 0, NOW + 9, NOW + 9)
    assert (again.event_id, again.ended_at) == (log[0].event_id, None)


async def test_resending_what_waits_makes_it_due_and_leaves_an_attempt_alone(stores: Stores) -> None:
    await stores.add()
    await stores.done("r1")
    parcel = await stores.parcel()
    during = await stores.webhooks.resend(TEAM, parcel.delivery.id, NOW + 2)
    assert during is not None and during.next_attempt_at == NOW + 1 + LEASE
    assert await stores.outbox.settle(parcel, later(NOW + 600))
    now = await stores.webhooks.resend(TEAM, parcel.delivery.id, NOW + 3)
    assert now is not None and (now.next_attempt_at, now.attempts, now.due_since) == (NOW + 3, 1, NOW + 1)


async def test_what_was_given_back_is_not_counted(stores: Stores) -> None:
    await stores.add()
    await stores.done("r1")
    await stores.outbox.release(await stores.parcel(), NOW + 2)
    parcel = await stores.parcel(NOW + 2)
    assert parcel.delivery.attempts == 1
    assert await stores.outbox.recover("there:", NOW + 3) == 0
    assert await stores.outbox.recover("here:", NOW + 3) == 1
    assert (await stores.parcel(NOW + 3)).delivery.attempts == 2
    assert not await stores.outbox.settle(parcel, later())


async def test_a_removed_endpoint_is_told_nothing_and_leaves_nothing(stores: Stores) -> None:
    await stores.add()
    await stores.done("r1")
    await stores.done("r2")
    (told, _) = await stores.log()
    assert await stores.webhooks.remove(TEAM, "wh_1")
    assert not await stores.webhooks.remove(TEAM, "wh_1")
    assert await stores.webhooks.resend(TEAM, told.id, NOW + 2) is None
    assert await stores.outbox.claim([told.id], WORKER, NOW + 2, LEASE) == []
    await stores.done("r3")
    while await stores.outbox.purge(NOW, 1):
        pass
    assert await stores.log() == []
    assert (await stores.webhooks.page(Scope(team_id=""), 10, None))[0] == []


async def test_the_log_is_purged_in_portions(stores: Stores) -> None:
    await stores.add()
    for number in range(3):
        await stores.done(f"r{number}")
        outcome = Outcome(state="delivered", at=NOW + number, status=200)
        assert await stores.outbox.settle(await stores.parcel(), outcome)
    await stores.done("r9")
    assert await stores.outbox.purge(NOW + 1, 1) == 1
    assert await stores.outbox.purge(NOW + 1, 10) == 1
    assert await stores.outbox.purge(NOW + 1, 10) == 0
    assert await stores.told() == [("request.done", "r2"), ("request.done", "r9")]


async def test_an_endpoint_ends_with_its_request(stores: Stores) -> None:
    await stores.done("r1")
    await stores.add(request_id="r1")
    await stores.add("wh_key")
    assert await stores.outbox.settle(await stores.parcel(), Outcome(state="delivered", at=NOW + 2, status=200))
    assert await stores.outbox.purge(NOW, 10) == 0
    assert await stores.requests.purge(NOW + 10, 10) == 1
    while await stores.outbox.purge(NOW + 10, 10):
        pass
    assert [one.id for one in (await stores.webhooks.page(TEAM, 10, None))[0]] == ["wh_key"]


async def test_a_test_event_is_not_doubled(stores: Stores) -> None:
    await stores.add()

    def event(name: str, webhook_id: str = "wh_1") -> Delivery:
        return Delivery(
            id=f"whd_{name}",
            webhook_id=webhook_id,
            team_id="team",
            event_id=f"msg_{name}",
            type="webhook.test",
            occurred_at=NOW,
            created_at=NOW,
            due_since=NOW,
            next_attempt_at=NOW,
        )

    assert await stores.webhooks.post_test(event("a")) == event("a")
    assert await stores.webhooks.post_test(event("b")) == event("a")
    assert await stores.outbox.settle(await stores.parcel(), Outcome(state="delivered", at=NOW + 2, status=200))
    assert (await stores.webhooks.post_test(event("c"))).id == "whd_c"
    with pytest.raises(ApiError):
        await stores.webhooks.post_test(event("d", "wh_9"))


async def test_a_rotation_moves_the_generation(stores: Stores) -> None:
    await stores.add()
    first = await stores.webhooks.rotate(TEAM, "wh_1", NOW + 1)
    second = await stores.webhooks.rotate(TEAM, "wh_1", NOW + 2)
    assert first is not None and second is not None
    assert [(one.generation, one.rotated_at) for one in (first, second)] == [(2, NOW + 1), (3, NOW + 2)]


def statements() -> list[tuple[str, Statement]]:
    modules = (announcements, webhooks, outbox)
    found = [(f"{module.__name__}.{name}", value) for module in modules for name, value in vars(module).items()]
    return [(name, value) for name, value in found if isinstance(value, Statement)]


@pytest.mark.parametrize(("name", "statement"), statements())
def test_every_statement_is_written_for_both_databases(name: str, statement: Statement) -> None:
    lists = {one: ["a"] for one in statement._lists}
    for dialect in ("sqlite", "postgresql"):
        rendered, _ = statement.render(dialect, lists)  # type: ignore[arg-type]
        assert rendered.sql
        assert ("FOR UPDATE" in rendered.sql) == (dialect == "postgresql" and name.endswith("._REQUEST"))


@pytest.mark.parametrize("listeners", [0, 1])
async def test_the_end_of_a_request_costs_one_look_up_where_nobody_listens(tmp_path: Path, listeners: int) -> None:
    path = tmp_path / "imagined.db"
    migrate(path)
    database = SqliteDatabase(path)
    stores = Stores(SqlRequestStore(database), SqlWebhookStore(database), SqlOutbox(database))
    if listeners:
        await stores.add()
    claim = await stores.run("r1")

    class Counting:
        def __init__(self, inner: Transaction) -> None:
            self.inner, self.calls = inner, 0

        async def all(self, statement: Statement, /, **parameters: Any) -> Any:
            self.calls += 1
            return await self.inner.all(statement, **parameters)

        async def run(self, statement: Statement, /, **parameters: Any) -> int:
            self.calls += 1
            return await self.inner.run(statement, **parameters)

    async def work(tx: Transaction) -> tuple[int, list[str]]:
        counting: Any = Counting(tx)
        await announcements.announce(counting, claim.request_id, NOW)
        rendered, values = announcements._LISTENERS.render("sqlite", {"ended": claim.request_id})
        plan = Statement(text(f"EXPLAIN QUERY PLAN {rendered.sql}"))
        return counting.calls, [row["detail"] for row in await tx.all(plan, **values)]

    calls, plan = await database.write(work)
    assert calls == 1
    assert [step.split(" (")[0].split(" USING ")[1] for step in plan] == [
        "INDEX sqlite_autoindex_requests_1",
        "INDEX webhooks_by_subject",
    ]
    await database.close()


async def test_choosing_what_is_due_reads_one_index(tmp_path: Path) -> None:
    path = tmp_path / "imagined.db"
    migrate(path)
    database = SqliteDatabase(path)
    for lists in ({"hosts": [""], "teams": [""]}, {"hosts": ["a", "b"], "teams": ["t"]}):
        rendered, values = outbox._DUE.render("sqlite", {"now": NOW, "count": 64, **lists})
        plan = Statement(text(f"EXPLAIN QUERY PLAN {rendered.sql}"))
        steps = [row["detail"] for row in await database.read(lambda tx: tx.all(plan, **values))]  # noqa: B023
        assert steps == ["SEARCH webhook_deliveries USING COVERING INDEX webhook_deliveries_due (next_attempt_at<?)"]
    await database.close()
