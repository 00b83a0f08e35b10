"""Calls that a key may not make."""

from collections.abc import Awaitable, Callable
from typing import Any

import grpc
import msgspec
import pytest
import xai_sdk

from imagined.access.permissions import acls
from imagined.contract.access import Caller
from tests.support.fake_services import CALLER, FILE_ID, REQUEST_ID
from tests.unit.grpc_api.conftest import Rpc

CALLS: dict[str, Callable[[xai_sdk.AsyncClient], Awaitable[Any]]] = {
    "image": lambda sdk: sdk.image.sample("x", "grok-imagine-image"),
    "video": lambda sdk: sdk.video.get(REQUEST_ID),
    "files": lambda sdk: sdk.files.content(FILE_ID),
    "batch": lambda sdk: sdk.batch.list(),
    "models": lambda sdk: sdk.models.list_image_generation_models(),
}


@pytest.mark.parametrize("endpoint", CALLS)
async def test_a_key_limited_to_other_endpoints_is_denied(rpc: Rpc, endpoint: str) -> None:
    def limit(*endpoints: str) -> None:
        async def authenticate(_: str | None) -> Caller:
            return msgspec.structs.replace(CALLER, acls=acls(endpoints=endpoints))

        rpc.authenticator.authenticate = authenticate  # type: ignore[method-assign]

    async with rpc.sdk() as sdk:
        limit(*(name for name in CALLS if name != endpoint))
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await CALLS[endpoint](sdk)
        assert refused.value.code() is grpc.StatusCode.PERMISSION_DENIED
        assert refused.value.details() == f"The API key has no permission for the endpoint {endpoint}."
        assert dict(refused.value.trailing_metadata())["x-request-id"]
        info = await sdk.auth.get_api_key_info()
        assert f"api-key:endpoint:{endpoint}" not in info.acls
