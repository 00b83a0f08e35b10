"""The error catalogue: every refusal a client can see, as one value that each transport renders once.

`ErrorKind` fixes the REST code, the HTTP status, the gRPC status and the form of the body; `ApiError` adds the
sentence. Texts that the hosted service is known to send stand here, so that both transports say the same words.
"""

import math
from dataclasses import dataclass
from typing import Final, Literal

Body = Literal["json", "text", "empty", "nested"]


@dataclass(frozen=True)
class ErrorKind:
    """One class of refusal. `grpc` is the name of a `grpc.StatusCode`; `body` is the form of the REST body."""

    code: str
    http: int
    grpc: str
    body: Body = "json"


INVALID_ARGUMENT: Final = ErrorKind("invalid-argument", 400, "INVALID_ARGUMENT")
UNSUPPORTED_ARGUMENT: Final = ErrorKind("400", 400, "INVALID_ARGUMENT")
SCHEMA: Final = ErrorKind("schema", 422, "INVALID_ARGUMENT", "text")
MALFORMED_JSON: Final = ErrorKind("malformed-json", 400, "INVALID_ARGUMENT", "text")
NO_CREDENTIALS: Final = ErrorKind("unauthenticated:no-credentials", 401, "UNAUTHENTICATED")
WRONG_KEY: Final = ErrorKind("invalid-argument", 400, "UNAUTHENTICATED")
PERMISSION_DENIED: Final = ErrorKind("permission-denied", 403, "PERMISSION_DENIED")
NOT_FOUND: Final = ErrorKind("not-found", 404, "NOT_FOUND")
UNKNOWN_PATH: Final = ErrorKind("404", 404, "UNIMPLEMENTED", "nested")
METHOD_NOT_ALLOWED: Final = ErrorKind("method-not-allowed", 405, "UNIMPLEMENTED", "empty")
CONFLICT: Final = ErrorKind("conflict", 409, "ABORTED")
KEY_REUSED: Final = ErrorKind("idempotency-key-reused", 409, "ALREADY_EXISTS")
FAILED_PRECONDITION: Final = ErrorKind("failed-precondition", 412, "FAILED_PRECONDITION")
TOO_LARGE: Final = ErrorKind("payload-too-large", 413, "RESOURCE_EXHAUSTED")
UNSUPPORTED_MEDIA_TYPE: Final = ErrorKind("unsupported-media-type", 415, "INVALID_ARGUMENT")
RESOURCE_EXHAUSTED: Final = ErrorKind("resource-exhausted", 429, "RESOURCE_EXHAUSTED")
CONTENT_MODERATED: Final = ErrorKind("imagine:content-moderated", 400, "INVALID_ARGUMENT")
UNIMPLEMENTED: Final = ErrorKind("unimplemented", 501, "UNIMPLEMENTED")
INTERNAL: Final = ErrorKind("internal", 500, "INTERNAL")
UNAVAILABLE: Final = ErrorKind("unavailable", 503, "UNAVAILABLE")


class ApiError(Exception):
    """A refusal with its kind and its sentence. Never carries a secret, a path or another team's data."""

    def __init__(
        self,
        kind: ErrorKind,
        message: str,
        *,
        cost_in_usd_ticks: int | None = None,
        retry_after_s: float | None = None,
        is_end: bool = False,
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.cost_in_usd_ticks = cost_in_usd_ticks
        """Set on billed failures only."""
        self.retry_after_s = retry_after_s
        """Seconds until another try makes sense."""
        self.is_end = is_end
        """This is how an accepted request ended: whoever asks again is told the same, whatever the status."""

    @property
    def retry_after_header(self) -> int:
        """The same as the Retry-After header has it: whole seconds, at least one."""
        return max(1, math.ceil(self.retry_after_s or 0))


class StorageUnavailableError(ApiError):
    """What was to be written was not, and nothing of it was kept; the same may succeed later."""


def invalid(message: str) -> ApiError:
    """A semantic error in a request's field."""
    return ApiError(INVALID_ARGUMENT, message)


def no_credentials() -> ApiError:
    """No Authorization header was sent."""
    return ApiError(NO_CREDENTIALS, "No credentials presented.")


def wrong_key() -> ApiError:
    """A key that was never made here, or was revoked."""
    return ApiError(
        WRONG_KEY,
        "Incorrect API key provided. You can obtain an API key from the operator of this server "
        "(`imagined keys create`).",
    )


def model_not_found(model: str, team_id: str) -> ApiError:
    """No model or alias of that name."""
    return ApiError(
        NOT_FOUND,
        f"The model {shown(model)} does not exist or your team {team_id} does not have access to it. "
        "Please ensure you're using the correct API key.",
    )


def file_not_found(file_id: str) -> ApiError:
    """Unknown, deleted, expired, or another team's file: all the same to a client."""
    return ApiError(NOT_FOUND, f"File not found: {shown(file_id)}")


def request_not_found(request_id: str) -> ApiError:
    """No such image or video request of this team."""
    return ApiError(NOT_FOUND, f"Request not found: {shown(request_id)}")


def webhook_not_found(webhook_id: str) -> ApiError:
    """No such webhook that this key may see."""
    return ApiError(NOT_FOUND, f"Webhook not found: {shown(webhook_id)}")


def delivery_not_found(delivery_id: str) -> ApiError:
    """No such delivery of a webhook that this key may see."""
    return ApiError(NOT_FOUND, f"Delivery not found: {shown(delivery_id)}")


def malformed_request_id() -> ApiError:
    """The id of a video request is not a UUID."""
    return ApiError(INVALID_ARGUMENT, "Malformed request ID")


def count_out_of_range() -> ApiError:
    """`n` outside 1..10."""
    return invalid("The number of images to generate (n) must be between 1 and 10 inclusive.")


def prompt_too_long(limit: int) -> ApiError:
    """More characters than the model's card allows."""
    return invalid(f"Prompt length exceeds the maximum allowed length of {limit}")


def prompt_empty() -> ApiError:
    """A prompt is required for this mode."""
    return invalid("Prompt cannot be empty. Please provide a prompt.")


def too_many_images(limit: int, given: int) -> ApiError:
    """More input pictures than the model's card allows."""
    return invalid(f"This model supports at most {limit} input image(s), but {given} were provided.")


def duration_out_of_range() -> ApiError:
    """A video's length outside 1..15 seconds."""
    return invalid("Duration must be between 1 and 15 seconds")


def one_source(field: str) -> ApiError:
    """A source object with none or both of `url` and `file_id`."""
    return invalid(f"{field}: exactly one of `url` and `file_id` must be set.")


def exclusive(first: str, second: str) -> ApiError:
    """Two fields that exclude each other."""
    return invalid(f"Only one of `{first}` or `{second}` can be set for a request.")


def key_reused(header: str) -> ApiError:
    """An idempotency key that already names another call."""
    return ApiError(
        KEY_REUSED,
        f"{header}: this key was sent before with another body or to another path. Send the first call unchanged "
        "to get its answer, or choose a new key for a new call.",
    )


def key_too_long(header: str, limit: int) -> ApiError:
    """An idempotency key above its length."""
    return invalid(f"{header}: must have at most {limit} characters.")


def not_a_picture(what: str) -> ApiError:
    """An input that is not a decodable JPEG, PNG or WebP."""
    return invalid(f"{what} is not a supported image. Supported types: image/jpeg, image/png, image/webp.")


def not_a_video(what: str) -> ApiError:
    """An input that is not an MP4."""
    return invalid(f"{what} is not a supported video. Supported types: video/mp4.")


def unavailable(message: str, *, retry_after_s: float = 1.0) -> ApiError:
    """The server is draining or overloaded. Never for permanent failures: clients retry it by themselves."""
    return ApiError(UNAVAILABLE, message, retry_after_s=retry_after_s)


STORAGE_FAILED: Final = "The server could not store this: its data folder is full or cannot be written."
"""The disk is full, or the data folder cannot be written. Not `unavailable`: clients would only retry."""
STORAGE_BUSY: Final = "The server could not store this: its database is locked by another process. Try again shortly."


def internal() -> ApiError:
    """A bug; the log has the rest."""
    return ApiError(INTERNAL, "An internal error occurred.")


def shown(text: str) -> str:
    """A client's own words in an error: bounded, and free of control characters."""
    return "".join(character for character in text[:80] if character.isprintable())
