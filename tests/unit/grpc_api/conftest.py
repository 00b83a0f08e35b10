"""A real server on a free port over fakes, and the official SDK's client for it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import grpc
import pytest
import xai_sdk

from imagined.grpc_api.server import build_grpc_server
from imagined.grpc_api.servicers import GrpcServices
from imagined.imagine.pricing import PUBLISHED
from tests.support.batches import BatchHouse
from tests.support.fake_services import (
    KEY,
    FakeAuthenticator,
    FakeBlobs,
    FakeFiles,
    FakeImagine,
    catalogue,
    keyed_calls,
)

METADATA = (("authorization", f"Bearer {KEY}"),)
UPLOAD_LIMIT = 10 * 1024 * 1024


@dataclass
class Rpc:
    """A running server and the fakes behind it."""

    imagine: FakeImagine
    files: FakeFiles
    blobs: FakeBlobs
    authenticator: FakeAuthenticator
    house: BatchHouse
    address: str = ""

    def sdk(self, key: str = KEY, *, insecure: bool = False) -> xai_sdk.AsyncClient:
        return xai_sdk.AsyncClient(api_key=key, api_host=self.address, use_insecure_channel=insecure)

    def channel(self) -> grpc.aio.Channel:
        return grpc.aio.insecure_channel(self.address)


@pytest.fixture
async def rpc() -> AsyncIterator[Rpc]:
    rpc = Rpc(FakeImagine(), FakeFiles(), FakeBlobs(), FakeAuthenticator(), BatchHouse())
    services = GrpcServices(
        imagine=rpc.imagine,  # type: ignore[arg-type]
        batches=rpc.house.service,
        files=rpc.files,  # type: ignore[arg-type]
        blobs=rpc.blobs,  # type: ignore[arg-type]
        catalogue=catalogue(),
        prices=PUBLISHED,
        upload_bytes=UPLOAD_LIMIT,
    )
    server = build_grpc_server(services, rpc.authenticator, keyed_calls())
    rpc.address = f"localhost:{server.add_insecure_port('localhost:0')}"
    await server.start()
    yield rpc
    await server.stop(0)


@pytest.fixture
async def sdk(rpc: Rpc) -> AsyncIterator[xai_sdk.AsyncClient]:
    async with rpc.sdk() as client:
        yield client
