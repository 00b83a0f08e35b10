"""The pinned requirements install from whatever registry the machine has: they name none themselves."""

from pathlib import Path

import pytest

FILES = sorted((Path(__file__).parents[2] / "requirements").glob("*.*"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_requirements_name_no_registry(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if "://" in line or "index" in line.split("=")[0] or "find-links" in line] == []


@pytest.mark.parametrize("path", [path for path in FILES if path.suffix == ".txt"], ids=lambda path: path.name)
def test_every_pin_has_a_hash(path: Path) -> None:
    pins = path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    unsure = [
        pin for pin in pins if pin.strip() and not pin.startswith("#") and ("==" not in pin or "--hash" not in pin)
    ]
    assert pins
    assert unsure == []
