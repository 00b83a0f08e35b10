"""Messages that image and video calls share."""

from xai_sdk.proto import image_pb2, usage_pb2

from imagined.contract import errors
from imagined.contract.files import FileOutput, StorageOptions
from imagined.contract.requests import MediaSource
from imagined.grpc_api.wire import Message, optional, set_timestamp


def to_image_source(field: str, content: Message) -> MediaSource:
    """An `ImageUrlContent`. Its `detail` is about reading pictures with a language model and means nothing here."""
    return _source(field, content, "image_url")


def to_video_source(field: str, content: Message) -> MediaSource:
    """A `VideoUrlContent`."""
    return _source(field, content, "url")


def to_storage(options: Message | None) -> StorageOptions | None:
    """`StorageOptions`; a `public_url` message, even an empty one, asks for a public URL."""
    if options is None:
        return None
    public = optional(options, "public_url")
    return StorageOptions(
        filename=options.filename,
        expires_after=optional(options, "expires_after"),
        public_url=public is not None,
        public_url_expires_after=None if public is None else optional(public, "expires_after"),
    )


def from_file_output(output: FileOutput) -> Message:
    """Where a result was kept."""
    message = image_pb2.FileOutput(file_id=output.file_id, filename=output.filename)
    if output.public_url is not None:
        message.public_url = output.public_url
    if output.public_url_error is not None:
        message.public_url_error = output.public_url_error
    set_timestamp(message, "expires_at", output.expires_at)
    set_timestamp(message, "public_url_expires_at", output.public_url_expires_at)
    return message


def usage(cost_in_usd_ticks: int) -> Message:
    """The cost; token counts stay zero for media."""
    return usage_pb2.SamplingUsage(cost_in_usd_ticks=cost_in_usd_ticks)


def _source(field: str, content: Message, url_field: str) -> MediaSource:
    url, file_id = optional(content, url_field), optional(content, "file_id")
    if not url and not file_id:
        raise errors.one_source(field)
    return MediaSource(url=url, file_id=file_id)
