import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imagined.delivery.conditions import Span, UnsatisfiableRangeError, asked_range, fails_match, is_unchanged
from imagined.delivery.disposition import content_disposition

TAG = '"abc"'


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, None),
        ("bytes=0-0", Span(0, 1)),
        ("bytes=0-9", Span(0, 10)),
        ("bytes=5-", Span(5, 10)),
        ("bytes=5-100", Span(5, 10)),
        ("bytes=-3", Span(7, 10)),
        ("bytes=-30", Span(0, 10)),
        ("BYTES=1-2", Span(1, 3)),
        ("bytes= 1 - 2 ", Span(1, 3)),
        # Ignored, as RFC 9110 says of what is malformed, unknown or more than we send.
        ("bytes=5-2", None),
        ("bytes=-", None),
        ("bytes=a-b", None),
        ("bytes=0-1,3-4", None),
        ("lines=0-1", None),
        ("bytes", None),
        ("", None),
        ("bytes=--5", None),
        ("bytes=\u0661-\u0662", None),
        ("bytes=" + "9" * 5000 + "-", None),
    ],
)
def test_ranges(header: str | None, expected: Span | None) -> None:
    assert asked_range(header, None, TAG, 10) == expected


@pytest.mark.parametrize(("header", "size"), [("bytes=10-", 10), ("bytes=-0", 10), ("bytes=0-", 0), ("bytes=-1", 0)])
def test_ranges_outside(header: str, size: int) -> None:
    with pytest.raises(UnsatisfiableRangeError):
        asked_range(header, None, TAG, size)


@pytest.mark.parametrize(
    ("if_range", "applies"),
    [
        (TAG, True),
        (f" {TAG} ", True),
        (f"W/{TAG}", False),
        ('"other"', False),
        ("Sat, 01 Jan 2028", False),
    ],
)
def test_if_range(if_range: str, applies: bool) -> None:
    assert (asked_range("bytes=0-1", if_range, TAG, 10) is not None) is applies


@pytest.mark.parametrize(
    ("header", "unchanged", "matching"),
    [
        (TAG, True, True),
        (f"W/{TAG}", True, False),
        (f'"x", {TAG}', True, True),
        ("*", True, True),
        ('"x"', False, False),
        ("abc", False, False),
        ("", False, False),
    ],
)
def test_tags(header: str, unchanged: bool, matching: bool) -> None:
    assert is_unchanged(header, TAG) is unchanged
    assert fails_match(header, TAG) is not matching


def test_no_condition() -> None:
    assert not is_unchanged(None, TAG)
    assert not fails_match(None, TAG)


@given(st.text(max_size=40), st.integers(0, 50))
def test_any_range_header_is_understood_or_ignored(header: str, size: int) -> None:
    try:
        span = asked_range(header, None, TAG, size)
    except UnsatisfiableRangeError:
        return
    assert span is None or 0 <= span.start < span.end <= size


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("city.jpg", 'inline; filename="city.jpg"'),
        ("a b.jpg", 'inline; filename="a b.jpg"'),
        ("../../etc/passwd", 'inline; filename=".._.._etc_passwd"'),
        ("ä.jpg", "inline; filename=\"_.jpg\"; filename*=UTF-8''%C3%A4.jpg"),
        ("100%.jpg", "inline; filename=\"100_.jpg\"; filename*=UTF-8''100%25.jpg"),
        ("\u202egpj.exe", 'inline; filename="_gpj.exe"'),
    ],
)
def test_disposition(name: str, expected: str) -> None:
    assert content_disposition(name, inline=True) == expected


@given(st.text(max_size=255))
def test_no_name_breaks_out_of_the_header(name: str) -> None:
    value = content_disposition(name.encode("utf-8", "replace").decode(), inline=False)
    assert re.fullmatch(r"attachment; filename=\"[^\"\\]*\"(; filename\*=UTF-8''[!#$&+.^_`|~0-9A-Za-z%-]*)?", value)
    assert value.isascii()
    assert value.isprintable()
