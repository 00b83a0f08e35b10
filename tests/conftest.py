"""Shared fixtures: real servers on free loopback ports with temporary folders."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from imagined.cli.server_process import ServerProcess


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """One server in open mode for all tests that only need a server."""
    folder = tmp_path_factory.mktemp("server")
    # Tests make batches faster than people do.
    unhurried = {"IMAGINED_LIMITS_BATCH_CREATIONS_PER_SECOND": "0"}
    with ServerProcess(folder / "data", folder / "server.log", environment=unhurried) as running:
        yield running


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[ServerProcess]:
    """A server for one test that stops, kills or configures it; not started yet."""
    process = ServerProcess(tmp_path / "data", tmp_path / "server.log")
    yield process
    process.kill()
