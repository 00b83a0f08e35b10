"""The rules of names and lifetimes, as both transports and the imagine service check them (xAI Files API: upload)."""

from typing import Final

from imagined.contract.errors import invalid
from imagined.contract.files import MAX_EXPIRES_AFTER_S, MIN_EXPIRES_AFTER_S

MAX_NAME_CHARACTERS: Final = 255
_FORBIDDEN: Final = frozenset({*map(chr, range(32)), "\x7f", "\x85", "\u2028", "\u2029", '"', ";", "\\"})


def check_filename(filename: str, field: str = "filename") -> None:
    """Refuse a bad file name with `ApiError`; `field` is what the client calls it.

    Names are labels and never paths: slashes and dots are harmless and allowed.
    """
    if not filename:
        raise invalid(f"{field}: must not be empty.")
    if len(filename) > MAX_NAME_CHARACTERS:
        raise invalid(f"{field}: must be at most {MAX_NAME_CHARACTERS} characters long, and has {len(filename)}.")
    for position, character in enumerate(filename, 1):
        if character in _FORBIDDEN:
            raise invalid(
                f"{field}: must not contain control characters, line separators, double quotes, semicolons or "
                f"backslashes; character {position} is U+{ord(character):04X}."
            )
        if "\ud800" <= character <= "\udfff":
            raise invalid(f"{field}: must be valid Unicode; character {position} is half of a surrogate pair.")


def check_expires_after(expires_after: int | None, field: str = "expires_after") -> None:
    """Refuse a lifetime outside of one hour to 30 days; None means no lifetime."""
    if expires_after is None:
        return
    if isinstance(expires_after, bool) or not MIN_EXPIRES_AFTER_S <= expires_after <= MAX_EXPIRES_AFTER_S:
        raise invalid(
            f"{field}: must be between {MIN_EXPIRES_AFTER_S} and {MAX_EXPIRES_AFTER_S} seconds, and is {expires_after}."
        )
