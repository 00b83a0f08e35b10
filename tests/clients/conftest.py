"""Fixtures of client tests."""

from collections.abc import Iterator

import pytest

from imagined.cli.server_process import ServerProcess
from tests.support.scripted import scripted_server


@pytest.fixture(scope="session")
def scripted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """One server for tests that look at the wire and at no picture: nothing is drawn, all else is real."""
    with scripted_server(tmp_path_factory.mktemp("scripted")) as running:
        yield running
