"""What files do, said by a dict and a few lines: the measure of the machines that live random lives."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from tests.unit.files.rig import GIF, JPEG, PNG

HOUR, DAY = 3600, 86_400
NAMES = st.sampled_from(["a.png", "B.png", "b.png", "ä.jpg", "notes"])
CONTENTS = st.sampled_from([PNG, PNG, JPEG, GIF, b""])
LIVES = st.sampled_from([None, HOUR, 2 * HOUR, DAY])
SORTS = st.sampled_from(["created_at", "filename", "size"])
ORDERS = st.sampled_from(["asc", "desc"])
PICK = st.integers(0, 10**6)
SHAREABLE = {PNG, JPEG}


@dataclass
class Expected:
    """A file as the model knows it. A file whose time is over stays here, to be asked for again."""

    id: str
    name: str
    data: bytes
    made: float
    ends: float | None
    url: str | None = None
    url_ends: float | None = None
    deleted: bool = False

    def lives(self, now: float) -> bool:
        return not self.deleted and (self.ends is None or self.ends > now)

    def shared(self, now: float) -> bool:
        return self.lives(now) and self.url is not None and (self.url_ends is None or self.url_ends > now)


FILTERS: dict[str, Callable[[Expected, float], bool]] = {
    "": lambda file, now: True,
    'name:"b"': lambda file, now: "b" in file.name.lower(),
    "size_bytes > 10 AND expires_at = null": lambda file, now: len(file.data) > 10 and file.ends is None,
    "public_url != null": lambda file, now: file.shared(now),
    'NOT content_type = "image/png" OR public_url_expires_at != null': (
        lambda file, now: file.data != PNG or (file.shared(now) and file.url_ends is not None)
    ),
}
KEYS: dict[str, Callable[[Expected], Any]] = {
    "created_at": lambda file: file.made,
    "filename": lambda file: file.name,
    "size": lambda file: len(file.data),
}
