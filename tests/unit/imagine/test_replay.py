"""Replays: the same request with the same seed and inputs, through the ordinary queue."""

import base64
from typing import Any

import msgspec
import pytest

from imagined.contract import errors
from imagined.contract.errors import ApiError
from imagined.contract.files import StorageOptions
from imagined.contract.requests import Keyframe, MediaSource
from imagined.imagine.replay import Replay
from imagined.testing.engines import ScriptedEngine, jpeg
from imagined.testing.pool import InProcessPool
from tests.unit.imagine.house import CALLER, OTHER, RETENTION_S, House
from tests.unit.imagine.test_lineage import FILM, KEPT, by, file_of, picture

PAINTED = StorageOptions(filename="kept.jpg", public_url=True)


async def replayed(house: House, file_id: str) -> Replay:
    started = await house.replays.start(CALLER, file_id)
    assert (started.verdict, started.reasons) == (None, ())
    await house.service.wait(CALLER, started.view.request_id)
    return await house.replays.get(CALLER, file_id, started.view.request_id)


async def refused(house: House, file_id: str, caller: Any = CALLER) -> ApiError:
    with pytest.raises(ApiError) as caught:
        await house.replays.start(caller, file_id)
    return caught.value


def same_task(house: House, first: int = -2, second: int = -1) -> None:
    """The engine is asked for the very same thing, but for the folder."""

    def bare(index: int) -> dict[str, Any]:
        task = msgspec.to_builtins(house.pool.tasks[index])
        del task["workdir"]
        for source in task["inputs"]:
            del source["path"]
        return dict(task)

    assert bare(first) == bare(second)


async def test_a_picture_is_made_again_and_nothing_is_stored(house: House) -> None:
    city = await picture(house, "a city", storage=PAINTED, aspect_ratio="16:9", resolution="2k", quality="medium")
    replay = await replayed(house, city)
    assert (replay.verdict, replay.reasons, replay.is_deterministic) == ("identical", (), True)
    assert replay.output is not None and replay.output.url.startswith("http")
    same_task(house)
    assert list(house.file_store.rows) == [city]


async def test_the_picture_in_its_place_among_several(house: House) -> None:
    view = await house.image("four of them", n=4, storage=KEPT)
    for place in (0, 3):
        replay = await replayed(house, file_of(view, place))
        assert replay.verdict == "identical"
        assert replay.output is not None and replay.output.sha256 == view.outputs[place].sha256
        assert len(replay.view.outputs) == 4


async def test_edits_with_one_and_with_several_inputs(house: House) -> None:
    city = await picture(house, "a city")
    photo = (await house.upload(jpeg(64, 48))).id
    for inputs in ((city,), (photo, city, photo)):
        made = await picture(house, "mix <IMAGE_1>", *inputs)
        assert (await replayed(house, made)).verdict == "identical"
        same_task(house)


async def test_every_kind_of_video(house: House) -> None:
    one, two = await picture(house, "one"), await picture(house, "two")
    newer = "grok-imagine-video-1.5"
    film = file_of(await house.video("a city", storage=FILM, duration=3, aspect_ratio="9:16", generate_audio=False))
    films = [
        film,
        file_of(await house.video("go", image=by(one), storage=FILM, duration=2)),
        file_of(
            await house.video(
                "go", model=newer, image=by(one), last_frame=by(two),
                keyframes=(Keyframe(image=by(two), timestamp_s=1.0),), storage=FILM, duration=3,
            )
        ),
        file_of(
            await house.video(
                "of <IMAGE_0>", model=newer, reference_images=(by(two), by(one)), voices=("eve",), storage=FILM
            )
        ),
        file_of(await house.video("at night", "edit_video", video=by(film), storage=FILM)),
        file_of(await house.video("go on", "extend_video", video=by(film), storage=FILM, duration=2)),
    ]  # fmt: skip
    made = len(house.pool.tasks) - len(films)
    for place, file_id in enumerate(films):
        replay = await replayed(house, file_id)
        assert replay.verdict == "identical", replay
        same_task(house, made + place)


async def test_a_result_that_was_sent_somewhere_is_not_sent_again(house: House) -> None:
    view = await house.video("draw", upload_url="https://bucket.example/put?secret", storage=FILM)
    assert view.state == "done" and len(house.fetcher.puts) == 1
    assert (await replayed(house, file_of(view))).verdict == "identical"
    assert len(house.fetcher.puts) == 1


async def test_inputs_are_found_by_their_bytes(house: House) -> None:
    data = jpeg(32, 32, b"inside")
    made = await picture(house, "neon", images=(MediaSource(url=as_data(data)),))
    gone = await refused(house, made)
    assert gone.kind is errors.FAILED_PRECONDITION
    assert "input 0 (image, inside the request: SHA-256" in gone.message
    await house.upload(data, caller=OTHER)
    assert (await refused(house, made)).message == gone.message, "another team's copy does not show"
    stored = await house.upload(data)
    assert (await replayed(house, made)).verdict == "identical"
    await house.files.delete(CALLER.team_id, stored.id)
    assert (await refused(house, made)).message == gone.message


def as_data(data: bytes) -> str:
    return f"data:image/jpeg;base64,{base64.b64encode(data).decode()}"


async def test_a_result_that_was_never_stored_serves_while_its_url_works(house: House) -> None:
    city = await house.image("a city")
    made = await picture(house, "neon", images=(MediaSource(url=city.outputs[0].url),))
    assert (await replayed(house, made)).verdict == "identical"
    assert house.fetcher.asked == []
    house.clock.advance(RETENTION_S)
    assert "input 0 (image, by a URL of this server" in (await refused(house, made)).message


async def test_a_deleted_input_is_named(house: House) -> None:
    city = await picture(house, "a city")
    house.clock.advance(1)
    made = await picture(house, "neon", city)
    house.clock.advance(RETENTION_S)
    await house.files.delete(CALLER.team_id, city)
    assert f"a stored file: {city}) is gone" in (await refused(house, made)).message


async def test_what_differs_is_said_with_its_reasons(house: House) -> None:
    class Newer(ScriptedEngine):
        digest = "scripted-2"

        def generate_image(self, task: Any) -> Any:
            yield from super().generate_image(msgspec.structs.replace(task, seed=task.seed ^ 1))

    city = await picture(house, "a city")
    house.runner._attempts._pool = InProcessPool(Newer())
    replay = await replayed(house, city)
    assert replay.verdict == "differs"
    assert replay.reasons == ("The engine has changed: scripted-1 then, scripted-2 now.",)
    same_engine = msgspec.structs.replace(replay, engine_digest="scripted-1")
    assert same_engine.reasons == ("The engine is the same. Another kind of processor may round differently.",)
    careless = msgspec.structs.replace(same_engine, is_deterministic=False)
    assert careless.reasons == ("The model grok-imagine-image-quality is not deterministic.",)


async def test_a_replay_that_fails_says_so(house: House) -> None:
    class Broken(ScriptedEngine):
        def generate_image(self, task: Any) -> Any:
            yield from super().generate_image(msgspec.structs.replace(task, prompt="refuse It is broken."))

    city = await picture(house, "a city")
    house.runner._attempts._pool = InProcessPool(Broken())
    replay = await replayed(house, city)
    assert (replay.view.state, replay.verdict) == ("failed", None)
    assert replay.view.error is not None and replay.view.error.message == "It is broken."


async def test_what_cannot_be_replayed(house: House) -> None:
    city, photo = await picture(house, "a city"), (await house.upload(jpeg(8, 8))).id
    assert "File not found" in (await refused(house, city, OTHER)).message
    assert "has no receipt" in (await refused(house, photo)).message
    limited = msgspec.structs.replace(CALLER, acls=("api-key:model:*", "api-key:endpoint:files"))
    assert "no permission for the endpoint image" in (await refused(house, city, limited)).message
    other = await house.image("another city")
    with pytest.raises(ApiError, match="Request not found"):
        await house.replays.get(CALLER, city, other.request_id)
    started = await house.replays.start(CALLER, city)
    with pytest.raises(ApiError, match="not found"):
        await house.replays.get(OTHER, city, started.view.request_id)
