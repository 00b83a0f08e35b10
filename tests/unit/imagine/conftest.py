from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.unit.imagine.house import House


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """A running house."""
    house = House(tmp_path / "work", drain_s=0.2)
    await house.runner.start()
    yield house
    await house.runner.stop()
