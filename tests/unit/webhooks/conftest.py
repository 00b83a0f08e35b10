"""A house whose deliverer runs."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.unit.webhooks.house import House


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    house = House(tmp_path, drain_s=0.05)
    await house.deliverer.start()
    yield house
    await house.deliverer.stop()
