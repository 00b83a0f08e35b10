"""The application over fakes, and a client for it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette

from imagined.imagine.following import Follower
from imagined.imagine.pricing import PUBLISHED
from imagined.imagine.usage import UsageService
from imagined.jobs.events import RequestEvents
from imagined.rest_api.app import build_rest_app, streamed_file
from imagined.rest_api.services import RestLimits, RestServices
from imagined.testing.memory_webhooks import MemoryWebhookStore
from imagined.webhooks.service import WebhookService
from imagined.webhooks.signing import KEY_FILE, Secrets
from tests.support.batches import BatchHouse
from tests.support.fake_lineage import FakeLineage, FakeReplays
from tests.support.fake_services import (
    KEY,
    FakeAuthenticator,
    FakeBlobs,
    FakeFiles,
    FakeImagine,
    catalogue,
    keyed_calls,
)


@dataclass
class Rest:
    """The fakes behind an application, and requests to it."""

    imagine: FakeImagine
    files: FakeFiles
    house: BatchHouse
    webhooks: MemoryWebhookStore
    services: RestServices
    ready: bool = True

    def app(self, **changes: Any) -> Starlette:
        return build_rest_app(replace(self.services, **changes))

    def client(self, **changes: Any) -> httpx2.AsyncClient:
        return client_of(self.app(**changes))


def client_of(app: Starlette) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app),
        base_url="http://test",
        headers={"authorization": f"Bearer {KEY}", "accept-encoding": "identity"},
    )


@pytest.fixture
def rest(tmp_path: Path) -> Rest:
    imagine, files, house = FakeImagine(), FakeFiles(), BatchHouse()
    webhooks = MemoryWebhookStore(house.requests)
    rest = Rest(
        imagine,
        files,
        house,
        webhooks,
        RestServices(
            imagine=imagine,  # type: ignore[arg-type]
            batches=house.service,
            files=files,  # type: ignore[arg-type]
            blobs=FakeBlobs(),  # type: ignore[arg-type]
            catalogue=catalogue(),
            follower=Follower(imagine, RequestEvents()),  # type: ignore[arg-type]
            usage=UsageService(house.requests, house.clock),
            webhooks=WebhookService(webhooks, Secrets(tmp_path / KEY_FILE), house.clock, house.ids, per_key=3),
            lineage=FakeLineage(),  # type: ignore[arg-type]
            replays=FakeReplays(),  # type: ignore[arg-type]
            authenticator=FakeAuthenticator(),
            calls=keyed_calls(),
            is_ready=lambda: rest.ready,
            respond_with_file=streamed_file(files),  # type: ignore[arg-type]
            prices=PUBLISHED,
            limits=RestLimits(json_body_bytes=4096, upload_bytes=1000, jsonl_upload_bytes=2000),
        ),
    )
    return rest


@pytest.fixture
async def client(rest: Rest) -> AsyncIterator[httpx2.AsyncClient]:
    async with rest.client() as client:
        yield client
