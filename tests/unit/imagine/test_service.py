"""Requests from acceptance to their end, in one process."""

import asyncio
import base64
from pathlib import Path
from typing import Any

import msgspec
import pytest

from imagined.contract import errors
from imagined.contract.errors import ApiError
from imagined.contract.files import StorageOptions
from imagined.contract.receipts import Receipt
from imagined.contract.requests import ImageRequest, Keyframe, MediaSource, VideoRequest
from imagined.contract.tasks import ImageTask, VideoTask
from imagined.files.ports import BlobStoreFull
from imagined.testing.engines import jpeg, mp4
from tests.unit.imagine.house import CALLER, OTHER, RETENTION_S, House

KEPT = StorageOptions(filename="city.jpg", public_url=True)


def inline(data: bytes, content_type: str = "image/jpeg") -> MediaSource:
    return MediaSource(url=f"data:{content_type};base64,{base64.b64encode(data).decode()}")


async def refused(house: House, request: ImageRequest | VideoRequest) -> ApiError:
    """The refusal at acceptance; nothing was queued."""
    start: Any = house.service.start_image if isinstance(request, ImageRequest) else house.service.start_video
    with pytest.raises(ApiError) as caught:
        await start(CALLER, request)
    assert await house.store.claim("w", ("illustrator",), house.clock.now(), 1) is None
    return caught.value


async def test_pictures_are_made_and_kept_apart(house: House) -> None:
    view = await house.image("draw", n=3)
    assert (view.state, view.progress, view.model) == ("done", 100, "grok-imagine-image-quality")
    assert len({item.sha256 for item in view.outputs}) == 3
    assert len({item.url for item in view.outputs}) == 3
    for item in view.outputs:
        assert item.url.startswith("http://127.0.0.1:8080/ephemeral/") and item.url.endswith(".jpeg")
        assert (item.content_type, item.width, item.height) == ("image/jpeg", 1024, 1024)
        assert len(house.data(item.sha256)) == item.size
        assert item.file_output is None and item.storage_error is None
    assert view.cost_in_usd_ticks == 3 * 500_000_000


async def test_a_stored_result_is_a_file_with_a_public_url(house: House) -> None:
    view = await house.image("draw", n=2, storage=KEPT)
    files = [item.file_output for item in view.outputs]
    assert len({file.file_id for file in files if file}) == 2
    for item, output in zip(view.outputs, files, strict=True):
        assert output is not None and output.filename == "city.jpg" and output.public_url is not None
        file = await house.files.get(CALLER.team_id, output.file_id)
        assert (file.sha256, file.content_type) == (item.sha256, "image/jpeg")


async def test_a_file_feeds_an_edit_and_a_video_with_its_receipt(house: House) -> None:
    city = (await house.image("a city", storage=KEPT)).outputs[0].file_output
    assert city is not None
    edit = (await house.image("neon", image=MediaSource(file_id=city.file_id), storage=KEPT)).outputs[0].file_output
    assert edit is not None
    view = await house.video("pull back", image=MediaSource(file_id=edit.file_id), duration=5)
    assert view.state == "done" and view.outputs[0].content_type == "video/mp4"
    assert view.outputs[0].url.endswith(".mp4")
    task = house.pool.tasks[-1]
    assert isinstance(task, VideoTask)
    (source,) = task.inputs
    assert (source.role, source.content_type) == ("first_frame", "image/jpeg")
    assert source.receipt is not None and source.receipt["prompt"] == "neon"
    _, receipt = await house.lineage.receipt(CALLER, edit.file_id)
    parents = [(parent.role, parent.origin, parent.file_id) for parent in receipt.parents]
    assert parents == [("image", "file", city.file_id)]
    assert receipt.operation == "edit_image" and receipt.attempt == 1 and receipt.seed == task_seed(house, 1)
    assert receipt.made == source.receipt


def task_seed(house: House, index: int) -> int:
    return int(house.pool.tasks[index].seed)


async def test_our_own_urls_are_inputs_and_are_not_fetched(house: House) -> None:
    item = (await house.image("a city", storage=KEPT)).outputs[0]
    assert item.file_output is not None and item.file_output.public_url is not None
    localhost = item.url.replace("127.0.0.1", "localhost")
    for url in (item.url, item.file_output.public_url, localhost):
        view = await house.image("neon", image=MediaSource(url=url))
        assert view.state == "done", view
        receipt = house.pool.tasks[-1].inputs[0].receipt
        assert receipt is not None and receipt["prompt"] == "a city"
    assert house.fetcher.asked == []


async def test_a_revoked_or_expired_own_url_is_no_input(house: House) -> None:
    item = (await house.image("a city", storage=KEPT)).outputs[0]
    assert item.file_output is not None and item.file_output.public_url is not None
    await house.files.revoke_public_url(CALLER.team_id, item.file_output.file_id)
    view = await house.image("neon", image=MediaSource(url=item.file_output.public_url))
    assert view.error is not None and view.error.message == "Unable to download provided image_url"
    house.clock.advance(RETENTION_S)
    view = await house.image("neon", image=MediaSource(url=item.url))
    assert view.error is not None and view.error.message == "Unable to download provided image_url"


async def test_remote_and_inline_inputs_are_mixed_in_order(house: House) -> None:
    house.fetcher.bodies["https://example.com/a.png"] = jpeg(30, 20)
    stored = await house.upload(jpeg(10, 10))
    sources = (MediaSource(url="https://example.com/a.png"), inline(jpeg(50, 40)), MediaSource(file_id=stored.id))
    contents = []

    class Reading(type(house.pool._engine)):  # type: ignore[name-defined,misc]
        def edit_image(self, task: ImageTask) -> Any:
            contents.extend(Path(source.path).read_bytes() for source in task.inputs)
            return super().edit_image(task)

    house.pool._engine = Reading()
    view = await house.image("mix", images=sources)
    assert view.state == "done"
    assert contents == [jpeg(30, 20), jpeg(50, 40), jpeg(10, 10)]


async def test_files_are_checked_before_anything_is_queued(house: House) -> None:
    text = await house.upload(b"just words", "a.txt")
    stub = await house.upload(b"\xff\xd8\xff", "a.jpg")
    clip = await house.upload(mp4(3.0), "a.mp4")
    theirs = await house.upload(jpeg(8, 8), "b.jpg", OTHER)
    huge = await house.upload(jpeg(4000, 4000), "c.jpg")

    for file_id in ("file_unknown", theirs.id):
        error = await refused(house, ImageRequest(prompt="x", image=MediaSource(file_id=file_id)))
        assert (error.kind, error.message) == (errors.NOT_FOUND, f"File not found: {file_id}")
        error = await refused(house, VideoRequest(operation="generate_video", image=MediaSource(file_id=file_id)))
        assert error.kind is errors.NOT_FOUND
    for file in (text, stub, clip):
        error = await refused(house, ImageRequest(prompt="x", images=(MediaSource(file_id=file.id),)))
        assert error.kind is errors.INVALID_ARGUMENT
        assert error.message.startswith(f"File {file.id} is not a supported image.")
    error = await refused(house, ImageRequest(prompt="x", image=MediaSource(file_id=huge.id)))
    assert "too large" in error.message
    for file in (text, stub):
        request = VideoRequest(operation="edit_video", prompt="x", video=MediaSource(file_id=file.id))
        assert "is not a supported video" in (await refused(house, request)).message


async def test_data_urls_of_pictures_are_checked_at_once(house: House) -> None:
    for source in (inline(b"\xff\xd8\xff"), inline(b"words"), inline(mp4(1.0))):
        assert "not a supported image" in (await refused(house, ImageRequest(prompt="x", image=source))).message
    for url in ("data:image/jpeg;base64,!!!", "data:image/jpeg,abc", "data:"):
        error = await refused(house, ImageRequest(prompt="x", image=MediaSource(url=url)))
        assert error.message == "Unable to download provided image_url"


@pytest.mark.parametrize("url", ["http://10.0.0.1/a.jpg", "not a url", "http://127.0.0.1:8080/v1/models", "ftp://x/y"])
async def test_a_bad_url_fails_the_request_with_one_sentence(house: House, url: str) -> None:
    view = await house.image("x", image=MediaSource(url=url))
    assert view.error is not None
    assert (view.error.code, view.error.message) == ("invalid_argument", "Unable to download provided image_url")
    view = await house.video("x", "edit_video", video=MediaSource(url=url))
    assert view.error is not None and view.error.message == "Unable to download provided video_url"


async def test_a_fetched_text_is_no_picture(house: House) -> None:
    house.fetcher.bodies["https://example.com/"] = b"<html>"
    view = await house.image("x", image=MediaSource(url="https://example.com/"))
    assert view.error is not None and "not a supported image" in view.error.message


@pytest.mark.parametrize(
    ("operation", "seconds", "works"),
    [
        ("edit_video", 8.7, True),
        ("edit_video", 9.0, False),
        ("extend_video", 1.0, False),
        ("extend_video", 2.04, True),
        ("extend_video", 30.0, True),
        ("extend_video", 31.0, False),
    ],
)
async def test_clips_of_the_wrong_length_fail_the_job(
    house: House, operation: str, seconds: float, works: bool
) -> None:
    file = await house.upload(mp4(seconds), "a.mp4")
    view = await house.video("x", operation, video=MediaSource(file_id=file.id))
    assert (view.state == "done") == works
    if not works:
        assert view.error is not None and view.error.code == "invalid_argument" and "long" in view.error.message


async def test_edits_and_extensions_are_charged_for_what_goes_in_and_out(house: House) -> None:
    file = await house.upload(mp4(6.04), "a.mp4")
    view = await house.video("x", "extend_video", video=MediaSource(file_id=file.id), duration=5)
    assert view.cost_in_usd_ticks == 6 * 100_000_000 + 5 * 700_000_000


async def test_unknown_models_and_models_of_the_other_kind(house: House) -> None:
    error = await refused(house, ImageRequest(prompt="x", model="dall-e-3"))
    assert error.kind is errors.NOT_FOUND
    assert error.message.startswith("The model dall-e-3 does not exist or your team team does not have access to it.")
    assert (await refused(house, ImageRequest(prompt="x", model="grok-imagine-video"))).kind is errors.INVALID_ARGUMENT
    wrong = VideoRequest(operation="generate_video", prompt="x", model="grok-imagine-image")
    assert (await refused(house, wrong)).kind is errors.INVALID_ARGUMENT


async def test_an_alias_is_answered_by_the_model_it_means(house: House) -> None:
    assert (await house.image("x", model="grok-imagine-image-pro")).model == "grok-imagine-image-quality"
    view = await house.video("x", model="grok-imagine-video-1.5-preview")
    assert view.model == "grok-imagine-video-1.5"


async def test_requests_of_other_teams_do_not_exist(house: House) -> None:
    request_id = await house.service.start_image(CALLER, ImageRequest(prompt="x"))
    for call in (house.service.get, house.service.wait, house.service.cancel):
        with pytest.raises(ApiError) as caught:
            await call(OTHER, request_id)
        assert caught.value.kind is errors.NOT_FOUND
    with pytest.raises(ApiError):
        await house.service.get(CALLER, "no-such-id")


async def test_progress_rises_from_the_engines_own_steps(house: House) -> None:
    request_id = await house.service.start_image(CALLER, ImageRequest(prompt="slow 0.5"))
    seen = []
    while (view := await house.service.get(CALLER, request_id)).state in ("queued", "running"):
        seen.append(view.progress)
        await asyncio.sleep(0.01)
    assert seen == sorted(seen)
    assert len(set(seen)) > 3
    assert max(seen) < 100 and view.progress == 100


async def test_an_engines_refusal_is_told_and_not_tried_again(house: House) -> None:
    view = await house.image("refuse There is no such colour.")
    assert view.state == "failed" and view.progress == 0 and view.outputs == ()
    assert view.error is not None
    assert (view.error.code, view.error.message) == ("invalid_argument", "There is no such colour.")
    assert len(house.pool.tasks) == 1


async def test_an_engine_that_lies_is_found_out(house: House) -> None:
    view = await house.image("lie")
    assert view.error is not None and view.error.code == "internal_error"
    assert "unusable" in view.error.message


async def test_a_repeated_call_gets_the_first_ones_request(house: House) -> None:
    request = ImageRequest(prompt="slow 0.2")
    first = await house.service.start_image(CALLER, request)
    assert await house.service.start_image(CALLER, request, is_retry=True) == first
    assert await house.service.start_image(OTHER, request, is_retry=True) != first
    other = msgspec.structs.replace(request, prompt="slow 0.1")
    assert await house.service.start_image(CALLER, other, is_retry=True) != first
    await house.service.wait(CALLER, first)
    house.clock.advance(59)
    assert await house.service.start_image(CALLER, request, is_retry=True) == first
    assert await house.service.start_image(CALLER, request) != first


async def test_a_repeated_call_after_a_minute_is_a_new_one(house: House) -> None:
    request = VideoRequest(operation="generate_video", prompt="x")
    first = await house.service.start_video(CALLER, request)
    await house.service.wait(CALLER, first)
    house.clock.advance(61)
    assert await house.service.start_video(CALLER, request, is_retry=True) != first


async def test_a_call_that_is_run_again_finds_what_it_accepted(house: House) -> None:
    request = VideoRequest(operation="generate_video", prompt="slow 0.2")
    start = house.service.start_video
    first = await start(CALLER, request, call_id="a")
    assert await start(CALLER, request, call_id="a") == first
    others = {
        await start(CALLER, request, call_id="b"),
        await start(CALLER, request),
        await start(OTHER, request, call_id="a"),
        await start(CALLER, msgspec.structs.replace(request, duration=3), call_id="a"),
    }
    assert len(others) == 4 and first not in others
    await house.service.wait(CALLER, first)
    house.clock.advance(7 * 86_400)
    assert await start(CALLER, request, call_id="a") == first


async def test_a_cancelled_request_is_found_too_and_not_started_anew(house: House) -> None:
    request = ImageRequest(prompt="slow 5")
    first = await house.service.start_image(CALLER, request, call_id="a")
    await house.service.cancel(CALLER, first)
    assert await house.service.start_image(CALLER, request, call_id="a") == first
    assert await house.service.start_image(CALLER, request, is_retry=True) != first


async def test_quality_auto_is_billed_as_what_is_served(house: House) -> None:
    newest, file = "grok-imagine-image-2.0", await house.upload(jpeg(10, 10))
    source = MediaSource(file_id=file.id)
    for quality in ("auto", None):
        drawn = await house.image("x", model=newest, quality=quality)
        edited = await house.image("x", model=newest, quality=quality, image=source)
        assert (drawn.cost_in_usd_ticks, edited.cost_in_usd_ticks) == (400_000_000, 700_000_000)
        assert [task.quality for task in house.pool.tasks[-2:]] == ["low", "medium"]


async def test_what_an_engine_is_told_of_a_video(house: House) -> None:
    file = await house.upload(jpeg(10, 10))
    source = MediaSource(file_id=file.id)
    view = await house.video(
        "x",
        model="grok-imagine-video-1.5",
        image=source,
        last_frame=source,
        keyframes=(Keyframe(image=source, timestamp_s=2.1), Keyframe(image=source, timestamp_s=0.6)),
        reference_images=(source,),
        voices=("ara", "eve"),
        generate_audio=False,
        duration=4,
        resolution="720p",
    )
    assert view.state == "done"
    task = house.pool.tasks[-1]
    assert isinstance(task, VideoTask)
    assert [(media.role, media.timestamp_s) for media in task.inputs] == [
        ("first_frame", None),
        ("last_frame", None),
        ("keyframe", pytest.approx(2 / 3)),
        ("keyframe", 2.0),
        ("reference", None),
    ]
    assert (task.voices, task.generate_audio, task.duration_s) == (("ara", "eve"), False, 4)
    assert (task.aspect_ratio, task.resolution) == (None, "720p")


async def test_results_expire(house: House) -> None:
    view = await house.image("x")
    house.clock.advance(RETENTION_S - 1)
    assert (await house.service.get(CALLER, view.request_id)).state == "done"
    house.clock.advance(1)
    expired = await house.service.get(CALLER, view.request_id)
    assert (expired.state, expired.outputs) == ("expired", ())


async def test_results_move_with_the_servers_address(house: House) -> None:
    view = await house.image("x", storage=KEPT)
    house.service._base_url = lambda: "https://pictures.example"
    (item,) = (await house.service.get(CALLER, view.request_id)).outputs
    assert item.url.startswith("https://pictures.example/ephemeral/")
    assert item.file_output is not None and item.file_output.public_url is not None
    assert item.file_output.public_url.startswith("https://pictures.example/public/")


async def test_a_failed_store_leaves_the_picture(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: Any, **__: Any) -> None:
        raise OSError("no")

    monkeypatch.setattr(house.files, "new_output_file", broken)
    item = (await house.image("x", storage=KEPT)).outputs[0]
    assert item.file_output is None and item.storage_error == "The result could not be stored."
    assert house.data(item.sha256)


async def test_file_rows_that_cannot_be_written_leave_the_picture(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish = house.store.finish

    async def broken(claim: Any, now: float, completion: Any) -> bool:
        if completion.files:
            raise OSError("no")
        return bool(await finish(claim, now, completion))

    monkeypatch.setattr(house.store, "finish", broken)
    item = (await house.image("x", storage=KEPT)).outputs[0]
    assert item.file_output is None and item.storage_error is not None


async def test_a_public_url_over_quota_leaves_the_file(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    async def many(*_: Any) -> int:
        return 999

    monkeypatch.setattr(house.file_store, "count_public", many)
    first, second = (await house.image("x", n=2, storage=KEPT)).outputs
    assert first.file_output is not None and first.file_output.public_url is not None
    assert second.file_output is not None and second.file_output.public_url is None
    assert second.file_output.public_url_error is not None


async def test_a_full_disk_is_a_clear_failure(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(_: str) -> None:
        raise BlobStoreFull("no room")

    monkeypatch.setattr(house.blobs, "put_file", full)
    view = await house.image("x")
    assert view.error is not None
    assert (view.error.code, view.error.message) == ("internal_error", "The server has no room left for results.")


async def test_no_blob_stays_held(house: House) -> None:
    await house.image("x", n=3, storage=KEPT)
    await house.image("lie")
    assert not +house.blobs._holds


async def test_a_receipt_tells_how_a_result_was_made(house: House) -> None:
    item = (await house.image("a city", n=2, aspect_ratio="16:9", user="u1")).outputs[1]
    receipt = msgspec.json.decode(await house.store.receipt_of(CALLER.team_id, item.sha256), type=Receipt)
    assert (receipt.engine, receipt.engine_digest, receipt.position) == ("illustrator", "scripted-1", 1)
    assert receipt.made["engine"] == "scripted" and receipt.made["index"] == 1
    assert receipt.model == "grok-imagine-image-quality" and receipt.attempt == 1
    assert receipt.model_version == "1.0" and receipt.model_fingerprint.startswith("fp_")
    assert receipt.parameters == {
        "prompt": "a city", "n": 2, "aspect_ratio": "16:9", "resolution": "1k", "quality": "low", "user": "u1",
    }  # fmt: skip
    assert receipt.seed == receipt.made["seed"] == task_seed(house, 0)
    assert receipt.accepted_at <= receipt.claimed_at <= receipt.started_at <= receipt.finished_at


async def test_a_draining_server_accepts_nothing(house: House) -> None:
    request_id = await house.service.start_image(CALLER, ImageRequest(prompt="slow 0.1"))
    house.service.drain()
    with pytest.raises(ApiError) as caught:
        await house.service.start_image(CALLER, ImageRequest(prompt="x"))
    assert caught.value.kind is errors.UNAVAILABLE
    assert (await house.service.wait(CALLER, request_id)).state == "done"
