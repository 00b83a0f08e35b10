"""Schemathesis over the published description: no server error, whatever is sent, and nothing undocumented."""

import json
import urllib.request
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from imagined.cli.server_process import ServerProcess
from imagined.delivery.routes import delivery_routes
from imagined.rest_api.description import describe

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
NOTHING: Any = None
DESCRIPTION = describe(delivery_routes(NOTHING, NOTHING, NOTHING, NOTHING))

schema = schemathesis.openapi.from_dict(DESCRIPTION)
things = schema.include(path_regex=r"\{(file|request|batch|model|webhook)_id\}")

SOME = settings(
    max_examples=12,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def post(url: str, body: dict[str, Any]) -> Any:
    request = urllib.request.Request(url, json.dumps(body).encode(), {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


@pytest.fixture
def known(scripted: ServerProcess) -> dict[str, str]:
    """Ids of things that exist."""
    url = f"{scripted.target.url}/v1"
    made = post(f"{url}/images/generations", {"prompt": "a barn", "storage_options": {"filename": "a.jpg"}})
    return {
        "file_id": made["data"][0]["file_output"]["file_id"],
        "request_id": post(f"{url}/videos/generations", {"prompt": "slow 1", "duration": 1})["request_id"],
        "batch_id": post(f"{url}/batches", {"name": "b"})["batch_id"],
        "model_id": "grok-imagine-image",
        "webhook_id": webhook(f"{scripted.target.url}/x/webhooks"),
    }


def webhook(url: str) -> str:
    """One that exists, as a key may not have many; its host does not."""
    with urllib.request.urlopen(url, timeout=60) as answer:
        listed = json.load(answer)["data"]
    return str((listed or [post(url, {"url": "https://hooks.invalid/"})])[0]["id"])


@schema.parametrize()
@SOME
def test_nothing_undocumented_comes_back(case: schemathesis.Case, scripted: ServerProcess) -> None:
    case.call_and_validate(base_url=scripted.target.url, checks=CHECKS, timeout=60)


@things.parametrize()
@SOME
def test_nor_of_things_that_exist(case: schemathesis.Case, scripted: ServerProcess, known: dict[str, str]) -> None:
    case.path_parameters = {name: known[name] for name in case.path_parameters or {}}
    case.call_and_validate(base_url=scripted.target.url, checks=CHECKS, timeout=60)
