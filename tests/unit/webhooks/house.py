"""Webhooks over stores in memory: a clock that stands still, and receivers that answer from a list."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from imagined.contract.access import Caller
from imagined.imagine.ports import FetchError, PostAnswer
from imagined.rest_api.webhook_messages import payload
from imagined.testing.environment import ManualClock, SeededIds
from imagined.testing.memory_files import MemoryFileStore
from imagined.testing.memory_requests import MemoryRequestStore
from imagined.testing.memory_webhooks import MemoryWebhookStore
from imagined.webhooks.deliverer import Deliverer, DelivererSettings
from imagined.webhooks.ports import Delivery, Outcome, Parcel
from imagined.webhooks.service import WebhookService
from imagined.webhooks.signing import KEY_FILE, Secrets
from tests.contract.test_request_store import ENGINES, LEASE, completion, new

BASE = "http://127.0.0.1:8080"
CALLER = Caller(team_id="team", key_id="key", name="tests", redacted_key="")
COLLEAGUE = msgspec.structs.replace(CALLER, key_id="key2")
STRANGER = Caller(team_id="other", key_id="key3", name="tests", redacted_key="")


class Post(msgspec.Struct):
    """One attempt as a receiver saw it."""

    url: str
    body: bytes
    headers: Mapping[str, str]

    @property
    def event(self) -> Any:
        return msgspec.json.decode(self.body)


class Receivers:
    """`Poster` that answers from a list; an URL with ``hangs`` in it answers when it is released."""

    def __init__(self) -> None:
        self.posts: list[Post] = []
        self.answers: list[PostAnswer | Exception] = []
        """200 once they are used up."""
        self.release = asyncio.Event()
        self.open: defaultdict[str, int] = defaultdict(int)
        self.most_open: defaultdict[str, int] = defaultdict(int)
        self.arrived: asyncio.Queue[Post] = asyncio.Queue()

    async def post(self, url: str, body: bytes, headers: Mapping[str, str], *, deadline_s: float) -> PostAnswer:
        post = Post(url, body, headers)
        self.posts.append(post)
        self.arrived.put_nowait(post)
        self.open[url] += 1
        self.most_open[url] = max(self.most_open[url], self.open[url])
        try:
            if "hangs" in url:
                await self.release.wait()
                raise FetchError(f"not done within {deadline_s:g} s", is_transient=True)
            answer = self.answers.pop(0) if self.answers else PostAnswer(200)
            if isinstance(answer, Exception):
                raise answer
            return answer
        finally:
            self.open[url] -= 1


class Watched(MemoryWebhookStore):
    """Says when an attempt has been written down."""

    def __init__(self, requests: MemoryRequestStore) -> None:
        super().__init__(requests)
        self.settled: asyncio.Queue[Outcome] = asyncio.Queue()

    async def settle(self, parcel: Parcel, outcome: Outcome) -> bool:
        done = await super().settle(parcel, outcome)
        self.settled.put_nowait(outcome)
        return done


class House:
    """Everything, wired as the server wires it."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        self.clock, self.ids = ManualClock(), SeededIds()
        self.requests = MemoryRequestStore(MemoryFileStore())
        self.store = Watched(self.requests)
        self.secrets = Secrets(folder / KEY_FILE)
        self.receivers = Receivers()
        self.base_url = BASE
        self.settings = DelivererSettings(poll_s=0.01, **settings)
        self.deliverer = self.another()
        self.service = WebhookService(
            self.store, self.secrets, self.clock, self.ids, per_key=3, wake=lambda: self.deliverer.wake()
        )

    def another(self) -> Deliverer:
        """One more server on the same stores."""
        return Deliverer(
            self.store,
            self.requests,
            self.receivers,
            self.secrets,
            payload,
            lambda: self.base_url,
            self.clock,
            self.ids,
            worker="here",
            settings=self.settings,
        )

    async def done(self, request_id: str, **changes: Any) -> None:
        """A request that runs and finishes now."""
        await self.requests.accept(new(request_id, **changes))
        claim = await self.requests.claim("here:1", ENGINES, self.clock.now(), LEASE)
        assert claim is not None
        await self.requests.finish(claim, self.clock.now(), completion(request_id, token=request_id))

    async def outcome(self) -> Outcome:
        """The next attempt that is written down."""
        async with asyncio.timeout(10):
            return await self.store.settled.get()

    async def log(self, webhook_id: str) -> list[Delivery]:
        return list((await self.service.deliveries(CALLER, webhook_id)).deliveries)
