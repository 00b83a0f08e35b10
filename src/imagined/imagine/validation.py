"""Checks a request in full against its model's card, before anything is queued, and fills in what was left out.

Order and words are those of the hosted service where they are known: shape first, then counts, then lengths, then
what the model supports. What a check returns is what the request row keeps.
"""

import math
from collections.abc import Iterator, Sequence

import msgspec

from imagined.contract import errors
from imagined.contract.cards import ImageCard, Mode, ModelCard, VideoCard
from imagined.contract.errors import ApiError, invalid
from imagined.contract.files import StorageOptions
from imagined.contract.requests import ImageRequest, Keyframe, MediaSource, VideoRequest
from imagined.contract.sizes import VIDEO_RESOLUTIONS
from imagined.files.rules import check_expires_after, check_filename
from imagined.imagine import fields
from imagined.imagine.uploads import check_upload_url


def check_image(request: ImageRequest, card: ModelCard) -> ImageRequest:
    """The request with model, count, shape, resolution and quality filled in; raises `ApiError`."""
    limits = card.image
    assert limits is not None
    _check_words(request, limits)
    if request.image is not None and request.images:
        raise errors.exclusive("image", "images")
    if request.is_edit and not request.sources:
        raise invalid("An edit needs at least one input: set `image` or `images`.")
    if len(request.sources) > limits.max_inputs:
        raise errors.too_many_images(limits.max_inputs, len(request.sources))
    count = 1 if request.n is None else request.n
    if not 1 <= count <= limits.max_count:
        raise errors.count_out_of_range()
    if request.quality is not None and request.quality not in limits.qualities:
        raise invalid(f"Quality {request.quality} is not supported. Supported values: {', '.join(limits.qualities)}.")
    _check_prompt(request.prompt, card, required=True)
    for field, source in image_sources(request):
        _check_source(field, source)
    check_storage(request.storage)
    editing = bool(request.sources)
    shape = request.aspect_ratio or ("auto" if editing else request.default_aspect_ratio)
    return msgspec.structs.replace(
        request,
        model=card.id,
        n=count,
        is_edit=editing,
        aspect_ratio="auto" if len(request.sources) == 1 else shape,
        resolution=request.resolution or "1k",
        quality=_served_quality(request.quality, editing),
    )


def check_video(request: VideoRequest, card: ModelCard) -> VideoRequest:
    """The request with model, length, shape and resolution filled in and keyframes on their grid; raises `ApiError`."""
    match request.operation:
        case "edit_video":
            return _check_edit(request, card)
        case "extend_video":
            return _check_extension(request, card)
        case _:
            return _check_generation(request, card)


def video_mode(request: VideoRequest) -> Mode:
    """The row of the mode table that a request's inputs select."""
    if request.operation != "generate_video":
        return request.operation
    if request.reference_images or request.voices:
        return "reference_to_video"
    if request.keyframes:
        return "keyframes"
    if request.last_frame is not None:
        return "first_last_frame"
    return "image_to_video" if request.image is not None else "text_to_video"


def image_sources(request: ImageRequest) -> Iterator[tuple[str, MediaSource]]:
    """Every input with the name of its field."""
    if request.image is not None:
        yield "image", request.image
    for index, source in enumerate(request.images):
        yield f"images[{index}]", source


def video_sources(request: VideoRequest) -> Iterator[tuple[str, MediaSource]]:
    """Every input with the name of its field; the video last."""
    if request.image is not None:
        yield "image", request.image
    if request.last_frame is not None:
        yield "last_frame", request.last_frame
    for index, keyframe in enumerate(request.keyframes):
        yield f"keyframes[{index}].image", keyframe.image
    for index, source in enumerate(request.reference_images):
        yield f"reference_images[{index}]", source
    if request.video is not None:
        yield "video", request.video


def check_storage(storage: StorageOptions | None) -> None:
    """Name and lifetimes of a result that is to be kept; raises `ApiError`."""
    if storage is None:
        return
    check_filename(storage.filename, "storage_options.filename")
    check_expires_after(storage.expires_after, "storage_options.expires_after")
    check_expires_after(storage.public_url_expires_after, "storage_options.public_url.expires_after")
    life, shared = storage.expires_after, storage.public_url_expires_after
    if life is not None and shared is not None and shared > life:
        raise invalid(
            "storage_options.public_url.expires_after: must not be longer than storage_options.expires_after."
        )


def _check_generation(request: VideoRequest, card: ModelCard) -> VideoRequest:
    limits = card.video
    assert limits is not None
    _check_choice("aspect_ratio", request.aspect_ratio, limits.aspect_ratios)
    _check_choice("resolution", request.resolution, VIDEO_RESOLUTIONS)
    duration = fields.DEFAULT_VIDEO_DURATION_S if request.duration is None else request.duration
    resolution = request.resolution or fields.DEFAULT_VIDEO_RESOLUTION
    mode = video_mode(request)
    _check_references(request, card, limits)
    if mode == "reference_to_video" and duration > limits.max_reference_duration_s:
        raise invalid(
            f"Duration {duration}s exceeds the maximum allowed for reference-to-video, "
            f"which is {limits.max_reference_duration_s}s."
        )
    if not 1 <= duration <= limits.max_duration_s:
        raise errors.duration_out_of_range()
    _check_resolution(resolution, mode, limits)
    _check_voices(request.voices, limits)
    _check_mode(request, card, limits)
    keyframes = _snapped(request.keyframes, duration, limits)
    drawn = any(True for _ in video_sources(msgspec.structs.replace(request, video=None)))
    _check_prompt(request.prompt, card, required=not drawn)
    for field, source in video_sources(msgspec.structs.replace(request, video=None)):
        _check_source(field, source)
    _check_delivery(request)
    return msgspec.structs.replace(
        request,
        model=card.id,
        video=None,
        duration=duration,
        resolution=resolution,
        # A first frame decides the shape: stretching it to another would be the only alternative.
        aspect_ratio=None if request.image else request.aspect_ratio or fields.DEFAULT_VIDEO_ASPECT_RATIO,
        keyframes=keyframes,
    )


def _check_edit(request: VideoRequest, card: ModelCard) -> VideoRequest:
    if "edit_video" not in card.modes:
        raise invalid("Video editing is not supported for this model.")
    _check_prompt(request.prompt, card, required=True)
    return _inherited(request, card, duration=None)


def _check_extension(request: VideoRequest, card: ModelCard) -> VideoRequest:
    if "extend_video" not in card.modes:
        raise invalid("Video extension is not supported for this model.")
    assert card.video is not None
    duration = fields.DEFAULT_EXTENSION_DURATION_S if request.duration is None else request.duration
    if not 1 <= duration <= card.video.max_duration_s:
        raise errors.duration_out_of_range()
    _check_prompt(request.prompt, card, required=True)
    return _inherited(request, card, duration=duration)


def _inherited(request: VideoRequest, card: ModelCard, duration: int | None) -> VideoRequest:
    """An edit or extension: all that the input video decides is dropped, even if it was sent."""
    if request.video is None:
        raise ApiError(errors.SCHEMA, "Failed to deserialize the JSON body into the target type: missing field `video`")
    _check_source("video", request.video)
    _check_delivery(request)
    return VideoRequest(
        operation=request.operation,
        prompt=request.prompt,
        model=card.id,
        video=request.video,
        duration=duration,
        resolution=fields.INHERITED_RESOLUTION_CAP,
        generate_audio=request.generate_audio,
        storage=request.storage,
        upload_url=request.upload_url,
        user=request.user,
    )


def _check_references(request: VideoRequest, card: ModelCard, limits: VideoCard) -> None:
    pictures, voices = len(request.reference_images), len(request.voices)
    if pictures > limits.max_references:
        raise invalid(f"Too many reference images: {pictures}. Maximum allowed is {limits.max_references}.")
    if voices > limits.max_voices:
        raise invalid(f"Too many reference audio clips: {voices}. Maximum allowed is {limits.max_voices}.")
    if pictures and "reference_to_video" not in card.modes:
        raise invalid("`reference_images` is not supported for this model")


def _check_voices(voices: Sequence[str], limits: VideoCard) -> None:
    if voices and not limits.voices:
        raise invalid("`reference_audios` is not supported for this model.")
    for voice in voices:
        if voice not in fields.PRESET_VOICES:
            known = ", ".join(fields.PRESET_VOICES)
            raise invalid(f'Unknown voice_id "{errors.shown(voice)}". Available voices: {known}.')


def _check_mode(request: VideoRequest, card: ModelCard, limits: VideoCard) -> None:
    if request.last_frame is not None and "first_last_frame" not in card.modes:
        raise invalid("`last_frame` is not supported for this model.")
    if request.keyframes and "keyframes" not in card.modes:
        raise invalid("`keyframes` is not supported for this model.")
    if request.image is not None and request.reference_images and not limits.references_with_first_frame:
        raise errors.exclusive("image", "reference_images")
    if video_mode(request) not in card.modes:
        raise invalid("This combination of inputs is not supported for this model.")


_LIMITED_MODES: dict[str, str] = {
    "reference_to_video": "reference-to-video",
    "first_last_frame": "first-and-last-frame",
    "keyframes": "keyframe",
}


def _check_resolution(resolution: str, mode: Mode, limits: VideoCard) -> None:
    if mode in _LIMITED_MODES and resolution not in limits.reference_resolutions:
        raise invalid(f"{resolution} video resolution is not supported for {_LIMITED_MODES[mode]} requests.")
    if resolution not in limits.resolutions:
        raise invalid(f"{resolution} video resolution is not available for your team.")


def _snapped(keyframes: Sequence[Keyframe], duration: int, limits: VideoCard) -> tuple[Keyframe, ...]:
    """Keyframes in order of time on the grid of thirds of a second; raises `ApiError`."""
    if len(keyframes) > limits.max_keyframes:
        raise invalid(f"Too many keyframes: {len(keyframes)}. Maximum allowed is {limits.max_keyframes}.")
    slots: dict[int, Keyframe] = {}
    for keyframe in keyframes:
        time = keyframe.timestamp_s
        if not (math.isfinite(time) and 0 < time < duration):
            raise invalid(f"Keyframe timestamp_s must be greater than 0 and less than the duration ({duration}s).")
        last = duration * fields.KEYFRAMES_PER_SECOND - 1
        slot = min(max(round(time * fields.KEYFRAMES_PER_SECOND), 1), last)
        if slot in slots:
            raise invalid("Two keyframes are less than 1/3 s apart.")
        slots[slot] = Keyframe(image=keyframe.image, timestamp_s=slot / fields.KEYFRAMES_PER_SECOND)
    return tuple(slots[slot] for slot in sorted(slots))


def _check_words(request: ImageRequest, limits: ImageCard) -> None:
    _check_choice("aspect_ratio", request.aspect_ratio, limits.aspect_ratios)
    _check_choice("resolution", request.resolution, limits.resolutions)
    _check_choice("quality", request.quality, fields.IMAGE_QUALITIES)


def _check_choice(field: str, word: str | None, choices: Sequence[str]) -> None:
    if word is not None and word not in choices:
        listed = ", ".join(f"`{choice}`" for choice in choices)
        raise ApiError(
            errors.SCHEMA,
            "Failed to deserialize the JSON body into the target type: "
            f"{field}: unknown variant `{errors.shown(word)}`, expected one of {listed}",
        )


def _check_prompt(prompt: str, card: ModelCard, *, required: bool) -> None:
    if required and not prompt.strip():
        raise errors.prompt_empty()
    # Counted in characters: the unit of the hosted service's limit is not published, and users count letters.
    if len(prompt) > card.max_prompt_length:
        raise errors.prompt_too_long(card.max_prompt_length)


def _check_source(field: str, source: MediaSource) -> None:
    if bool(source.url) == bool(source.file_id):
        raise errors.one_source(field)


def _check_delivery(request: VideoRequest) -> None:
    check_storage(request.storage)
    if request.upload_url is not None:
        check_upload_url(request.upload_url)


def _served_quality(quality: str | None, editing: bool) -> str:
    if quality in (None, "auto"):
        return "medium" if editing else "low"
    return str(quality)
