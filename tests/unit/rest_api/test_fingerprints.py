import itertools

from hypothesis import given
from hypothesis import strategies as st

from imagined.rest_api.fingerprints import ContentHash, fingerprint


def hashed(pieces: list[bytes], content_type: str = "application/json") -> str:
    content = ContentHash(content_type)
    for piece in pieces:
        content.update(piece)
    return content.hexdigest()


def form(boundary: bytes, data: bytes) -> bytes:
    head = b'Content-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    return b"--" + boundary + b"\r\n" + head + data + b"\r\n--" + boundary + b"--\r\n"


@given(
    st.binary(
        min_size=1,
        max_size=4,
    ).filter(lambda boundary: not set(boundary) & set(b' \t\r\n"\\;,=\0')),
    st.lists(st.sampled_from([b"a", b"ab", b"b", b"\r\n", b"--"]), max_size=40),
    st.lists(st.integers(0, 200), max_size=8),
)
def test_pieces_do_not_count(boundary: bytes, words: list[bytes], cuts: list[int]) -> None:
    content_type = f"multipart/form-data; boundary={boundary.decode('latin-1')}"
    body = form(boundary, b"".join(words) + boundary + b"".join(words))
    places = [0, *sorted(cut for cut in cuts if cut < len(body)), len(body)]
    pieces = [body[start:end] for start, end in itertools.pairwise(places)]
    assert hashed(pieces, content_type) == hashed([body], content_type)


def test_a_boundary_does_not_count_and_what_it_bounds_does() -> None:
    def of(boundary: bytes, data: bytes) -> str:
        return hashed([form(boundary, data)], f"multipart/form-data; boundary={boundary.decode()}")

    assert of(b"first", b"bytes") == of(b"second-one", b"bytes")
    assert of(b"first", b"bytes") != of(b"first", b"byte")
    assert of(b"first", b"by\0tes") != of(b"first", b"byfirsttes2")


def test_every_byte_of_another_body_counts() -> None:
    assert hashed([b'{"a":1}']) == hashed([b'{"a"', b":1}"])
    assert len({hashed([b'{"a":1}']), hashed([b'{"a":1} ']), hashed([])}) == 3


def test_a_boundary_in_every_byte_is_no_burden() -> None:
    content_type = "multipart/form-data; boundary=a"
    assert hashed([b"a" * 4_000_000], content_type) == hashed([b"a" * 1_000_000] * 4, content_type)


def test_the_place_counts() -> None:
    places = [("POST", "/a", b""), ("POST", "/b", b""), ("POST", "/a", b"c=1"), ("PUT", "/a", b"")]
    assert len({fingerprint(*place, "content") for place in places}) == 4
