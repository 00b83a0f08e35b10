"""A generation of minutes by the official SDK: one run, and no retry that nobody sees.

The SDK pings every 30 s without asking; a server that calls that too often cuts the connection after 150 s, and the SDK
runs the job again without a word.
"""

import json
import urllib.request

import pytest

from tests.support.long_calls import SECONDS, LongCalls


@pytest.mark.sleeps
@pytest.mark.parametrize("client", ["sync", "async"])
def test_a_generation_of_minutes_runs_once(long_calls: LongCalls, client: str) -> None:
    answer = long_calls.answers[client].result(SECONDS + 300)
    assert answer.url.startswith(long_calls.server.target.url)
    assert long_calls.entered(client) == 1


@pytest.mark.sleeps
def test_the_server_saw_two_calls_and_no_retry(long_calls: LongCalls) -> None:
    for answer in long_calls.answers.values():
        answer.result(SECONDS + 300)
    with urllib.request.urlopen(f"{long_calls.server.target.url}/x/usage", timeout=60) as usage:
        assert json.load(usage)["total"]["requests"] == 2
    lines = [json.loads(line) for line in long_calls.server.log.read_text().splitlines() if line.startswith("{")]
    calls = [line for line in lines if line.get("method") == "/xai_api.Image/GenerateImage"]
    assert [line["status"] for line in calls] == ["OK", "OK"]
