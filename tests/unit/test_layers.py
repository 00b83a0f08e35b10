"""Who may import whom. Arrows of the architecture, held by reading every module's imports."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import imagined

ROOT = Path(imagined.__file__).parent

LAYERS: tuple[tuple[str, ...], ...] = (
    ("contract",),
    ("files", "imagine", "jobs", "access", "webhooks"),
    ("storage", "engines", "testing"),
    ("grpc_api", "rest_api", "delivery", "studio", "cli"),
)
"""A package may import its own layer and those before it; packages of the last layer never import each other."""

WIRING = "cli"
"""The one place where parts are put together."""

FRAMEWORKS = {"starlette", "uvicorn", "grpc", "xai_sdk", "sqlalchemy", "alembic", "google", "python_multipart"}
"""Never in the contract or in services."""

TRANSPORT_FRAMEWORKS = {"starlette", "uvicorn", "grpc", "xai_sdk", "python_multipart"}
"""Never in adapters."""

NEVER_IN_A_SERVER = {"torch", "diffusers", "transformers", "ray"}

FAULTS = "imagined.testing.faults"
"""The switchboard that kills the process at named points: a leaf, so that the code it stands in may import it."""

MODULES = sorted(path.relative_to(ROOT) for path in ROOT.rglob("*.py"))


def package_of(module: Path) -> str:
    return module.parts[0].removesuffix(".py")


@cache
def imports(module: Path) -> frozenset[str]:
    return frozenset(_imports(module))


def _imports(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse((ROOT / module).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative import"
            assert node.module is not None
            yield node.module
            if node.module.partition(".")[0] == "imagined":
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def rank(package: str) -> int | None:
    return next((number for number, layer in enumerate(LAYERS) if package in layer), None)


def own(module: Path) -> set[str]:
    names = {name for name in imports(module) if name.startswith("imagined.")}
    if FAULTS in names:
        names -= {FAULTS, "imagined.testing"}
    return {name.split(".")[1] for name in names}


def foreign(module: Path) -> set[str]:
    return {name.partition(".")[0] for name in imports(module)} - {"imagined"}


def test_every_package_has_a_layer() -> None:
    packages = {package_of(module) for module in MODULES if len(module.parts) > 1}
    assert packages <= {package for layer in LAYERS for package in layer}


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_arrows(module: Path) -> None:
    package = package_of(module)
    level = rank(package)
    if level is None:
        return
    for other in own(module) - {package}:
        reached = rank(other)
        if package == WIRING or reached is None:
            continue
        assert reached <= level, f"{module} imports {other}, which is above it"
        assert reached < len(LAYERS) - 1, f"{module} imports {other}: transports do not know each other"


def test_the_switchboard_is_a_leaf() -> None:
    assert own(Path("testing/faults.py")) == set()


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_settings_are_read_by_the_wiring_only(module: Path) -> None:
    if package_of(module) not in (WIRING, "settings"):
        assert "settings" not in own(module)


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_frameworks_stay_where_they_belong(module: Path) -> None:
    level = rank(package_of(module))
    if level in (0, 1):
        assert not foreign(module) & FRAMEWORKS
    elif level == 2 and package_of(module) != "testing":
        assert not foreign(module) & TRANSPORT_FRAMEWORKS


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_heavy_libraries_stay_in_their_engine(module: Path) -> None:
    if module.parts[:2] not in (("engines", "diffusers"), ("engines", "ray")):
        assert not foreign(module) & NEVER_IN_A_SERVER


def test_transports_import_without_each_other() -> None:
    program = (
        "import sys, imagined.grpc_api.server\n"
        "assert 'starlette' not in sys.modules\n"
        "import imagined.rest_api.app\n"
        "assert not {'torch', 'diffusers', 'ray', 'skia', 'av'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
