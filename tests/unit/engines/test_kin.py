"""What is known of an engine process from outside."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from imagined.engines import kin

SLEEP = "import time; time.sleep(60)"
# Half a million pages of one process, seen by another that it forked.
SHARED = """
import os, time
held = bytearray(os.urandom(1) * (64 << 20))
if os.fork() == 0:
    time.sleep(60)
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def mark() -> Iterator[str]:
    mark = f"test.{os.urandom(8).hex()}"
    yield mark
    kin.end_marked(mark)


def started(mark: str, program: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", program],
        env={**os.environ, kin.MARK: mark},
        stdout=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )


def test_marked_processes_end_with_all_they_started(mark: str) -> None:
    program = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {SLEEP!r}], start_new_session=True)\n"
    parent = started(mark, f"{program}\nprint('up', flush=True); {SLEEP}")
    other = started(f"{mark[:-1]}-", SLEEP)
    assert parent.stdout is not None and parent.stdout.readline() == "up\n"
    assert len(kin.family(parent.pid)) == 2
    assert kin.end_marked(mark) == 2
    assert parent.wait() == -9 and other.poll() is None
    assert kin.end_marked(mark) == 0
    assert kin.end_marked(mark[:-1]) == 1
    other.wait()
    for process in (parent, other):
        assert process.stdout is not None
        process.stdout.close()


def test_memory_that_a_family_shares_counts_once(mark: str) -> None:
    parent = started(mark, SHARED)
    assert parent.stdout is not None and parent.stdout.readline() == "held\n"
    family = kin.family(parent.pid)
    while len(family) < 2:
        time.sleep(0.01)
        family = kin.family(parent.pid)
    mebibyte = 1 << 20
    # Far from the limit the sum of what each sees is good enough.
    assert kin.resident_bytes(family, 1 << 40) > 128 * mebibyte
    assert 64 * mebibyte < kin.resident_bytes(family, 100 * mebibyte) < 120 * mebibyte
    kin.end_marked(mark)
    parent.wait()
    parent.stdout.close()
    assert kin.resident_bytes(family, 0) == 0


def test_the_size_of_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert kin.size_of(str(tmp_path / "nothing")) == 0
    (tmp_path / "deep" / "deeper").mkdir(parents=True)
    (tmp_path / "a").write_bytes(bytes(1000))
    (tmp_path / "deep" / "deeper" / "b").write_bytes(bytes(500))
    (tmp_path / "link").symlink_to("/etc/passwd")
    assert 1500 < kin.size_of(str(tmp_path)) < 1600
    monkeypatch.setattr(kin, "_MOST_ENTRIES", 5)
    assert kin.size_of(str(tmp_path)) > 1 << 60
