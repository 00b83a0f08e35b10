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
_TRIED: Final = 16
"""Trigrams of a name that are counted."""
_RARE: Final = 4000
"""A trigram in more names than this is not looked for where there are rarer ones: reading where it is takes longer."""
_ENOUGH: Final = 3
"""So many rare trigrams together are in hardly a name that does not have the whole text."""
_names: Final = table("file_names", column("rowid"), column("file_names"))
_numbers: Final = table("file_names_numbers", column("number"), column("file_id"))
_HAS_NAMES: Final = Statement(
    select(column("name")).select_from(table("sqlite_master")).where(column("name") == literal("file_names"))
)

_WITH_TRIGRAM: Final = Statement(
    select(func.count().label("found")).select_from(
        select(_names.c.rowid).where(_names.c.file_names.op("MATCH")(bindparam("sought"))).limit(_RARE + 1).subquery()
    )
)
Rare = tuple[tuple[str, int], ...]
"""Trigrams that are in few names, and in how many."""
Ids = Select[Any]
"""Of files; each has the team among its conditions where its index does."""


class Narrowing:
    """Files among which all matches are."""

    def __init__(self, parts: Sequence[Ids], few: int) -> None:
        self.few = few
        """Up to here it is worth its while."""
        bounded = [part.limit(FEW + 1) for part in parts]
        self.ids: Any = bounded[0] if len(bounded) == 1 else union_all(*(select(ids.subquery()) for ids in bounded))
        self.count: Final = Statement(select(func.count().label("found")).select_from(self.ids.subquery()))


@lru_cache(maxsize=512)
def narrowings(filter_text: str, sort_by: SortBy, rare: Rare | None) -> tuple[Narrowing, ...]:
    """The narrowings of a filter, at most a few. `rare` is None where names have no index of their parts."""
    node = parse_filter(filter_text)
    if node is None or _is_in_order(node, sort_by):
        return ()
    parts = node.parts if isinstance(node, And) else (node,)
    found = [(_ids(part, rare), _few(part, sort_by)) for part in parts]
    return tuple(Narrowing(ids, few) for ids, few in found if ids)[:_MOST]


async def narrowest(tx: Transaction, filter_text: str, sort_by: SortBy, team_id: str, now: float) -> Narrowing | None:
    """The narrowing with the fewest files, if they are few."""
    best: Narrowing | None = None
    fewest = FEW + 1
    for narrowing in narrowings(filter_text, sort_by, await _rare_trigrams(tx, filter_text)):
        row = await tx.one(narrowing.count, team=team_id, now=now)
        if row is not None and row["found"] < min(fewest, narrowing.few + 1):
            best, fewest = narrowing, row["found"]
    return best


def narrowed(narrowing: Narrowing) -> list[ColumnElement[bool]]:
    """The conditions that a narrowing adds to those of its page, in place of the team's."""
    # Spelled so that no index of the team's files fits: it would be read along, with the narrowing as one more test.
    return [_C.id.in_(narrowing.ids), (_C.team_id + literal("")) == bindparam("team")]


async def _rare_trigrams(tx: Transaction, filter_text: str) -> Rare | None:
    texts = _name_parts(parse_filter(filter_text))
    if not texts or await tx.one(_HAS_NAMES) is None:
        return None
    counts: dict[str, int] = {}
    for trigram in dict.fromkeys(trigram for text in texts[:_MOST] for trigram in _spread(_trigrams(text))):
        row = await tx.one(_WITH_TRIGRAM, sought=_quoted(trigram))
        if row is not None and row["found"] <= _RARE:
            counts[trigram] = row["found"]
    return tuple(counts.items())


def _name_parts(node: Node | None) -> list[str]:
    """The texts that names are searched for."""
    match node:
        case And(parts) | Or(parts):
            return [text for part in parts for text in _name_parts(part)]
        case Comparison(field=field, operator=operator, value=str(value)) if field.kind == "text" and operator != "!=":
            return [value]
        case _:
            return []


def _few(node: Node, sort_by: SortBy) -> int:
    # Files that end are read along an index of their own, in the order of their creation: they are few to begin with.
    ends = isinstance(node, Comparison) and node.field.attribute == "expires_at" and sort_by == "created_at"
    return FEW // 4 if ends else FEW


def _is_in_order(node: Node, sort_by: SortBy) -> bool:
    """Whether an index holds just the matches in the order of the list, so that nothing is narrower."""
    if not isinstance(node, Comparison) or (node.operator == "!=" and node.value is not None):
        return False
    if node.value is None:
        return sort_by == "created_at" and node.field.attribute in ("public_token", "expires_at")
    if node.field.kind == "type":
        return sort_by == "created_at" and whole_type(node)
    return node.field.attribute == sort_by and node.field.kind != "text"


def _ids(node: Node, rare: Rare | None) -> list[Ids]:
    """Selections that together hold every match of `node`; none when no index gives them."""
    match node:
        case Or(parts):
            each = [_ids(part, rare) for part in parts]
            return [ids for several in each for ids in several] if all(each) else []
        case And(parts):
            return next((ids for ids in (_ids(part, rare) for part in parts) if ids), [])
        case Comparison(operator=operator, value=value) if (operator == "!=") is (value is None):
            ids = _of_comparison(node, rare)
            return [] if ids is None else [ids]
        case _:
            return []


def _of_comparison(node: Comparison, rare: Rare | None) -> Ids | None:
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
    return _of_name(str(wanted), rare) if field.kind == "text" and rare is not None else None


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


def _of_name(wanted: str, rare: Rare) -> Ids | None:
    """Files with the rarest trigrams of the text in their names, or all of them when none is rare.

    The index folds more letters than the filter does, so it finds no file too few.
    """
    trigrams = _trigrams(wanted)
    if not trigrams:
        return None
    few = sorted((found, trigram) for trigram, found in rare if trigram in trigrams)[:_ENOUGH]
    sought = " ".join(map(_quoted, [trigram for _, trigram in few] or trigrams))
    return (
        select(_numbers.c.file_id.label("id"))
        .select_from(_names.join(_numbers, _numbers.c.number == _names.c.rowid))
        .where(_names.c.file_names.op("MATCH")(sought))
    )


def _trigrams(wanted: str) -> list[str]:
    """Every three characters in a row; none of a text that the index cannot hold."""
    text = lowered(wanted)
    if "\0" in text:
        return []
    return list(dict.fromkeys(text[start : start + _TRIGRAM] for start in range(len(text) - _TRIGRAM + 1)))


def _spread(trigrams: list[str]) -> list[str]:
    """Some of many, from everywhere in the text."""
    return trigrams[:: -(-len(trigrams) // _TRIED)] if trigrams else []


def _quoted(trigram: str) -> str:
    return '"' + trigram.replace('"', '""') + '"'
