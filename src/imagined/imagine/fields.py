"""Facts about the fields of image and video requests, once: validation, both transports, the OpenAPI description and
the documentation read them here.

What differs between models (counts, ratios, resolutions, lengths) stands on the model's card, not here.
"""

from typing import Final, Literal

import msgspec

from imagined.contract.files import MAX_EXPIRES_AFTER_S, MIN_EXPIRES_AFTER_S
from imagined.contract.sizes import IMAGE_ASPECT_RATIOS, IMAGE_RESOLUTIONS, VIDEO_ASPECT_RATIOS, VIDEO_RESOLUTIONS

Kind = Literal["string", "integer", "boolean", "source", "sources", "keyframes", "voices", "storage", "output"]

PRESET_VOICES: Final = (
    *("ara", "eve", "leo", "rex", "sal", "carina", "zagan", "helix", "orion", "luna", "iris", "altair", "zenith"),
    *("perseus", "helios", "lux", "kepler", "rigel", "cosmo", "celeste", "ursa", "sirius", "lumen", "castor"),
    *("naksh", "atlas"),
)

IMAGE_QUALITIES: Final = ("low", "medium", "high", "auto")
"""Words that parse; ``high`` is then refused, as the hosted service does."""

DEFAULT_VIDEO_DURATION_S: Final = 8
DEFAULT_EXTENSION_DURATION_S: Final = 6
DEFAULT_VIDEO_ASPECT_RATIO: Final = "16:9"
DEFAULT_VIDEO_RESOLUTION: Final = "480p"
INHERITED_RESOLUTION_CAP: Final = "720p"
"""Edits and extensions keep their input's size, up to this."""

MAX_EDIT_INPUT_S: Final = 8.7
EXTENSION_INPUT_S: Final = (2.0, 30.0)
KEYFRAMES_PER_SECOND: Final = 3
"""Keyframes sit on a grid of thirds of a second."""


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One request field. `default` is what leaving it out means; None where that depends on the rest."""

    name: str
    kind: Kind = "string"
    about: str
    required: bool = False
    default: str | int | bool | None = None
    choices: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None


_PROMPT = Field(name="prompt", required=True, about="What to make, in words; the length is limited by the model.")
_MODEL = Field(name="model", about="Model id or alias; absent means the configured default.")
_STORAGE = Field(name="storage_options", kind="storage", about="Keep the result in Files, under this name.")
_USER = Field(name="user", about="The caller's own end-user id; kept with the request, otherwise unused.")
_N = Field(name="n", kind="integer", default=1, minimum=1, maximum=10, about="How many pictures, all different.")
_IMAGE_RESOLUTION = Field(name="resolution", default="1k", choices=IMAGE_RESOLUTIONS, about="Size of the result.")
_QUALITY = Field(
    name="quality", default="auto", choices=IMAGE_QUALITIES, about="auto is low for generation and medium for edits."
)
_RESPONSE_FORMAT = Field(
    name="response_format", default="url", choices=("url", "b64_json"), about="How the pictures come back."
)
_VIDEO = Field(name="video", kind="source", required=True, about="The input MP4, by URL, data URL or file id.")
_OUTPUT = Field(name="output", kind="output", about="A signed URL to put the result to.")

IMAGE_GENERATION_FIELDS: Final = (
    _PROMPT,
    _MODEL,
    _N,
    Field(name="aspect_ratio", default="auto", choices=IMAGE_ASPECT_RATIOS, about="Shape of the result."),
    _IMAGE_RESOLUTION,
    _QUALITY,
    _RESPONSE_FORMAT,
    _STORAGE,
    _USER,
)
IMAGE_EDIT_FIELDS: Final = (
    _PROMPT,
    _MODEL,
    Field(name="image", kind="source", about="The one input picture; excludes `images`."),
    Field(name="images", kind="sources", about="Several input pictures, in the order the prompt numbers them."),
    _N,
    Field(
        name="aspect_ratio",
        choices=IMAGE_ASPECT_RATIOS,
        about="Shape of the result for several inputs; absent follows the first, and one input keeps its shape.",
    ),
    _IMAGE_RESOLUTION,
    _QUALITY,
    _RESPONSE_FORMAT,
    _STORAGE,
    _USER,
)
VIDEO_GENERATION_FIELDS: Final = (
    Field(name="prompt", about="What happens; may be left out when pictures say it."),
    _MODEL,
    Field(name="image", kind="source", about="The first frame."),
    Field(name="last_frame", kind="source", about="The final frame."),
    Field(name="keyframes", kind="keyframes", about="Pictures pinned at times inside the video."),
    Field(name="reference_images", kind="sources", about="Pictures of what is to appear."),
    Field(name="reference_audios", kind="voices", about="Voices by `voice_id`."),
    Field(name="generate_audio", kind="boolean", default=True, about="Whether the file has a sound track."),
    Field(
        name="duration",
        kind="integer",
        default=DEFAULT_VIDEO_DURATION_S,
        minimum=1,
        maximum=15,
        about="Whole seconds.",
    ),
    Field(
        name="aspect_ratio",
        default=DEFAULT_VIDEO_ASPECT_RATIO,
        choices=VIDEO_ASPECT_RATIOS,
        about="Shape of the result; a first frame decides it instead.",
    ),
    Field(
        name="resolution",
        default=DEFAULT_VIDEO_RESOLUTION,
        choices=VIDEO_RESOLUTIONS,
        about="Length of the short side.",
    ),
    _STORAGE,
    _OUTPUT,
    _USER,
)
VIDEO_EDIT_FIELDS: Final = (_PROMPT, _VIDEO, _MODEL, _STORAGE, _OUTPUT, _USER)
VIDEO_EXTENSION_FIELDS: Final = (
    _PROMPT,
    _VIDEO,
    _MODEL,
    Field(
        name="duration",
        kind="integer",
        default=DEFAULT_EXTENSION_DURATION_S,
        minimum=1,
        maximum=15,
        about="Whole seconds to add; 2 to 10 is understood everywhere.",
    ),
    _STORAGE,
    _OUTPUT,
    _USER,
)
STORAGE_FIELDS: Final = (
    Field(name="filename", required=True, about="Name of the stored file."),
    Field(
        name="expires_after",
        kind="integer",
        minimum=MIN_EXPIRES_AFTER_S,
        maximum=MAX_EXPIRES_AFTER_S,
        about="Lifetime in seconds; absent keeps the file until it is deleted.",
    ),
    Field(name="public_url", kind="boolean", default=False, about="Share it; an object sets the URL's own lifetime."),
)
