import re
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imagined.contract.errors import INVALID_ARGUMENT, ApiError
from imagined.contract.files import ListQuery
from imagined.files.filter import MAX_BYTES, MAX_COMPARISONS, MAX_DEPTH, And, Comparison, Node, Not, Or, parse_filter
from imagined.files.matching import matches
from imagined.files.ports import FileRecord
from imagined.storage.database.files import SqlFileStore
from imagined.storage.database.migrations import migrate
from imagined.storage.database.sqlite import SqliteDatabase

NOW = datetime(2027, 1, 1, tzinfo=UTC).timestamp()
ID = "file_00000000-0000-4000-8000-000000000001"
FILE = FileRecord(
    id=ID,
    team_id="team",
    filename='Harbour at "Night" 100%.PNG',
    size=2_000_000,
    content_type="image/png",
    sha256="0" * 64,
    created_at=NOW - 86_400 + 0.25,
    expires_at=NOW + 7200.5,
    public_token="pQ3v9sT0aKz1LrWm7YhUeA",
    public_expires_at=NOW + 3600,
)
BARE = msgspec.structs.replace(FILE, expires_at=None, public_token=None, public_expires_at=None)


def holds(text: str, record: FileRecord = FILE) -> bool:
    node = parse_filter(text)
    assert node is not None
    return matches(node, record, NOW)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('name:"harbour"', True),
        ('file_name:"NIGHT"', True),
        ('name = "harbour"', True),
        ('name != "harbour"', False),
        ('name:"lagoon"', False),
        (r'name:"\"night\""', True),
        ('name:"100%"', True),
        ('name:"1_0"', False),
        (f'file_id = "{ID}"', True),
        (f'file_id = "{ID[:-1]}"', False),
        (f'file_id != "{ID}"', False),
        ("size_bytes > 1048576", True),
        ("size_bytes >= 2000000", True),
        ("size_bytes < 2000000", False),
        ("size_bytes <= 2000000", True),
        ("size_bytes = 2000000", True),
        ("size_bytes != 2000000", False),
        ("size_bytes > -1", True),
        ("size_bytes = null", False),
        ('content_type = "image/png"', True),
        ('content_type = "IMAGE/PNG"', True),
        ('content_type = "image"', True),
        ('content_type:"png"', True),
        ('content_type = "image/pn"', True),
        ('content_type = "image/jpeg"', False),
        ('content_type != "application/pdf"', True),
        ('created_at = "2026-12-31T00:00:00Z"', True),
        ('created_at > "2026-12-31T00:00:00Z"', False),
        ('created_at >= "2026-12-31T00:00:00Z"', True),
        ('created_at <= "2026-12-31T00:00:00Z"', True),
        ('created_at < "2026-12-31T00:00:00Z"', False),
        ('created_at > "2026-12-31T00:00:00.1Z"', True),
        ('created_at = "2026-12-31T00:00:00.25Z"', True),
        ('created_at <= "2026-12-31T00:00:00.2Z"', False),
        ('created_at = "2026-12-31T01:00:00+01:00"', True),
        ('expires_at < "2027-06-01T00:00:00Z"', True),
        ("expires_at != null", True),
        ("expires_at = null", False),
        ('upload_status = "Complete"', True),
        ('upload_status != "Complete"', False),
        ("upload_status = null", False),
        ('user_defined_id = "mine"', False),
        ('user_defined_id != "mine"', True),
        ("user_defined_id = null", True),
        ("public_url != null", True),
        ("public_url = null", False),
        (f'public_url = "https://files.example/public/pQ3v9sT0aKz1LrWm7YhUeA/{ID}.png"', True),
        ('public_url = "https://files.example/public/AAAAAAAAAAAAAAAAAAAAAA/x.png"', False),
        ('public_url_expires_at < "2027-01-01T02:00:00Z"', True),
        ("public_url_expires_at = null", False),
        ('size_bytes > 1048576 AND content_type = "image/png"', True),
        ('size_bytes > 1048576 content_type = "image/png"', True),
        ('size_bytes < 5 OR content_type = "image/png"', True),
        ('NOT size_bytes < 5 AND NOT name:"lagoon"', True),
        ('NOT (size_bytes > 5 OR name:"lagoon")', False),
        ("NOT NOT size_bytes > 5", True),
        # OR binds tighter than AND, as in AIP-160.
        ("size_bytes < 5 AND size_bytes < 5 OR size_bytes > 5", False),
        ("size_bytes > 5 OR size_bytes < 5 AND size_bytes < 5", False),
        ("(size_bytes > 5) (size_bytes > 6)OR(size_bytes<5)", True),
    ],
)
def test_meaning(text: str, expected: bool) -> None:
    assert holds(text) is expected


def test_what_is_not_set_equals_null_only() -> None:
    for field in ("expires_at", "public_url_expires_at"):
        for operator in ("=", ">", ">=", "<", "<="):
            assert not holds(f'{field} {operator} "2027-01-01T00:00:00Z"', BARE)
            assert holds(f'NOT {field} {operator} "2027-01-01T00:00:00Z"', BARE)
        assert holds(f'{field} != "2027-01-01T00:00:00Z"', BARE)
        assert holds(f"{field} = null", BARE)
    assert holds("public_url = null", BARE)
    over = msgspec.structs.replace(FILE, public_expires_at=NOW)
    assert holds("public_url = null AND public_url_expires_at = null", over)


@pytest.mark.parametrize(
    ("text", "column", "what"),
    [
        ("colour = 1", 1, "unknown field `colour`"),
        ("size_bytes", 11, "expected an operator"),
        ("size_bytes >", 13, "expected an integer"),
        ('size_bytes > "5"', 14, "expected an integer"),
        ("size_bytes : 5", 12, "expected an operator of `size_bytes` (= != > >= < <=)"),
        ('name > "a"', 6, "expected an operator of `name` (= != :)"),
        ("name = harbour", 8, "quoted string"),
        ('name = "harbour', 8, "unterminated string"),
        ("name : null", 8, "null can be compared with = and != only"),
        ("expires_at < null", 14, "null can be compared"),
        ('created_at > "yesterday"', 14, "RFC 3339"),
        ('created_at > "2026-13-01T00:00:00Z"', 14, "RFC 3339"),
        ('created_at > "2026-12-01T00:00:00"', 14, "RFC 3339"),
        ('created_at > "2026-12-01"', 14, "RFC 3339"),
        ("size_bytes > 99999999999999999999", 14, "out of range"),
        ("size_bytes > 5x", 14, "unexpected character"),
        ("size_bytes > 5 AND", 19, "expected a field name, the expression ends"),
        ("AND size_bytes > 5", 1, "expected a field name, found `AND`"),
        ("size_bytes > 5 OR OR size_bytes > 6", 19, "expected a field name"),
        ("(size_bytes > 5", 16, "`(` of column 1 is not closed"),
        ("size_bytes > 5)", 15, "unexpected `)`"),
        ("size_bytes > 5 and size_bytes < 6", 16, "unknown field `and`"),
        ("size_bytes > 5 ; DROP TABLE files", 16, "unexpected character"),
        ('name = "a\0b"', 8, "unterminated string"),
        ("()", 2, "expected a field name, found `)`"),
        ("NOT", 4, "expected a field name"),
    ],
)
def test_refusals_point_at_the_column(text: str, column: int, what: str) -> None:
    with pytest.raises(ApiError) as refused:
        parse_filter(text)
    assert refused.value.kind is INVALID_ARGUMENT
    assert refused.value.message.startswith("filter: ")
    assert refused.value.message.endswith(f"at column {column}.")
    assert what in refused.value.message


def test_caps() -> None:
    parse_filter(" ".join(["size_bytes > 5"] * MAX_COMPARISONS))
    parse_filter("(" * (MAX_DEPTH - 1) + "size_bytes > 5" + ")" * (MAX_DEPTH - 1))
    for text, what in (
        (" ".join(["size_bytes > 5"] * (MAX_COMPARISONS + 1)), "more than 50 comparisons"),
        ("(" * MAX_DEPTH + "size_bytes > 5" + ")" * MAX_DEPTH, "20 levels"),
        ("NOT " * MAX_DEPTH + "size_bytes > 5", "20 levels"),
        (f'name:"{"ä" * (MAX_BYTES // 2)}"', "4096 bytes"),
    ):
        with pytest.raises(ApiError, match=re.escape(what)):
            parse_filter(text)
    assert parse_filter("  \n ") is None


@given(st.text(alphabet='()<>=!:"\\ ANDORNTnulsize_bytes0123456789\0\n-', max_size=60))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    try:
        parse_filter(text)
    except ApiError as refused:
        assert refused.kind is INVALID_ARGUMENT


TIMES = [NOW - 86_400, NOW - 1, NOW - 0.5, NOW, NOW + 0.25, NOW + 1, NOW + 3600]
NAMES = ["a.png", "A.PNG", "ä%_b", "Ä", "x'y", 'q"q', "back\\slash", "b/c"]
TYPES = ["image/png", "image/jpeg", "application/json", "application/jsonl", "application/octet-stream"]
TOKENS = ["A" * 22, "B" * 22]


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def rfc3339(at: float) -> str:
    return quoted(datetime.fromtimestamp(at, UTC).isoformat().replace("+00:00", "Z"))


STRINGS = st.sampled_from([*NAMES, "a", "P", "%", "_", "image", "json", "", *TYPES]).map(quoted)
ORDER = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
TIME = st.sampled_from(TIMES).map(rfc3339)
IDS = st.integers(1, 4).map(lambda number: f"file_00000000-0000-4000-8000-{number:012x}")
WORD = st.sampled_from(["=", "!=", ":"])
COMPARISONS = st.one_of(
    st.builds("{} {} {}".format, st.sampled_from(["name", "file_name", "content_type"]), WORD, STRINGS),
    st.builds("size_bytes {} {}".format, ORDER, st.sampled_from([-1, 0, 1, 2, 3])),
    st.builds("{} {} {}".format, st.sampled_from(["created_at", "expires_at", "public_url_expires_at"]), ORDER, TIME),
    st.builds(
        "{} {} null".format,
        st.sampled_from(["created_at", "expires_at", "public_url_expires_at", "public_url", "name", "size_bytes"]),
        st.sampled_from(["=", "!="]),
    ),
    st.builds("file_id {} {}".format, st.sampled_from(["=", "!="]), IDS.map(quoted)),
    st.builds("upload_status {} {}".format, st.sampled_from(["=", "!="]), st.sampled_from(['"Complete"', '"Failed"'])),
    st.builds(
        "public_url {} {}".format,
        st.sampled_from(["=", "!="]),
        st.builds("http://h/public/{}/{}.png".format, st.sampled_from(TOKENS), IDS).map(quoted),
    ),
)
EXPRESSIONS = st.recursive(
    COMPARISONS,
    lambda inner: st.one_of(
        st.builds("({} AND {})".format, inner, inner),
        st.builds("({} OR {})".format, inner, inner),
        st.builds("({} {})".format, inner, inner),
        st.builds("NOT ({})".format, inner),
    ),
    max_leaves=8,
)
RECORDS = st.lists(
    st.builds(
        FileRecord,
        id=st.just(""),
        team_id=st.just("team"),
        filename=st.sampled_from(NAMES),
        size=st.integers(0, 3),
        content_type=st.sampled_from(TYPES),
        sha256=st.just("0" * 64),
        created_at=st.sampled_from(TIMES),
        expires_at=st.none() | st.sampled_from(TIMES),
        public_token=st.none() | st.sampled_from(TOKENS),
        public_expires_at=st.none() | st.sampled_from(TIMES),
    ),
    max_size=4,
    unique_by=lambda record: record.public_token or object(),
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filter") / "imagined.db"
    migrate(path)
    return path


@given(text=EXPRESSIONS, records=RECORDS)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_the_sql_means_what_the_python_means(path: Path, text: str, records: list[FileRecord]) -> None:
    database = SqliteDatabase(path)
    store = SqlFileStore(database)
    try:
        node = parse_filter(text)
        assert node is not None
        team = f"team{datetime.now(UTC).timestamp()}"
        rows = [
            msgspec.structs.replace(record, id=f"file_00000000-0000-4000-8000-{number:012x}", team_id=team)
            for number, record in enumerate(records, 1)
        ]
        for row in rows:
            await store.insert(row)
        live = [row for row in rows if row.expires_at is None or row.expires_at > NOW]
        page = await store.page(team, ListQuery(filter=text), NOW)
        assert {row.id for row in page.records} == {row.id for row in live if matches(node, row, NOW)}
        for row in rows:
            await store.delete(team, row.id, 0.0)
    finally:
        await database.close()


def spelled(node: Node) -> str:
    """The tree with every parenthesis."""
    match node:
        case And(parts):
            return "(" + " AND ".join(map(spelled, parts)) + ")"
        case Or(parts):
            return "(" + " OR ".join(map(spelled, parts)) + ")"
        case Not(part):
            return f"NOT {spelled(part)}"
        case Comparison(_, operator, value):
            return f"size_bytes {operator} {value}"


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("size_bytes = 1 size_bytes = 2 OR size_bytes = 3", "(size_bytes = 1 AND (size_bytes = 2 OR size_bytes = 3))"),
        (
            "size_bytes = 1 OR size_bytes = 2 AND size_bytes = 3 OR NOT size_bytes = 4",
            "((size_bytes = 1 OR size_bytes = 2) AND (size_bytes = 3 OR NOT size_bytes = 4))",
        ),
    ],
)
def test_precedence(text: str, tree: str) -> None:
    node = parse_filter(text)
    assert node is not None
    assert spelled(node) == tree
