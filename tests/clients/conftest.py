"""Fixtures of client tests."""

import os
from collections.abc import Iterator

import pytest

from imagined.cli.server_process import ServerProcess
from tests.support.long_calls import LongCalls
from tests.support.scripted import scripted_server


@pytest.fixture(scope="session")
def scripted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """One server for tests that look at the wire and at no picture: nothing is drawn, all else is real."""
    with scripted_server(tmp_path_factory.mktemp("scripted")) as running:
        yield running


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that mostly sleep: with several workers they begin first, and alone the last one collects their result."""
    items.sort(key=lambda item: (item.get_closest_marker("sleeps") is not None) != _has_many_workers())


@pytest.fixture(scope="session", autouse=True)
def _begun_early(request: pytest.FixtureRequest) -> None:
    """A single worker begins its long calls now and runs every other test meanwhile."""
    is_wanted = any(item.get_closest_marker("sleeps") for item in request.session.items)
    if is_wanted and not _has_many_workers():
        request.getfixturevalue("long_calls")


@pytest.fixture(scope="session")
def long_calls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LongCalls]:
    """Calls that take minutes, under way in threads."""
    with LongCalls(tmp_path_factory.mktemp("long")) as calls:
        yield calls


def _has_many_workers() -> bool:
    return "PYTEST_XDIST_WORKER" in os.environ
