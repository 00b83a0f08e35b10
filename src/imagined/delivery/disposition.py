"""`Content-Disposition`: whether a browser may show the bytes, and under which name it saves them."""

import re
from functools import lru_cache
from typing import Final
from urllib.parse import quote

INLINE_TYPES: Final = frozenset({"image/png", "image/jpeg", "image/webp", "image/gif", "video/mp4", "application/pdf"})
"""Types that a browser shows without running anything of them. Everything else is saved."""

_PATH_OR_DIRECTION: Final = re.compile("[/\\\\\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""A path separator means something to the saving side, and a direction mark can make ``exe`` read as ``jpg``."""
_UNQUOTED: Final = "!#$&+-.^_`|~"


@lru_cache(maxsize=1024)
def content_disposition(filename: str, *, inline: bool) -> str:
    """The header's value, with the plain name of RFC 6266 and, where that loses something, the one of RFC 8187."""
    kind = "inline" if inline else "attachment"
    name = _PATH_OR_DIRECTION.sub("_", filename)
    plain = re.sub(r'[^\x20-\x7e]|["\\%]', "_", name)
    if plain == name:
        return f'{kind}; filename="{plain}"'
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe=_UNQUOTED)}"
