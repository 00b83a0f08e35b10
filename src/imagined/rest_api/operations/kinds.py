"""What the table of routes is made of: operations, their parameters, their answers, and what they may refuse."""

from dataclasses import dataclass, field
from typing import Any, Final, Literal

from imagined.access.idempotency import LONGEST_KEY
from imagined.access.permissions import Endpoint
from imagined.contract import errors
from imagined.contract.errors import ErrorKind
from imagined.rest_api.services import Handler


@dataclass(frozen=True)
class Parameter:
    """A query parameter, the one in a path, or a header."""

    name: str
    description: str
    schema: dict[str, Any] = field(default_factory=lambda: {"type": "string"})
    place: Literal["query", "path", "header"] = "query"


@dataclass(frozen=True)
class Answer:
    """A successful answer. No type: bytes."""

    description: str
    type: Any = None
    media: tuple[str, ...] = ("application/json",)
    """Content types; none where there is no body."""


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One method of one path."""

    method: str
    path: str
    handler: Handler
    tag: str
    summary: str
    description: str = ""
    body: Any = None
    """A wire type, or the schema of a form."""
    body_media_type: str = "application/json"
    body_required: bool = True
    parameters: tuple[Parameter, ...] = ()
    answers: dict[int, Answer]
    refusals: tuple[ErrorKind, ...] = ()
    """Beyond those that every operation has."""
    answers_secret: bool = False
    """The answer holds a secret: it is not kept for calls with the same key, but made again for them."""

    @property
    def endpoint(self) -> Endpoint | None:
        """The part of the API that a key must be allowed to use; None: every key may."""
        return _ENDPOINTS.get(self.tag)

    @property
    def is_streamed(self) -> bool:
        """The handler reads the body while it arrives, and nothing comes of the call before its end."""
        return self.body_media_type == "multipart/form-data"

    @property
    def all_parameters(self) -> tuple[Parameter, ...]:
        """With those that every operation of this method has."""
        return (_IDEMPOTENCY_KEY, *self.parameters) if self.method == "POST" else self.parameters

    @property
    def all_refusals(self) -> tuple[ErrorKind, ...]:
        """With those that every operation of this method has."""
        return (*self.refusals, errors.KEY_REUSED) if self.method == "POST" else self.refusals

    @property
    def name(self) -> str:
        """The handler's name: unique, and stable for generated clients."""
        return self.handler.__name__ + ("_2" if self.path.startswith("/v1/embedding") else "")


_IDEMPOTENCY_KEY: Final = Parameter(
    "Idempotency-Key",
    "A name for this call. The same call with the same name again is answered as the first one was, errors included, "
    "and is not run again; another call with that name is a 409. `X-Idempotency-Key` is read too.",
    {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
    place="header",
)
_ENDPOINTS: Final[dict[str, Endpoint]] = {
    "Images": "image",
    "Videos": "video",
    "Files": "files",
    "Lineage": "files",
    "Batches": "batch",
    "Models": "models",
}
JSON_REFUSALS: Final = (
    errors.INVALID_ARGUMENT,
    errors.MALFORMED_JSON,
    errors.TOO_LARGE,
    errors.UNSUPPORTED_MEDIA_TYPE,
    errors.SCHEMA,
)
START_REFUSALS: Final = (*JSON_REFUSALS, errors.NOT_FOUND, errors.RESOURCE_EXHAUSTED, errors.UNAVAILABLE)

REQUEST_ID: Final = Parameter(
    "request_id", "What the POST answered.", {"type": "string", "format": "uuid"}, place="path"
)
