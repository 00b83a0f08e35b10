"""The options without which the official SDK runs requests twice, or cannot send a picture."""

from typing import Any

import grpc
import pytest
from xai_sdk.client import _DEFAULT_CHANNEL_OPTIONS

from imagined.grpc_api.server import build_grpc_server
from imagined.grpc_api.servicers import GrpcServices
from tests.support.batches import BatchHouse
from tests.support.fake_services import FakeAuthenticator, FakeBlobs, FakeFiles, FakeImagine, catalogue, keyed_calls


def services() -> GrpcServices:
    return GrpcServices(
        imagine=FakeImagine(),  # type: ignore[arg-type]
        batches=BatchHouse().service,
        files=FakeFiles(),  # type: ignore[arg-type]
        blobs=FakeBlobs(),  # type: ignore[arg-type]
        catalogue=catalogue(),
    )


async def test_the_server_is_built_with_them(monkeypatch: pytest.MonkeyPatch) -> None:
    built: dict[str, Any] = {}
    original = grpc.aio.server

    def server(**arguments: Any) -> Any:
        built.update(arguments)
        return original(**arguments)

    monkeypatch.setattr(grpc.aio, "server", server)
    build_grpc_server(services(), FakeAuthenticator(), keyed_calls())
    sdk = dict(_DEFAULT_CHANNEL_OPTIONS)
    options = dict(built["options"])
    assert options["grpc.keepalive_permit_without_calls"] == 1
    assert options["grpc.http2.max_ping_strikes"] == 0
    assert options["grpc.http2.min_ping_interval_without_data_ms"] < sdk["grpc.keepalive_time_ms"]
    assert options["grpc.max_receive_message_length"] >= sdk["grpc.max_send_message_length"]
    assert options["grpc.max_send_message_length"] == sdk["grpc.max_receive_message_length"]
    assert options["grpc.so_reuseport"] == 0


async def test_a_taken_port_is_not_shared() -> None:
    first, second = (build_grpc_server(services(), FakeAuthenticator(), keyed_calls()) for _ in range(2))
    port = first.add_insecure_port("127.0.0.1:0")
    with pytest.raises(RuntimeError):
        second.add_insecure_port(f"127.0.0.1:{port}")
