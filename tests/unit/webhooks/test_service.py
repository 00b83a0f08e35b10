"""The service: who may see, change and be told what."""

import msgspec
import pytest

from imagined.access.permissions import acls
from imagined.contract import errors
from imagined.contract.errors import ApiError
from imagined.webhooks.signing import KEY_FILE, KEY_MISSING
from tests.contract.test_request_store import new
from tests.unit.webhooks.house import CALLER, COLLEAGUE, STRANGER, House

URL = "https://hooks.example/a"


async def test_an_endpoint_of_a_key_and_one_of_a_request(house: House) -> None:
    await house.requests.accept(new("r1"))
    of_key = await house.service.create(CALLER, URL, description="all")
    of_request = await house.service.create(CALLER, URL, request_id="r1", events=["request.failed"])
    assert of_key.webhook.id.startswith("wh_") and of_key.secret.startswith("whsec_")
    assert of_key.secret != of_request.secret
    page = await house.service.list_webhooks(CALLER)
    assert {one.id for one in page.webhooks} == {of_key.webhook.id, of_request.webhook.id}
    assert await house.service.get(CALLER, of_key.webhook.id) == of_key.webhook
    assert of_request.webhook.events == ("request.failed",)


async def test_a_team_without_the_object_gets_404(house: House) -> None:
    made = await house.service.create(CALLER, URL)
    delivery = await house.service.test(CALLER, made.webhook.id)
    calls = [
        house.service.get(STRANGER, made.webhook.id),
        house.service.delete(STRANGER, made.webhook.id),
        house.service.rotate(STRANGER, made.webhook.id),
        house.service.enable(STRANGER, made.webhook.id),
        house.service.test(STRANGER, made.webhook.id),
        house.service.deliveries(STRANGER, made.webhook.id),
        house.service.resend(STRANGER, delivery.id),
        house.service.get(CALLER, "wh_unknown"),
        house.service.resend(CALLER, "whd_unknown"),
    ]
    for call in calls:
        with pytest.raises(ApiError) as refused:
            await call
        assert refused.value.kind is errors.NOT_FOUND
    assert (await house.service.list_webhooks(STRANGER)).webhooks == []


async def test_a_key_for_everything_manages_its_team_and_a_limited_one_its_own(house: House) -> None:
    narrow = msgspec.structs.replace(CALLER, key_id="narrow", acls=acls(endpoints=("files",)))
    first = await house.service.create(CALLER, URL)
    own = await house.service.create(narrow, URL)
    assert (await house.service.get(COLLEAGUE, first.webhook.id)).key_id == "key"
    assert [one.id for one in (await house.service.list_webhooks(narrow)).webhooks] == [own.webhook.id]
    with pytest.raises(ApiError) as refused:
        await house.service.rotate(narrow, first.webhook.id)
    assert refused.value.kind is errors.NOT_FOUND
    await house.service.delete(COLLEAGUE, own.webhook.id)


async def test_a_request_is_told_only_where_its_result_could_be_read(house: House) -> None:
    await house.requests.accept(new("r1"))
    await house.requests.accept(new("r2", operation="edit_video"))
    pictures = msgspec.structs.replace(CALLER, key_id="narrow", acls=acls(endpoints=("image",)))
    await house.service.create(pictures, URL, request_id="r1")
    with pytest.raises(ApiError) as refused:
        await house.service.create(pictures, URL, request_id="r2")
    assert refused.value.kind is errors.PERMISSION_DENIED
    for caller in (CALLER, STRANGER):
        with pytest.raises(ApiError) as refused:
            await house.service.create(caller, URL, request_id="r9" if caller is CALLER else "r1")
        assert refused.value.kind is errors.NOT_FOUND


async def test_a_refused_endpoint_makes_no_key(house: House) -> None:
    for fields in ({"url": "https://me@hooks.example/"}, {"url": URL, "events": []}, {"url": URL, "request_id": "r9"}):
        with pytest.raises(ApiError):
            await house.service.create(CALLER, **fields)  # type: ignore[arg-type]
    assert house.secrets._path.name == KEY_FILE and not house.secrets._path.exists()


async def test_a_damaged_key_is_said(house: House) -> None:
    house.secrets._path.write_text("damaged")
    with pytest.raises(ApiError) as refused:
        await house.service.create(CALLER, URL)
    assert (refused.value.kind, refused.value.message) == (errors.INTERNAL, KEY_MISSING)
    assert (await house.service.list_webhooks(CALLER)).webhooks == []


async def test_too_many(house: House) -> None:
    for _ in range(3):
        await house.service.create(CALLER, URL)
    with pytest.raises(ApiError, match="There are 3 webhooks for this key already"):
        await house.service.create(CALLER, URL)
    await house.service.create(COLLEAGUE, URL)


async def test_pages_and_their_tokens(house: House) -> None:
    made = [await house.service.create(CALLER, URL) for _ in range(3)]
    first = await house.service.list_webhooks(CALLER, 2)
    second = await house.service.list_webhooks(CALLER, 2, first.next_token)
    listed = {one.id for one in (*first.webhooks, *second.webhooks)}
    assert listed == {one.webhook.id for one in made} and second.next_token is None
    for limit in (0, 101, -1):
        with pytest.raises(ApiError, match="limit: must be an integer from 1 to 100"):
            await house.service.list_webhooks(CALLER, limit)
    for token in ("%%%", first.next_token):
        with pytest.raises(ApiError, match="pagination_token"):
            await house.service.deliveries(CALLER, made[0].webhook.id, token=token)


async def test_a_test_event(house: House) -> None:
    made = await house.service.create(CALLER, URL, events=["request.failed"])
    delivery = await house.service.test(CALLER, made.webhook.id)
    assert (await house.outcome()).state == "delivered"
    (post,) = house.receivers.posts
    assert post.event["type"] == "webhook.test" and post.event["data"] == {"webhook_id": made.webhook.id}
    assert post.headers["webhook-id"] == delivery.event_id
    (told,) = await house.log(made.webhook.id)
    assert (told.id, told.state) == (delivery.id, "delivered")


async def test_a_disabled_endpoint_is_not_tested(house: House) -> None:
    made = await house.service.create(CALLER, URL)
    house.store._change(made.webhook.id, disabled_at=1.0, disabled_reason="gone")
    with pytest.raises(ApiError) as refused:
        await house.service.test(CALLER, made.webhook.id)
    assert refused.value.kind is errors.FAILED_PRECONDITION


async def test_a_rotation_shows_a_new_secret(house: House) -> None:
    made = await house.service.create(CALLER, URL)
    rotated = await house.service.rotate(CALLER, made.webhook.id)
    assert rotated.secret != made.secret
    assert (rotated.webhook.generation, rotated.webhook.rotated_at) == (2, house.clock.now())
