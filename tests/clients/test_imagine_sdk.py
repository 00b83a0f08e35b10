"""Every method of image, video, models and auth of the official SDK, by its sync and its async client."""

import asyncio
import base64
import inspect
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import grpc
import pytest
import xai_sdk
from xai_sdk.proto import deferred_pb2
from xai_sdk.video import VideoGenerationError

from imagined.cli.demo import fetch
from imagined.cli.server_process import ServerProcess

IMAGE, IMAGE_2 = "grok-imagine-image", "grok-imagine-image-2.0"
CLASSIC, NEWER = "grok-imagine-video", "grok-imagine-video-1.5"
QUICKLY = {"interval": timedelta(milliseconds=50), "timeout": timedelta(seconds=60)}
ROOMS = ("image", "video", "models", "auth")


class Waiting:
    """A client of either kind whose calls have ended when they return."""

    def __init__(self, target: Any, run: Callable[[Any], Any]) -> None:
        self._target = target
        self._run = run

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._target, name)
        if not inspect.ismethod(found):
            return Waiting(found, self._run)
        return lambda *args, **kwargs: self._run(found(*args, **kwargs))

    def bytes_of(self, picture: Any) -> bytes:
        """What `.image` of an answer gives, which is a coroutine in the async client."""
        return bytes(self._run(picture.image))


@pytest.fixture(scope="module", params=["sync", "async"])
def client(request: pytest.FixtureRequest, scripted: ServerProcess) -> Iterator[Any]:
    host = scripted.target.grpc
    if request.param == "sync":
        with xai_sdk.Client(api_key="xai-test", api_host=host) as made:
            yield Waiting(made, lambda answer: answer)
        return
    with asyncio.Runner() as runner:

        async def build() -> xai_sdk.AsyncClient:
            return xai_sdk.AsyncClient(api_key="xai-test", api_host=host)

        async def finished(answer: Any) -> Any:
            return await answer if inspect.isawaitable(answer) else answer

        made = runner.run(build())
        yield Waiting(made, lambda answer: runner.run(finished(answer)))
        runner.run(made.close())


@pytest.fixture(scope="module")
def inputs(client: Any) -> dict[str, str]:
    """One picture as a URL, a data URL and a stored file, and a stored film of two seconds."""
    picture = client.image.sample("a red barn", IMAGE, storage_options={"filename": "barn.jpg"})
    film = client.video.generate("a barn", CLASSIC, duration=2, storage_options={"filename": "barn.mp4"}, **QUICKLY)
    data = base64.b64encode(client.bytes_of(picture)).decode()
    return {
        "url": picture.url,
        "data": f"data:image/jpeg;base64,{data}",
        "file": picture.file_output.file_id,
        "film": film.file_output.file_id,
        "film_url": film.url,
    }


def test_sample_by_url(client: Any) -> None:
    answer = client.image.sample("a red barn", IMAGE)
    assert client.bytes_of(answer)[:3] == b"\xff\xd8\xff"
    assert (answer.model, answer.respect_moderation, answer.cost_usd) == (IMAGE, True, 0.02)
    assert answer.file_output is None
    assert answer.storage_error is None
    with pytest.raises(ValueError, match="base64"):
        _ = answer.base64


def test_sample_as_base64_is_a_data_url(client: Any) -> None:
    answer = client.image.sample("a red barn", IMAGE, image_format="base64", user="somebody")
    head, _, text = answer.base64.partition(",")
    assert head == "data:image/jpeg;base64"
    assert client.bytes_of(answer) == base64.b64decode(text, validate=True)


def test_sample_with_every_choice(client: Any) -> None:
    answer = client.image.sample("a barn", IMAGE_2, aspect_ratio="9:20", resolution="2k", quality="medium")
    # The header of a JPEG: height, then width.
    data = client.bytes_of(answer)
    frame = data.index(b"\xff\xc0")
    assert (data[frame + 5 : frame + 7], data[frame + 7 : frame + 9]) == ((2560).to_bytes(2), (1152).to_bytes(2))
    assert answer.cost_usd == 0.08


def test_sample_batch_gives_pictures_that_differ(client: Any) -> None:
    storage = {"filename": "barn.jpg", "expires_after": timedelta(hours=2), "public_url": {"expires_after": 3600}}
    first, second = client.image.sample_batch("a red barn", IMAGE, 2, storage_options=storage)
    assert client.bytes_of(first) != client.bytes_of(second)
    assert first.file_output.file_id != second.file_output.file_id
    assert {first.file_output.filename, second.file_output.filename} == {"barn.jpg"}
    for answer in (first, second):
        kept = answer.file_output
        assert fetch(answer.public_url) == client.bytes_of(answer)
        assert kept.expires_at.seconds - kept.public_url_expires_at.seconds == 3600


@pytest.mark.parametrize(
    ("options", "shared", "ends"),
    [
        ({}, False, False),
        ({"public_url": False}, False, False),
        ({"public_url": True}, True, False),
        ({"public_url": {}}, True, False),
        ({"public_url": {"expires_after": 3600}}, True, True),
        ({"public_url": True, "expires_after": 7200}, True, True),
    ],
)
def test_ways_to_share(client: Any, options: dict[str, Any], shared: bool, ends: bool) -> None:
    answer = client.image.sample("a red barn", IMAGE, storage_options={"filename": "barn.jpg", **options})
    kept = answer.file_output
    assert (answer.public_url is not None, kept.HasField("public_url_expires_at")) == (shared, ends)
    assert answer.public_url_error is None
    assert client.files.content(kept.file_id) == client.bytes_of(answer)


@pytest.mark.parametrize("name", ["url", "data"])
def test_edits_by_url_and_data_url(client: Any, inputs: dict[str, str], name: str) -> None:
    answer = client.image.sample("make it black and white", IMAGE, image_url=inputs[name])
    assert client.bytes_of(answer)[:2] == b"\xff\xd8"
    assert answer.cost_usd == pytest.approx(0.022), "one input"


def test_edits_by_file_and_of_a_mixture(client: Any, inputs: dict[str, str]) -> None:
    one = client.image.sample("make it black and white", IMAGE, image_file_id=inputs["file"])
    several = client.image.sample(
        "<IMAGE_0> beside <IMAGE_1>",
        IMAGE,
        image_file_ids=[inputs["file"]],
        image_urls=[inputs["url"], inputs["data"]],
        aspect_ratio="1:1",
    )
    assert (one.cost_usd, several.cost_usd) == (pytest.approx(0.022), pytest.approx(0.026))


def test_start_and_get(client: Any, inputs: dict[str, str]) -> None:
    started = client.video.start(
        "the camera pulls back",
        CLASSIC,
        duration=2,
        resolution="720p",
        image_file_id=inputs["file"],
        storage_options={"filename": "barn.mp4", "public_url": True},
    )
    while (state := client.video.get(started.request_id)).status == deferred_pb2.PENDING:
        assert 0 <= state.response.progress < 100
    assert state.status == deferred_pb2.DONE
    video = state.response.video
    assert (video.duration, video.respect_moderation, state.response.progress) == (2, True, 100)
    assert state.response.model == CLASSIC
    assert fetch(video.file_output.public_url) == fetch(video.url)


def test_generate_from_text(client: Any) -> None:
    video = client.video.generate("waves", CLASSIC, duration=1, aspect_ratio="9:16", generate_audio=False, **QUICKLY)
    assert fetch(video.url)[4:8] == b"ftyp"
    assert (video.duration, video.model, video.respect_moderation, video.cost_usd) == (1, CLASSIC, True, 0.05)
    assert (video.file_output, video.storage_error, video.public_url, video.public_url_error) == (None,) * 4


def test_generate_from_frames(client: Any, inputs: dict[str, str]) -> None:
    video = client.video.generate(
        "from one to the other",
        NEWER,
        duration=2,
        image_url=inputs["data"],
        last_frame_url=inputs["url"],
        keyframes=[
            {"image_url": inputs["url"], "timestamp": 0.5},
            {"image_file_id": inputs["file"], "timestamp": 1.5},
        ],
        **QUICKLY,
    )
    assert (video.duration, video.cost_usd) == (2, pytest.approx(2 * 0.08 + 4 * 0.01))
    again = client.video.generate("x", NEWER, duration=1, last_frame_file_id=inputs["file"], **QUICKLY)
    assert again.duration == 1


def test_generate_from_references_and_voices(client: Any, inputs: dict[str, str]) -> None:
    video = client.video.generate(
        "<IMAGE_0> speaks as <AUDIO_0>",
        NEWER,
        duration=1,
        reference_image_urls=[inputs["url"]],
        reference_image_file_ids=[inputs["file"]],
        reference_audios=[{"voice_id": "ara"}],
        **QUICKLY,
    )
    assert video.model == NEWER


@pytest.mark.parametrize("by", [{"video_file_id": "film"}, {"video_url": "film_url"}])
def test_edits_of_a_film(client: Any, inputs: dict[str, str], by: dict[str, str]) -> None:
    source = {field: inputs[name] for field, name in by.items()}
    # The SDK's own example sends a duration here, which an edit has no use for.
    video = client.video.generate("make it snow", CLASSIC, duration=9, **source, **QUICKLY)
    assert video.duration == 2


def test_extensions(client: Any, inputs: dict[str, str]) -> None:
    storage = {"filename": "longer.mp4", "public_url": True}
    video = client.video.extend(
        "it goes on", CLASSIC, inputs["film_url"], duration=3, storage_options=storage, **QUICKLY
    )
    assert video.duration == 2 + 3
    assert fetch(video.public_url) == fetch(video.url)
    started = client.video.extend_start("it goes on", CLASSIC, video_file_id=inputs["film"], duration=2)
    while (state := client.video.get(started.request_id)).status == deferred_pb2.PENDING:
        pass
    assert state.status == deferred_pb2.DONE


def test_a_failed_video(client: Any) -> None:
    with pytest.raises(VideoGenerationError) as failed:
        client.video.generate("x", CLASSIC, video_url="https://nothing.invalid/a.mp4", **QUICKLY)
    assert (failed.value.code, failed.value.message) == ("invalid_argument", "Unable to download provided video_url")


def test_prepared_requests_are_those_that_are_sent(client: Any) -> None:
    image = client.image.prepare("a barn", IMAGE, batch_request_id="one", aspect_ratio="16:9")
    assert (image.batch_request_id, image.image_request.prompt) == ("one", "a barn")
    video = client.video.prepare("a barn", CLASSIC, duration=1)
    assert video.video_request.duration == 1
    longer = client.video.prepare_extension("on", CLASSIC, "https://example.org/a.mp4", duration=2)
    assert longer.video_extension_request.duration == 2


def test_models(client: Any) -> None:
    listed = client.models.list_image_generation_models()
    assert [model.name for model in listed] == [IMAGE, IMAGE_2, "grok-imagine-image-quality"]
    one = client.models.get_image_generation_model("grok-imagine-image-pro")
    assert (one.name, one.image_price, one.max_prompt_length) == ("grok-imagine-image-quality", 5, 16_000)
    assert list(client.models.list_language_models()) == []
    assert list(client.models.list_embedding_models()) == []
    for get in (
        client.models.get_language_model,
        client.models.get_embedding_model,
        client.models.get_image_generation_model,
    ):
        with pytest.raises(grpc.RpcError) as missing:
            get("grok-4")
        assert missing.value.code() is grpc.StatusCode.NOT_FOUND


def test_auth(client: Any) -> None:
    info = client.auth.get_api_key_info()
    assert (info.team_id, info.disabled) == ("default", False)
    assert info.acls == ["api-key:model:*", "api-key:endpoint:*"]


@pytest.mark.parametrize("kind", [xai_sdk.Client, xai_sdk.AsyncClient])
@pytest.mark.parametrize("room", ROOMS)
def test_no_method_is_left_out(kind: Any, room: str) -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    made = kind(api_key="xai-test", api_host="localhost:1")
    methods = [name for name, _ in inspect.getmembers(getattr(made, room), inspect.ismethod) if name[0] != "_"]
    assert methods
    assert [name for name in methods if f"client.{room}.{name}" not in source] == []
