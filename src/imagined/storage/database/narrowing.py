"""The other way to a page: for a filter that few files pass.

Most pages are read along an index in the order of the list, until a page's worth of files has matched. That is quick
when many match, and reads the whole list when hardly any does. So each part of a filter that every match must pass,
and that an index answers by itself, is counted first, but not beyond `FEW`. When there are few, those are fetched
and sorted; which of them match is still said by the whole condition, so a narrowing may give too many, never too few.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, bindparam, column, func, literal, null, select, table, union_all

from imagined.contract.files import SortBy
from imagined.files.filter import And, Comparison, Node, Or, Time, lowered, named_by_url, parse_filter
from imagined.files.matching import whole_type
from imagined.storage.database.filter_sql import COMPARE, at
from imagined.storage.database.port import Statement, Transaction
from imagined.storage.database.tables import files

_C: Final = files.c
FEW: Final = 2000
"""Up to here, fetching all takes less than reading on until a hundred have come by."""
_MOST: Final = 6
"""Parts of a filter that are counted; each count takes up to a millisecond."""
_TRIGRAM: Final = 3
_names: Final = table("file_names", column("rowid"), column("file_names"))
_numbers: Final = table("file_names_numbers", column("number"), column("file_id"))
_HAS_NAMES: Final = Statement(
    select(column("name")).select_from(table("sqlite_master")).where(column("name") == literal("file_names"))
)

Ids = Select[Any]
"""Of files; each has the team among its conditions where its index does."""


class Narrowing:
    """Files among which all matches are."""

    def __init__(self, parts: Sequence[Ids]) -> None:
        few: Any = [
            part.limit(FEW + 1) if len(parts) == 1 else select(part.limit(FEW + 1).subquery()) for part in parts
        ]
        self.ids: Any = few[0] if len(few) == 1 else union_all(*few)
        self.count: Final = Statement(select(func.count().label("found")).select_from(self.ids.subquery()))


@lru_cache(maxsize=512)
def narrowings(filter_text: str, sort_by: SortBy, has_names: bool) -> tuple[Narrowing, ...]:
    """The narrowings of a filter, at most a few. `has_names`: whether there is an index of parts of names."""
    node = parse_filter(filter_text)
    if node is None or _is_in_order(node, sort_by):
        return ()
    parts = node.parts if isinstance(node, And) else (node,)
    found = [ids for ids in (_ids(part, has_names) for part in parts) if ids]
    return tuple(Narrowing(ids) for ids in found[:_MOST])


async def narrowest(tx: Transaction, filter_text: str, sort_by: SortBy, team_id: str, now: float) -> Narrowing | None:
    """The narrowing with the fewest files, if they are few."""
    best: Narrowing | None = None
    fewest = FEW + 1
    has_names = bool(filter_text) and await tx.one(_HAS_NAMES) is not None
    for narrowing in narrowings(filter_text, sort_by, has_names):
        row = await tx.one(narrowing.count, team=team_id, now=now)
        if row is not None and row["found"] < fewest:
            best, fewest = narrowing, row["found"]
    return best


def narrowed(narrowing: Narrowing) -> list[ColumnElement[bool]]:
    """The conditions that a narrowing adds to those of its page, in place of the team's."""
    # Spelled so that no index of the team's files fits: it would be read along, with the narrowing as one more test.
    return [_C.id.in_(narrowing.ids), (_C.team_id + literal("")) == bindparam("team")]


def _is_in_order(node: Node, sort_by: SortBy) -> bool:
    """Whether an index holds just the matches in the order of the list, so that nothing is narrower."""
    if not isinstance(node, Comparison) or (node.operator == "!=" and node.value is not None):
        return False
    if node.value is None:
        return sort_by == "created_at" and node.field.attribute in ("public_token", "expires_at")
    if node.field.kind == "type":
        return sort_by == "created_at" and whole_type(node)
    return node.field.attribute == sort_by and node.field.kind != "text"


def _ids(node: Node, has_names: bool) -> list[Ids]:
    """Selections that together hold every match of `node`; none when no index gives them."""
    match node:
        case Or(parts):
            each = [_ids(part, has_names) for part in parts]
            return [ids for several in each for ids in several] if all(each) else []
        case And(parts):
            return next((ids for ids in (_ids(part, has_names) for part in parts) if ids), [])
        case Comparison(operator=operator, value=value) if (operator == "!=") is (value is None):
            ids = _of_comparison(node, has_names)
            return [] if ids is None else [ids]
        case _:
            return []


def _of_comparison(node: Comparison, has_names: bool) -> Ids | None:
    field, wanted = node.field, node.value
    if field.kind == "id" and wanted is not None:
        return select(_C.id).where(_C.id == wanted)
    if field.kind == "url" and wanted is not None:
        named = named_by_url(str(wanted))
        return select(_C.id).where(_C.id == named[1] if named else _C.id == null())
    if field.attribute in ("public_token", "public_expires_at"):
        return _of_team().where(_C.public_token.is_not(None))
    if field.attribute == "expires_at":
        if not isinstance(wanted, Time):
            return _of_team().where(_C.expires_at.is_not(None))
        # The order in which files end is kept for the sweeper, of all teams together.
        return select(_C.id).where(_C.expires_at > bindparam("now"), at(node.operator, _C.expires_at, wanted))
    if wanted is None:
        return None  # every file has the other fields
    if isinstance(wanted, Time):
        return _of_team().where(at(node.operator, _C.created_at, wanted))
    if isinstance(wanted, int):
        return _of_team().where(COMPARE[node.operator](_C.size, wanted))
    if field.kind == "type":
        return _of_types(node)
    return _of_name(str(wanted)) if field.kind == "text" and has_names else None


def _of_team() -> Ids:
    return select(_C.id).where(_C.team_id == bindparam("team"))


def _of_types(node: Comparison) -> Ids:
    """Files of the types that match; a team's types are learnt by leaping from one to the next in their index."""
    wanted = lowered(str(node.value))
    if whole_type(node):
        return _of_team().where(_C.content_type == wanted)
    least = select(func.min(_C.content_type).label("name")).where(_C.team_id == bindparam("team"))
    types = least.cte("types", recursive=True)
    following = least.where(_C.content_type > types.c.name).correlate(types).scalar_subquery()
    types = types.union_all(select(following).where(types.c.name.is_not(None)))
    matching = select(types.c.name).where(func.lower(types.c.name).contains(wanted, autoescape=True))
    return _of_team().where(_C.content_type.in_(matching))


def _of_name(wanted: str) -> Ids | None:
    """Files with every trigram of the text in their names; the index folds more letters than the filter does."""
    text = lowered(wanted)
    if len(text) < _TRIGRAM or "\0" in text:
        return None
    trigrams = dict.fromkeys(text[start : start + _TRIGRAM] for start in range(len(text) - _TRIGRAM + 1))
    sought = " ".join('"' + trigram.replace('"', '""') + '"' for trigram in trigrams)
    return (
        select(_numbers.c.file_id.label("id"))
        .select_from(_names.join(_numbers, _numbers.c.number == _names.c.rowid))
        .where(_names.c.file_names.op("MATCH")(sought))
    )
