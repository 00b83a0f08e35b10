"""What a key may do, by its access list.

An entry is ``api-key:model:NAME`` or ``api-key:endpoint:NAME``, and ``*`` stands for every name: the words of the
hosted service, which key information shows. A kind without any entry allows nothing of it.
"""

from collections.abc import Iterable, Sequence
from typing import Final, Literal, get_args

from imagined.contract import errors
from imagined.contract.access import Caller
from imagined.contract.errors import ApiError
from imagined.contract.requests import Operation

Endpoint = Literal["image", "video", "files", "batch", "models"]
ENDPOINTS: Final[tuple[Endpoint, ...]] = get_args(Endpoint)
"""Parts of the API that a key can be limited to. Key information, usage and webhooks are for every key."""

_MODEL: Final = "api-key:model:"
_ENDPOINT: Final = "api-key:endpoint:"


def acls(models: Sequence[str] = (), endpoints: Sequence[str] = ()) -> tuple[str, ...]:
    """The access list of a key that is limited to these; none means all."""
    return (
        *(f"{_MODEL}{name}" for name in models or ("*",)),
        *(f"{_ENDPOINT}{name}" for name in endpoints or ("*",)),
    )


def endpoint_of(operation: Operation) -> Endpoint:
    """The part of the API that requests of this kind belong to."""
    return "image" if operation in ("generate_image", "edit_image") else "video"


def may_use_endpoint(caller: Caller, endpoint: Endpoint) -> bool:
    """Whether the caller's key may use this part of the API."""
    return _allows(caller, _ENDPOINT, (endpoint,))


def check_endpoint(caller: Caller, endpoint: Endpoint) -> None:
    """Raise `ApiError` when the caller's key may not use this part of the API."""
    if not may_use_endpoint(caller, endpoint):
        raise ApiError(errors.PERMISSION_DENIED, f"The API key has no permission for the endpoint {endpoint}.")


def check_model(caller: Caller, names: Sequence[str]) -> None:
    """Raise `ApiError` when the caller's key may not use the model with these names: its id, then its aliases."""
    if not may_use(caller, names):
        raise ApiError(errors.PERMISSION_DENIED, f"The API key has no permission for the model {names[0]}.")


def is_unlimited(caller: Caller) -> bool:
    """Whether the caller's key may use every part of the API."""
    return f"{_ENDPOINT}*" in caller.acls


def may_use(caller: Caller, names: Sequence[str]) -> bool:
    """Whether the caller's key may use the model with these names: lists leave out the others."""
    return _allows(caller, _MODEL, names)


def _allows(caller: Caller, kind: str, names: Iterable[str]) -> bool:
    allowed = {entry.removeprefix(kind) for entry in caller.acls if entry.startswith(kind)}
    return "*" in allowed or not allowed.isdisjoint(names)
