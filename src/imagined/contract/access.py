"""Who is calling."""

import msgspec


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """An authenticated key and its team. All objects belong to the team."""

    team_id: str
    key_id: str
    name: str
    redacted_key: str
    """Both ends of the key only."""
    user_id: str = ""
    created_at: float = 0.0
    modified_at: float = 0.0
    acls: tuple[str, ...] = ("api-key:model:*", "api-key:endpoint:*")
    disabled: bool = False
