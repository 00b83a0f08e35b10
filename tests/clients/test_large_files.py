"""Files at the limit of gRPC, and uploads that end in the middle: memory stays flat and nothing is left behind."""

import contextlib
import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import grpc
import pytest
import xai_sdk
from xai_sdk.proto import files_pb2, files_pb2_grpc

from imagined.cli.server_process import ServerProcess
from tests.clients.uploads import MIB, random_file, sha256_of

LIMIT = 512 * MIB
GROWTH = 64 * MIB
NEEDED_DISK = 3 * LIMIT


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("large")
    if shutil.disk_usage(folder).free < NEEDED_DISK:
        pytest.skip("not enough disk")
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[ServerProcess]:
    process = ServerProcess(folder / "data", folder / "server.log")
    process.start()
    yield process
    process.kill()


@pytest.fixture
def sdk(server: ServerProcess) -> Iterator[xai_sdk.Client]:
    with xai_sdk.Client(api_key="xai-test", api_host=server.target.grpc) as client:
        yield client


class Memory:
    """The highest resident memory of a process while a block runs, over what it had before."""

    def __init__(self, pid: int) -> None:
        self._status = Path(f"/proc/{pid}/status")
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self.before = self.highest = self._resident()

    def _resident(self) -> int:
        found = re.search(r"^VmRSS:\s+(\d+) kB", self._status.read_text(), re.MULTILINE)
        assert found is not None
        return int(found[1]) * 1024

    def _watch(self) -> None:
        while not self._done.wait(0.02):
            self.highest = max(self.highest, self._resident())

    def __enter__(self) -> "Memory":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    @property
    def growth(self) -> int:
        return self.highest - self.before


def blobs(server: ServerProcess) -> dict[str, int]:
    """Every file below the blob folder, unfinished ones too."""
    root, sizes = server.data_dir / "blobs", {}
    for path in root.rglob("*"):
        # The server removes what is unfinished while this looks.
        with contextlib.suppress(FileNotFoundError):
            if path.is_file():
                sizes[str(path.relative_to(root))] = path.stat().st_size
    return sizes


def eventually(condition: Callable[[], bool]) -> bool:
    for _ in range(600):
        if condition():
            return True
        time.sleep(0.05)
    return False


def assert_sound(server: ServerProcess) -> None:
    command = [sys.executable, "-m", "imagined", "fsck", "--data-dir", str(server.data_dir)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, "that no row needs" in done.stdout) == (0, False), done.stdout


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads /proc")
def test_512_mib_up_and_down_in_flat_memory(server: ServerProcess, sdk: xai_sdk.Client, folder: Path) -> None:
    sdk.files.delete(sdk.files.upload(bytes(8 * MIB), filename="warm up").id)
    path = random_file(folder / "large.bin", LIMIT)
    expected = sha256_of(path)
    with Memory(server.pid) as memory:
        stored = sdk.files.upload(str(path))
        assert stored.size == LIMIT
        # Chunk by chunk, where `files.content` would keep all of it in this process.
        digest = hashlib.sha256()
        request = files_pb2.RetrieveFileContentRequest(file_id=stored.id)
        with grpc.insecure_channel(server.target.grpc, [("grpc.max_receive_message_length", 20 * MIB)]) as channel:
            for chunk in files_pb2_grpc.FilesStub(channel).RetrieveFileContent(request):
                assert len(chunk.data) <= 5 * MIB
                digest.update(chunk.data)
    assert digest.hexdigest() == expected
    assert memory.growth < GROWTH, f"grew by {memory.growth / MIB:.0f} MiB"

    command = ["curl", "--silent", "--fail", f"{server.target.url}/v1/files/{stored.id}/content"]
    with Memory(server.pid) as memory, subprocess.Popen(command, stdout=subprocess.PIPE) as curl:
        assert curl.stdout is not None
        assert hashlib.file_digest(curl.stdout, "sha256").hexdigest() == expected  # type: ignore[arg-type]
    assert memory.growth < GROWTH, f"grew by {memory.growth / MIB:.0f} MiB"

    sdk.files.delete(stored.id)


def test_one_byte_more_is_refused_and_nothing_is_left(server: ServerProcess, sdk: xai_sdk.Client, folder: Path) -> None:
    path = folder / "large.bin"
    with path.open("ab") as file:  # sparse when it is not there, which is as good
        file.truncate(LIMIT + 1)
    before, files = blobs(server), len(sdk.files.list().data)
    with pytest.raises(grpc.RpcError) as refused:
        sdk.files.upload(str(path))
    path.unlink()
    assert refused.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert str(LIMIT) in refused.value.details()
    assert len(sdk.files.list().data) == files
    assert eventually(lambda: set(blobs(server)) <= set(before))


def endless(gate: threading.Event) -> Iterator[files_pb2.UploadFileChunk]:
    """An upload that stops after 9 MiB and waits."""
    yield files_pb2.UploadFileChunk(init=files_pb2.UploadFileInit(name="cut.bin"))
    for number in range(9):
        yield files_pb2.UploadFileChunk(data=os.urandom(MIB - 1) + bytes([number]))
    gate.wait(60)


def unfinished(server: ServerProcess) -> list[int]:
    return [size for name, size in blobs(server).items() if name.startswith("tmp/")]


def test_an_upload_whose_channel_closes(server: ServerProcess, sdk: xai_sdk.Client) -> None:
    gate, before = threading.Event(), set(blobs(server))
    channel = grpc.insecure_channel(server.target.grpc)
    call = files_pb2_grpc.FilesStub(channel).UploadFile.future(endless(gate))
    assert eventually(lambda: any(unfinished(server)))
    channel.close()
    gate.set()
    with pytest.raises((grpc.RpcError, grpc.FutureCancelledError)):
        call.result(timeout=30)
    assert eventually(lambda: not unfinished(server))
    assert set(blobs(server)) <= before
    assert "cut.bin" not in [file.filename for file in sdk.files.list().data]


def begin_form(server: ServerProcess) -> socket.socket:
    """A REST upload that sent 3 of the 9 MiB that it promised."""
    host, _, port = server.target.url.removeprefix("http://").rpartition(":")
    head = (
        f"POST /v1/files HTTP/1.1\r\nHost: {host}\r\nContent-Length: {9 * MIB}\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\n\r\n"
        '--b\r\nContent-Disposition: form-data; name="file"; filename="cut.bin"\r\n\r\n'
    )
    connection = socket.create_connection((host, int(port)))
    connection.sendall(head.encode() + os.urandom(3 * MIB))
    return connection


def test_a_form_whose_connection_breaks(server: ServerProcess, sdk: xai_sdk.Client) -> None:
    before = set(blobs(server))
    with begin_form(server):
        assert eventually(lambda: any(unfinished(server)))
    assert eventually(lambda: not unfinished(server))
    assert set(blobs(server)) <= before
    assert "cut.bin" not in [file.filename for file in sdk.files.list().data]


def test_a_server_that_is_killed_in_the_middle_of_uploads(server: ServerProcess) -> None:
    gate = threading.Event()
    with grpc.insecure_channel(server.target.grpc) as channel, begin_form(server):
        stub = files_pb2_grpc.FilesStub(channel)
        kept = stub.UploadFile(iter([files_pb2.UploadFileChunk(init=files_pb2.UploadFileInit(name="kept"))]))
        call = stub.UploadFile.future(endless(gate))
        assert eventually(lambda: len([size for size in unfinished(server) if size]) == 2)
        server.kill()
        gate.set()
        with pytest.raises(grpc.RpcError):
            call.result(timeout=60)
    assert len(unfinished(server)) == 2, "the test has cut what it wanted to cut"
    server.start()
    assert unfinished(server) == []
    with xai_sdk.Client(api_key="xai-test", api_host=server.target.grpc) as sdk:
        assert [file.id for file in sdk.files.list().data] == [kept.id]
        assert sdk.files.content(kept.id) == b""
    server.stop()
    assert_sound(server)
