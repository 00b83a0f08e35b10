"""What an endpoint may be, and when attempts are made."""

import itertools

import pytest

from imagined.contract.errors import ApiError
from imagined.webhooks import rules

NOW = 1_796_083_200.0


def attempts(luck: float, retry_after_s: float = 0.0) -> list[float]:
    """Seconds from the first attempt to each of the others, where all fail at once."""
    at, times = NOW, []
    for number in itertools.count(1):
        following = rules.next_attempt(number, at, NOW, luck, retry_after_s)
        if following is None:
            return times
        assert following > at
        at = following
        times.append(at - NOW)
    raise AssertionError


def test_the_schedule() -> None:
    assert attempts(0.0) == [5, 35, 155, 755, 2_555, 6_155, 13_355, 27_755, 56_555, 85_355]


@pytest.mark.parametrize("luck", [0.0, 0.25, 0.5, 0.99, 1.0])
def test_attempts_go_on_for_most_of_a_day_and_not_longer(luck: float) -> None:
    times = attempts(luck)
    assert 10 <= len(times) <= 12
    assert 0.65 * rules.WINDOW_S < times[-1] <= rules.WINDOW_S
    assert 4.0 <= times[0] <= 5.0


def test_a_receiver_may_ask_for_more_time_up_to_an_hour() -> None:
    assert rules.next_attempt(1, NOW, NOW, 0.0, 60.0) == NOW + 60
    assert rules.next_attempt(1, NOW, NOW, 0.0, 1e9) == NOW + 3_600
    assert rules.next_attempt(4, NOW, NOW, 0.0, 60.0) == NOW + 600
    assert attempts(0.0, 1e9)[-1] <= rules.WINDOW_S


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://hooks.example/a?b=c", "hooks.example"),
        ("http://HOOKS.example", "hooks.example"),
        ("https://hooks.example.:443/", "hooks.example"),
        ("http://hooks.example:80/", "hooks.example"),
        ("https://93.184.215.14/", "93.184.215.14"),
        ("https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"),
        ("https://h.example/" + "a" * (2048 - 18), "h.example"),
    ],
)
def test_good_addresses(url: str, host: str) -> None:
    assert rules.check_url(url, allow_private_networks=False) == host


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("", "url: must be an http or https URL."),
        ("hooks.example/a", "url: must be an http or https URL."),
        ("ftp://hooks.example/", "url: must be an http or https URL."),
        ("https:///a", "url: must be an http or https URL."),
        ("https://hooks.example:port/", "url: must be an http or https URL."),
        ("https://hooks.example:0/", "url: must be an http or https URL."),
        ("ftp://hooks.example:80/", "url: must be an http or https URL."),
        ("https://hooks.example/ a", "url: must be an http or https URL."),
        ("https://hooks.example/\r\nx: y", "url: must be an http or https URL."),
        ("https://hooks.exämple/", "url: must be an http or https URL."),
        ("https://hooks.example\\@127.0.0.1/", "url: must be an http or https URL."),
        ("https://[::1/", "url: must be an http or https URL."),
        ("https://me:secret@hooks.example/", "url: must not carry a user name or password."),
        ("https://@hooks.example/", "url: must not carry a user name or password."),
        ("https://hooks.example/#part", "url: must not have a fragment."),
        ("https://h.example/" + "a" * 2048, "url: must have at most 2048 characters."),
        ("https://hooks.example:8443/", "url: its port must be 80 or 443."),
        ("http://127.0.0.1/", "url: leads to a private network."),
        ("http://localhost/", "url: leads to a private network."),
        ("http://a.localhost./", "url: leads to a private network."),
        ("http://[::ffff:10.0.0.1]/", "url: leads to a private network."),
        ("http://169.254.169.254/latest", "url: leads to a private network."),
    ],
)
def test_bad_addresses(url: str, sentence: str) -> None:
    with pytest.raises(ApiError) as refused:
        rules.check_url(url, allow_private_networks=False)
    assert refused.value.message == sentence


def test_a_laboratory_may_use_any_address_and_port() -> None:
    assert rules.check_url("http://127.0.0.1:8123/x", allow_private_networks=True) == "127.0.0.1"
    with pytest.raises(ApiError, match="user name"):
        rules.check_url("http://me@127.0.0.1:8123/x", allow_private_networks=True)


def test_events() -> None:
    assert rules.check_events(None) == ("request.done", "request.failed", "request.cancelled")
    assert rules.check_events(["request.failed", "request.done", "request.done"]) == ("request.done", "request.failed")
    for wrong in ([], ["request.ended"], ["webhook.test"]):
        with pytest.raises(ApiError, match=r"events: must be some of request\.done, request\.failed"):
            rules.check_events(wrong)


@pytest.mark.parametrize("text", ["a" * 257, "a\nb", "\x1b[2J"])
def test_bad_descriptions(text: str) -> None:
    with pytest.raises(ApiError, match="description: must have at most 256"):
        rules.check_description(text)
