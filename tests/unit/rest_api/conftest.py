"""The application over fakes, and a client for it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette

from imagined.imagine.pricing import PUBLISHED
from imagined.imagine.usage import UsageService
from imagined.rest_api.app import build_rest_app, streamed_file
from imagined.rest_api.services import RestLimits, RestServices
from tests.support.batches import BatchHouse
from tests.support.fake_lineage import FakeLineage, FakeReplays
from tests.support.fake_services import KEY, FakeAuthenticator, FakeBlobs, FakeFiles, FakeImagine, catalogue


@dataclass
class Rest:
    """The fakes behind an application, and requests to it."""

    imagine: FakeImagine
    files: FakeFiles
    house: BatchHouse
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
def rest() -> Rest:
    imagine, files, house = FakeImagine(), FakeFiles(), BatchHouse()
    rest = Rest(
        imagine,
        files,
        house,
        RestServices(
            imagine=imagine,  # type: ignore[arg-type]
            batches=house.service,
            files=files,  # type: ignore[arg-type]
            blobs=FakeBlobs(),  # type: ignore[arg-type]
            catalogue=catalogue(),
            usage=UsageService(house.requests, house.clock),
            lineage=FakeLineage(),  # type: ignore[arg-type]
            replays=FakeReplays(),  # type: ignore[arg-type]
            authenticator=FakeAuthenticator(),
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
