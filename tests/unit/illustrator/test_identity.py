"""The digest names what decides the bytes, and the bytes are decided by it: also in another process."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from imagined.contract.requests import Operation
from imagined.contract.tasks import ImageTask, VideoTask
from imagined.engines import wire
from imagined.engines.illustrator import identity
from imagined.engines.illustrator.engine import Illustrator
from tests.unit.illustrator.conftest import PROMPT, as_input

AGAIN = """
import hashlib, sys
from pathlib import Path
from imagined.engines import wire
from imagined.engines.illustrator.engine import Illustrator
from imagined.engines.port import Produced

engine = Illustrator()
print(engine.digest)
for path in sys.argv[1:]:
    run = wire.to_engine(Path(path).read_bytes())
    for event in getattr(engine, run.operation)(run.task):
        if isinstance(event, Produced):
            print(hashlib.sha256(Path(event.path).read_bytes()).hexdigest())
"""


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The engine's sources in another place, where they may be changed."""
    root = tmp_path / "imagined"
    shutil.copytree(Path(identity.__file__).parents[2], root, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(identity, "_PACKAGE", root / "engines" / "illustrator")
    monkeypatch.setattr(identity.imagined, "__file__", str(root / "__init__.py"))
    monkeypatch.setattr(identity.media, "__file__", str(root / "engines" / "media.py"))
    monkeypatch.setattr(identity.sizes, "__file__", str(root / "contract" / "sizes.py"))
    return root


def fresh() -> str:
    return identity.digest.__wrapped__()


def test_the_digest_is_of_the_sources_wherever_they_lie(copied: Path) -> None:
    assert fresh() == Illustrator().digest
    assert len(fresh()) == 16


@pytest.mark.parametrize("name", ["engines/illustrator/settings/city.py", "engines/media.py", "contract/sizes.py"])
def test_a_changed_line_changes_the_digest(copied: Path, name: str) -> None:
    before = fresh()
    with (copied / name).open("a") as file:
        file.write("# another line\n")
    assert fresh() != before


def test_a_new_data_file_changes_the_digest_and_bytecode_does_not(copied: Path) -> None:
    before = fresh()
    cache = copied / "engines" / "illustrator" / "__pycache__"
    cache.mkdir()
    (cache / "city.cpython-311.pyc").write_bytes(b"x")
    assert fresh() == before
    (copied / "engines" / "illustrator" / "palette.json").write_text("{}")
    assert fresh() != before


def test_another_release_of_a_library_changes_the_digest(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, version = fresh(), identity.metadata.version
    monkeypatch.setattr(identity.metadata, "version", lambda name: "0.0" if name == "numpy" else version(name))
    assert fresh() != before


def test_another_process_makes_the_same_bytes(drawn, edited, film, tmp_path: Path) -> None:
    """A picture, its edit and a film of that, with other hashes of text, one thread for arrays, and dirty memory."""
    (picture,), (edit,), (clip,) = drawn[1], edited[1], film[1]
    runs: list[tuple[Operation, ImageTask | VideoTask]] = [
        ("generate_image", ImageTask(model="m", prompt=PROMPT, seed=11, workdir="", aspect_ratio="9:20")),
        (
            "edit_image",
            ImageTask(
                model="m", prompt="Add neon signs to the buildings", seed=12, workdir="", inputs=(as_input(picture),)
            ),
        ),
        (
            "generate_video",
            VideoTask(
                model="m",
                prompt="A camera pulls back through the city",
                seed=13,
                workdir="",
                duration_s=1,
                aspect_ratio=None,
                inputs=(as_input(edit, "first_frame"),),
            ),
        ),
    ]
    paths = []
    for number, (operation, task) in enumerate(runs):
        folder = tmp_path / str(number)
        folder.mkdir()
        placed = msgspec.structs.replace(task, workdir=str(folder))
        run = wire.RunVideo if isinstance(placed, VideoTask) else wire.RunImage
        message = wire.frame(run(id=1, operation=operation, task=placed))  # type: ignore[arg-type]
        path = tmp_path / f"{number}.task"
        path.write_bytes(message[wire.HEADER.size :])
        paths.append(str(path))
    environment = {**os.environ, "PYTHONHASHSEED": "4", "OMP_NUM_THREADS": "1", "MALLOC_PERTURB_": "77"}
    command = [sys.executable, "-c", AGAIN, *paths]
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.split()
    made = [hashlib.sha256(Path(one.path).read_bytes()).hexdigest() for one in (picture, edit, clip)]
    assert said == [Illustrator().digest, *made]
