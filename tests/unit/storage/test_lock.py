"""One server a folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from imagined.storage.lock import FolderLock, FolderLockedError


def test_a_second_holder_is_refused_and_told_who_holds_it(tmp_path: Path) -> None:
    with FolderLock(tmp_path), pytest.raises(FolderLockedError, match=str(os.getpid())):
        FolderLock(tmp_path).acquire()
    with FolderLock(tmp_path):
        pass


def test_the_lock_ends_with_its_process(tmp_path: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; from imagined.storage.lock import FolderLock;"
        f"FolderLock(Path({str(tmp_path)!r})).acquire(); os.kill(os.getpid(), 9)"
    )
    ended = subprocess.run([sys.executable, "-c", script], check=False)
    assert ended.returncode == -9
    with FolderLock(tmp_path):
        pass


def test_the_folder_is_made_private(tmp_path: Path) -> None:
    with FolderLock(tmp_path / "new"):
        assert (tmp_path / "new").stat().st_mode & 0o077 == 0
