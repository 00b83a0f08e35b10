"""Every refusal that a request can meet before it is queued, in the words clients know, and what is filled in."""

from typing import Any

import msgspec
import pytest

from imagined.contract import errors
from imagined.contract.cards import ModelCard
from imagined.contract.errors import ApiError
from imagined.contract.files import StorageOptions
from imagined.contract.requests import ImageRequest, Keyframe, MediaSource, VideoRequest
from imagined.engines.cards import builtin_cards
from imagined.imagine.fields import PRESET_VOICES
from imagined.imagine.validation import check_image, check_video, video_mode

CARDS = {card.id: card for card in builtin_cards()}
CLASSIC = CARDS["grok-imagine-video"]
NEWER = CARDS["grok-imagine-video-1.5"]
LITE = CARDS["grok-imagine-video-1.5-lite"]
PICTURE = MediaSource(url="https://example.com/a.jpg")
STORED = MediaSource(file_id="file_1")


def image(**fields: Any) -> ImageRequest:
    return ImageRequest(**({"prompt": "a cat"} | fields))


def video(operation: Any = "generate_video", **fields: Any) -> VideoRequest:
    return VideoRequest(operation=operation, **({"prompt": "a cat runs"} | fields))


def frames(*times: float) -> tuple[Keyframe, ...]:
    return tuple(Keyframe(image=PICTURE, timestamp_s=time) for time in times)


def storage(**fields: Any) -> StorageOptions:
    return StorageOptions(**({"filename": "a.jpg"} | fields))


def refused(request: ImageRequest | VideoRequest, card: ModelCard) -> ApiError:
    with pytest.raises(ApiError) as caught:
        if isinstance(request, ImageRequest):
            check_image(request, card)
        else:
            check_video(request, card)
    return caught.value


IMAGE = CARDS["grok-imagine-image"]
N_TEXT = "The number of images to generate (n) must be between 1 and 10 inclusive."
EMPTY_TEXT = "Prompt cannot be empty. Please provide a prompt."
LENGTH_TEXT = "Duration must be between 1 and 15 seconds"
FIVE = (PICTURE, PICTURE, STORED, STORED, STORED)

IMAGE_REFUSALS = [
    (image(n=0), N_TEXT),
    (image(n=11), N_TEXT),
    (image(n=-1), N_TEXT),
    (image(prompt=""), EMPTY_TEXT),
    (image(prompt=" \n\t"), EMPTY_TEXT),
    (image(prompt="x" * 16_001), "Prompt length exceeds the maximum allowed length of 16000"),
    (image(quality="high"), "Quality high is not supported. Supported values: low, medium, auto."),
    (image(image=PICTURE, images=(STORED,)), "Only one of `image` or `images` can be set for a request."),
    (image(images=(*FIVE, STORED)), "This model supports at most 5 input image(s), but 6 were provided."),
    (image(images=(*FIVE, STORED), n=0), "This model supports at most 5 input image(s), but 6 were provided."),
    (image(is_edit=True), "An edit needs at least one input: set `image` or `images`."),
    (image(image=MediaSource()), "image: exactly one of `url` and `file_id` must be set."),
    (image(image=MediaSource(url="")), "image: exactly one of `url` and `file_id` must be set."),
    (
        image(image=MediaSource(url="https://a/b", file_id="file_1")),
        "image: exactly one of `url` and `file_id` must be set.",
    ),
    (image(images=(PICTURE, MediaSource())), "images[1]: exactly one of `url` and `file_id` must be set."),
    (
        image(storage=storage(expires_after=3599)),
        "storage_options.expires_after: must be between 3600 and 2592000 seconds, and is 3599.",
    ),
    (
        image(storage=storage(expires_after=2_592_001)),
        "storage_options.expires_after: must be between 3600 and 2592000 seconds, and is 2592001.",
    ),
    (
        image(storage=storage(public_url=True, public_url_expires_after=1)),
        "storage_options.public_url.expires_after: must be between 3600 and 2592000 seconds, and is 1.",
    ),
    (
        image(storage=storage(public_url=True, public_url_expires_after=7201, expires_after=7200)),
        "storage_options.public_url.expires_after: must not be longer than storage_options.expires_after.",
    ),
    (image(storage=storage(filename="")), "storage_options.filename: must not be empty."),
]


@pytest.mark.parametrize(("request_", "text"), IMAGE_REFUSALS)
def test_image_refusals(request_: ImageRequest, text: str) -> None:
    error = refused(request_, IMAGE)
    assert (error.kind, error.message) == (errors.INVALID_ARGUMENT, text)


@pytest.mark.parametrize(
    ("field", "word"), [("aspect_ratio", "7:3"), ("resolution", "4k"), ("resolution", "1024"), ("quality", "best")]
)
def test_unknown_words_of_an_image_are_a_schema_error(field: str, word: str) -> None:
    error = refused(image(**{field: word}, n=0), IMAGE)
    assert error.kind is errors.SCHEMA
    assert error.message.startswith("Failed to deserialize the JSON body into the target type: ")
    assert f"{field}: unknown variant `{word}`, expected one of `" in error.message


def test_a_longer_prompt_fits_the_newest_model() -> None:
    check_image(image(prompt="ü" * 64_000), CARDS["grok-imagine-image-2.0"])
    assert "64000" in refused(image(prompt="x" * 64_001), CARDS["grok-imagine-image-2.0"]).message


def test_what_an_image_request_leaves_out_is_filled_in() -> None:
    checked = check_image(image(), IMAGE)
    assert (checked.model, checked.n, checked.resolution) == ("grok-imagine-image", 1, "1k")
    assert (checked.aspect_ratio, checked.quality, checked.is_edit) == ("auto", "low", False)
    assert check_image(image(default_aspect_ratio="1:1"), IMAGE).aspect_ratio == "1:1"


def test_edits_are_medium_and_keep_the_shape_of_one_input() -> None:
    one = check_image(image(image=STORED, aspect_ratio="16:9"), IMAGE)
    assert (one.is_edit, one.quality, one.aspect_ratio) == (True, "medium", "auto")
    two = check_image(image(images=(STORED, PICTURE), aspect_ratio="16:9", quality="low"), IMAGE)
    assert (two.quality, two.aspect_ratio) == ("low", "16:9")
    assert check_image(image(images=(STORED, PICTURE), default_aspect_ratio="1:1"), IMAGE).aspect_ratio == "auto"


@pytest.mark.parametrize("ratio", ["1:1", "21:9", "5:2", "auto", "9:19.5"])
@pytest.mark.parametrize("resolution", ["1k", "1.5k", "2k"])
def test_every_listed_shape_is_accepted(ratio: str, resolution: str) -> None:
    assert check_image(image(aspect_ratio=ratio, resolution=resolution, n=10), IMAGE).aspect_ratio == ratio


VOICES_TEXT = f'Unknown voice_id "x". Available voices: {", ".join(PRESET_VOICES)}.'
REFERENCES_15 = (PICTURE,) * 15
VIDEO_REFUSALS = [
    (NEWER, video(duration=0), LENGTH_TEXT),
    (NEWER, video(duration=16), LENGTH_TEXT),
    (CLASSIC, video(duration=99), LENGTH_TEXT),
    (
        NEWER,
        video(reference_images=(PICTURE,), duration=16),
        "Duration 16s exceeds the maximum allowed for reference-to-video, which is 15s.",
    ),
    (
        CLASSIC,
        video(reference_images=(PICTURE,), duration=11),
        "Duration 11s exceeds the maximum allowed for reference-to-video, which is 10s.",
    ),
    (NEWER, video(reference_images=REFERENCES_15), "Too many reference images: 15. Maximum allowed is 14."),
    (
        NEWER,
        video(reference_images=(PICTURE,), resolution="1080p"),
        "1080p video resolution is not supported for reference-to-video requests.",
    ),
    (
        NEWER,
        video(last_frame=PICTURE, resolution="1080p"),
        "1080p video resolution is not supported for first-and-last-frame requests.",
    ),
    (
        NEWER,
        video(keyframes=frames(1), resolution="1080p"),
        "1080p video resolution is not supported for keyframe requests.",
    ),
    (CLASSIC, video(voices=("ara",)), "`reference_audios` is not supported for this model."),
    (LITE, video(voices=("ara",)), "`reference_audios` is not supported for this model."),
    (LITE, video(reference_images=(PICTURE,)), "`reference_images` is not supported for this model"),
    (NEWER, video(voices=("ara",) * 4), "Too many reference audio clips: 4. Maximum allowed is 3."),
    (NEWER, video(voices=("x",)), VOICES_TEXT),
    (CLASSIC, video(resolution="1080p"), "1080p video resolution is not available for your team."),
    (NEWER, video(prompt="x" * 4097), "Prompt length exceeds the maximum allowed length of 4096"),
    (NEWER, video(prompt=""), EMPTY_TEXT),
    (NEWER, video(prompt="", voices=("ara",)), EMPTY_TEXT),
    (CLASSIC, video(last_frame=PICTURE), "`last_frame` is not supported for this model."),
    (LITE, video(last_frame=PICTURE), "`last_frame` is not supported for this model."),
    (CLASSIC, video(keyframes=frames(1)), "`keyframes` is not supported for this model."),
    (
        CLASSIC,
        video(image=PICTURE, reference_images=(PICTURE,)),
        "Only one of `image` or `reference_images` can be set for a request.",
    ),
    (NEWER, video(keyframes=frames(1, 2, 3, 4, 5)), "Too many keyframes: 5. Maximum allowed is 4."),
    *(
        (
            NEWER,
            video(keyframes=frames(time)),
            "Keyframe timestamp_s must be greater than 0 and less than the duration (8s).",
        )
        for time in (0.0, -1.0, 8.0, 9.5, float("nan"), float("inf"))
    ),
    (NEWER, video(keyframes=frames(1.0, 1.1)), "Two keyframes are less than 1/3 s apart."),
    (
        NEWER,
        video(keyframes=(Keyframe(image=MediaSource(), timestamp_s=1),)),
        "keyframes[0].image: exactly one of `url` and `file_id` must be set.",
    ),
    (NEWER, video(image=MediaSource()), "image: exactly one of `url` and `file_id` must be set."),
    (NEWER, video("edit_video", video=STORED), "Video editing is not supported for this model."),
    (LITE, video("edit_video", video=STORED), "Video editing is not supported for this model."),
    (NEWER, video("extend_video", video=STORED), "Video extension is not supported for this model."),
    (CLASSIC, video("extend_video", video=STORED, duration=0), LENGTH_TEXT),
    (CLASSIC, video("extend_video", video=STORED, duration=16), LENGTH_TEXT),
    (CLASSIC, video("edit_video", video=STORED, prompt=""), EMPTY_TEXT),
    (CLASSIC, video("extend_video", video=STORED, prompt=""), EMPTY_TEXT),
    (CLASSIC, video("edit_video", video=MediaSource()), "video: exactly one of `url` and `file_id` must be set."),
    (CLASSIC, video(storage=storage(filename="a\nb")), None),
    (
        CLASSIC,
        video(upload_url="ftp://bucket.example/put"),
        "output.upload_url: must be an http or https URL.",
    ),
    (
        CLASSIC,
        video("edit_video", video=STORED, upload_url="https://me:secret@bucket.example/put"),
        "output.upload_url: must not carry a user name or password.",
    ),
]


@pytest.mark.parametrize(("card", "request_", "text"), VIDEO_REFUSALS)
def test_video_refusals(card: ModelCard, request_: VideoRequest, text: str | None) -> None:
    error = refused(request_, card)
    assert error.kind is errors.INVALID_ARGUMENT
    assert text is None or error.message == text


@pytest.mark.parametrize("operation", ["edit_video", "extend_video"])
def test_a_missing_video_is_a_schema_error(operation: str) -> None:
    error = refused(video(operation), CLASSIC)
    assert error.kind is errors.SCHEMA and "missing field `video`" in error.message


def test_unknown_words_of_a_video_are_a_schema_error() -> None:
    for fields in ({"aspect_ratio": "auto"}, {"aspect_ratio": "9:20"}, {"resolution": "4k"}):
        assert refused(video(**fields), NEWER).kind is errors.SCHEMA


def test_the_order_of_checks_is_the_known_one() -> None:
    """Reference count, audio count, reference duration, model support for audio, voice ids."""
    everything = video(reference_images=REFERENCES_15, voices=("x",) * 4, duration=16)
    assert "Too many reference images" in refused(everything, CLASSIC).message
    fewer = msgspec.structs.replace(everything, reference_images=(PICTURE,))
    assert "Too many reference audio clips" in refused(fewer, CLASSIC).message
    quieter = msgspec.structs.replace(fewer, voices=("x",))
    assert "exceeds the maximum allowed" in refused(quieter, CLASSIC).message
    shorter = msgspec.structs.replace(quieter, duration=5)
    assert "`reference_audios`" in refused(shorter, CLASSIC).message
    assert "Unknown voice_id" in refused(shorter, NEWER).message


def test_what_a_video_request_leaves_out_is_filled_in() -> None:
    checked = check_video(video(), CLASSIC)
    assert (checked.model, checked.duration, checked.resolution, checked.aspect_ratio) == (
        "grok-imagine-video",
        8,
        "480p",
        "16:9",
    )


def test_a_first_frame_decides_the_shape() -> None:
    checked = check_video(video(image=STORED, aspect_ratio="1:1", prompt=""), CLASSIC)
    assert checked.aspect_ratio is None
    assert video_mode(checked) == "image_to_video"


def test_a_video_on_the_generation_route_is_ignored() -> None:
    assert check_video(video(video=STORED), CLASSIC).video is None


def test_edits_and_extensions_drop_what_their_input_decides() -> None:
    sent = {"video": STORED, "duration": 9, "aspect_ratio": "1:1", "resolution": "1080p", "image": PICTURE}
    edit = check_video(video("edit_video", **sent), CLASSIC)
    assert (edit.duration, edit.aspect_ratio, edit.resolution, edit.image) == (None, None, "720p", None)
    longer = check_video(video("extend_video", **sent), CLASSIC)
    assert (longer.duration, longer.aspect_ratio) == (9, None)
    assert check_video(video("extend_video", video=STORED), CLASSIC).duration == 6


def test_keyframes_are_snapped_and_sorted() -> None:
    checked = check_video(video(keyframes=frames(4.5, 0.01, 7.99), prompt=""), NEWER)
    assert [frame.timestamp_s for frame in checked.keyframes] == pytest.approx([1 / 3, 4 + 1 / 3, 7 + 2 / 3], abs=0.34)
    assert all(0 < frame.timestamp_s < 8 for frame in checked.keyframes)
    assert all(round(frame.timestamp_s * 3, 6).is_integer() for frame in checked.keyframes)


@pytest.mark.parametrize(
    ("fields", "mode"),
    [
        ({}, "text_to_video"),
        ({"image": PICTURE}, "image_to_video"),
        ({"last_frame": PICTURE}, "first_last_frame"),
        ({"image": PICTURE, "last_frame": PICTURE}, "first_last_frame"),
        ({"keyframes": frames(1)}, "keyframes"),
        ({"reference_images": (PICTURE,)}, "reference_to_video"),
        ({"voices": ("ara",)}, "reference_to_video"),
        ({"image": PICTURE, "reference_images": (PICTURE,), "keyframes": frames(1)}, "reference_to_video"),
    ],
)
def test_the_inputs_select_the_mode(fields: dict[str, Any], mode: str) -> None:
    assert video_mode(check_video(video(**fields), NEWER)) == mode


def test_a_checked_request_passes_again_unchanged() -> None:
    for request, card in ((image(image=STORED, n=3), IMAGE), (video(keyframes=frames(1.3)), NEWER)):
        once = check_image(request, card) if isinstance(request, ImageRequest) else check_video(request, card)
        again = check_image(once, card) if isinstance(once, ImageRequest) else check_video(once, card)
        assert again == once
