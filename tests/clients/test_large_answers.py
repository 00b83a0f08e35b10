"""Ten pictures at 2k: complete, all different, in bounded memory, and what happens where they do not fit."""

import base64
import hashlib
import json
import sys
import urllib.request
from typing import Any

import grpc
import pytest
import xai_sdk

from imagined.cli.server_process import ServerProcess
from tests.clients.media import picture
from tests.support.processes import family, peak_bytes

GIBIBYTE = 1024**3
MEBIBYTE = 1024**2
SQUARE = {"aspect_ratio": "1:1", "resolution": "2k"}
"""The shape with the most pixels."""
needs_proc = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def generate(server: ServerProcess, **fields: Any) -> dict[str, Any]:
    request = urllib.request.Request(
        f"{server.target.url}/v1/images/generations",
        json.dumps(fields).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=900) as answer:
        loaded: dict[str, Any] = json.load(answer)
        return loaded


@needs_proc
def test_ten_pictures_at_2k_stay_within_memory(own_server: ServerProcess) -> None:
    """The real engine, at what takes it most; the one test that draws so much."""
    own_server.start()
    answer = generate(own_server, prompt="a forest in autumn", n=10, **SQUARE, response_format="b64_json")
    pictures = [base64.b64decode(item["b64_json"], validate=True) for item in answer["data"]]
    assert len(family(own_server.pid)) >= 2, "the engine that drew is gone, and what it held is not known"
    peak = peak_bytes(own_server.pid)
    print(f"peak {peak / MEBIBYTE:.0f} MiB")
    assert peak < 1.5 * GIBIBYTE
    assert len({hashlib.sha256(data).digest() for data in pictures}) == 10
    assert {picture(data).shape for data in pictures} == {(2048, 2048, 3)}
    assert answer["usage"]["cost_in_usd_ticks"] == 10 * 700_000_000


@needs_proc
def test_a_large_answer_is_complete_over_rest(scripted: ServerProcess) -> None:
    answer = generate(scripted, prompt="heavy 3", n=10, response_format="b64_json")
    pictures = [base64.b64decode(item["b64_json"], validate=True) for item in answer["data"]]
    assert len(set(pictures)) == 10
    assert all(len(data) > 3 * MEBIBYTE for data in pictures)
    assert peak_bytes(scripted.pid) < 1.5 * GIBIBYTE


def test_what_does_not_fit_into_a_message_is_said_over_grpc(scripted: ServerProcess) -> None:
    with xai_sdk.Client(api_key="xai-test", api_host=scripted.target.grpc) as client:
        with pytest.raises(grpc.RpcError) as refused:
            client.image.sample_batch("heavy 3", "grok-imagine-image", 10, image_format="base64")
        assert refused.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
        assert "Ask for format url, fewer images or a smaller resolution." in refused.value.details()
        by_url = client.image.sample_batch("heavy 3", "grok-imagine-image", 10, image_format="url")
        assert len({image.url for image in by_url}) == 10
        assert len(by_url[0].image) > 3 * MEBIBYTE
        one = client.image.sample("heavy 12", "grok-imagine-image", image_format="base64")
        assert len(one.image) > 12 * MEBIBYTE
