"""Keys that may not do everything."""

import pytest

from imagined.access.permissions import ENDPOINTS, Endpoint, acls, check_endpoint, check_model
from imagined.access.ports import DEFAULT_ACLS
from imagined.access.service import KeyAuthenticator, KeyService
from imagined.contract import errors
from imagined.contract.access import Caller
from imagined.contract.errors import ApiError
from imagined.engines.cards import builtin_cards
from imagined.imagine.catalogue import Catalogue
from imagined.testing.environment import ManualClock, SeededIds
from imagined.testing.memory_keys import MemoryKeyStore


def caller(*entries: str) -> Caller:
    return Caller(team_id="team", key_id="key", name="tests", redacted_key="", acls=entries)


def test_a_key_without_limits_has_the_default_list() -> None:
    assert acls() == DEFAULT_ACLS
    for endpoint in ENDPOINTS:
        check_endpoint(caller(*acls()), endpoint)
    check_model(caller(*acls()), ["anything"])


@pytest.mark.parametrize("allowed", ENDPOINTS)
def test_a_key_is_limited_to_its_endpoints(allowed: Endpoint) -> None:
    limited = caller(*acls(endpoints=[allowed]))
    check_endpoint(limited, allowed)
    for other in set(ENDPOINTS) - {allowed}:
        with pytest.raises(ApiError) as caught:
            check_endpoint(limited, other)
        assert caught.value.kind is errors.PERMISSION_DENIED
        assert caught.value.message == f"The API key has no permission for the endpoint {other}."


@pytest.mark.parametrize("entries", [(), ("api-key:model:*",), ("nonsense", "api-key:endpoint:"), ("endpoint:*",)])
def test_a_list_that_says_nothing_of_endpoints_allows_none(entries: tuple[str, ...]) -> None:
    with pytest.raises(ApiError):
        check_endpoint(caller(*entries), "files")


def test_a_key_is_limited_to_its_models_by_any_of_their_names() -> None:
    catalogue = Catalogue(
        builtin_cards(), default_image_model="grok-imagine-image-quality", default_video_model="grok-imagine-video"
    )
    limited = caller(*acls(models=["grok-imagine-image-pro", "grok-imagine-video"]))
    for name in ("grok-imagine-image-quality", "grok-imagine-image-pro", None):
        assert catalogue.image_card(limited, name).id == "grok-imagine-image-quality"
    assert catalogue.video_card(limited, "grok-imagine-video").id == "grok-imagine-video"
    for call, name in ((catalogue.image_card, "grok-imagine-image"), (catalogue.video_card, "grok-imagine-video-1.5")):
        with pytest.raises(ApiError) as caught:
            call(limited, name)
        assert caught.value.kind is errors.PERMISSION_DENIED
        assert caught.value.message == f"The API key has no permission for the model {name}."
    with pytest.raises(ApiError) as caught:
        catalogue.image_card(limited, "flux")
    assert caught.value.kind is errors.NOT_FOUND


async def test_limits_are_kept_with_the_key() -> None:
    store = MemoryKeyStore()
    key, _ = await KeyService(ManualClock(), SeededIds(), store=store).create("x", "team", acls(["m"], ["image"]))
    found = await KeyAuthenticator(store, "keys").authenticate(key)
    assert found.acls == ("api-key:model:m", "api-key:endpoint:image")
