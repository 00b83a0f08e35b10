"""Delivery of public URLs against nginx: the same files, the same client, in turns in the same run.

    python -m bench.delivery [--seconds 4] [--rounds 3]

Needs nginx and wrk from Debian: scripts/system-packages nginx wrk. Both servers are one process with an access log, and
the client keeps its connections. nginx sends a file that lies in a folder; imagined looks up the URL's row each time.
"Of a core" is requests over the processor time that imagined spent on them: what a process could do that has a core to
itself, and the number to look at where the client or other work takes the cores.
"""

import argparse
import os
import re
import shutil
import socket
import statistics
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import xai_sdk

from imagined.cli.server_process import ServerProcess

PNG_HEAD = b"\x89PNG\r\n\x1a\n"
NGINX = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx-error.log;
events {{ worker_connections 1024; }}
http {{
    types {{ image/png png; }}
    sendfile on;
    tcp_nopush on;
    keepalive_requests 100000000;
    access_log {folder}/nginx-access.log;
    client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
    uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
    server {{ listen 127.0.0.1:{port}; root {folder}/www; }}
}}
"""


@dataclass(frozen=True)
class Case:
    """A file size and how many clients ask for it at a time."""

    name: str
    size: int
    connections: int


CASES = (Case("50 MiB", 50 * 2**20, 4), Case("1 MiB", 2**20, 16), Case("16 KiB", 16 * 2**10, 32))


@dataclass(frozen=True)
class Rate:
    """What the client saw."""

    requests: float
    """Per second."""
    mib: float
    """Per second."""


def load(url: str, case: Case, seconds: float) -> Rate:
    """Ask for `url` over and over."""
    command = ["wrk", "-t1", f"-c{case.connections}", f"-d{seconds:g}s", "--timeout", "60s", url]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"(\d+) requests in ([\d.]+)(s|m), ([\d.]+)(KB|MB|GB) read", output)
    assert found is not None and "Non-2xx" not in output, output
    duration = float(found[2]) * (60 if found[3] == "m" else 1)
    mib = float(found[4]) * {"KB": 2**-10, "MB": 1.0, "GB": 2.0**10}[found[5]]
    # Whole answers say too little about large files; wrk counts what it read of the others too.
    return Rate(requests=int(found[1]) / duration, mib=mib / duration)


def processor_seconds(pid: int) -> float:
    """What a process has spent, all its threads together; without its children."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def nginx(folder: Path) -> Iterator[str]:
    """An nginx of its own on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port))
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    process = subprocess.Popen(
        [program, "-p", str(folder), "-c", str(folder / "nginx.conf")], stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except ConnectionRefusedError:
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def publish(server: ServerProcess, path: Path) -> str:
    """Store a file and give its public URL."""
    with xai_sdk.Client(api_key="xai-bench", api_host=server.target.grpc) as client:
        stored = client.files.upload(str(path))
        return str(client.files.create_public_url(stored.id).public_url)


def measure(case: Case, pid: int, ours: str, theirs: str, rounds: int, seconds: float) -> None:
    """Alternate, so that what else the machine does meets both; print a row of medians."""
    for url in (ours, theirs):
        with urllib.request.urlopen(url) as answer:
            assert len(answer.read()) == case.size
    own, other, spent = [], [], 0.0
    for _ in range(rounds):
        before = processor_seconds(pid)
        own.append(load(ours, case, seconds))
        spent += processor_seconds(pid) - before
        other.append(load(theirs, case, seconds))
    a_core = sum(rate.requests for rate in own) * seconds / spent
    ratio = statistics.median(a.mib / b.mib for a, b in zip(own, other, strict=True))
    cells = (
        case.name,
        str(case.connections),
        f"{statistics.median(rate.requests for rate in own):,.0f}",
        f"{statistics.median(rate.mib for rate in own):,.0f}",
        f"{a_core:,.0f}",
        f"{statistics.median(rate.requests for rate in other):,.0f}",
        f"{statistics.median(rate.mib for rate in other):,.0f}",
        f"{ratio:.2f}",
    )
    print(f"| {' | '.join(cells)} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=4, help="length of one measurement")
    parser.add_argument("--rounds", type=int, default=3, help="measurements of each server")
    options = parser.parse_args()
    if shutil.which("wrk") is None or not (shutil.which("nginx") or Path("/usr/sbin/nginx").exists()):
        raise SystemExit("bench.delivery needs nginx and wrk: scripts/system-packages nginx wrk")
    with tempfile.TemporaryDirectory(prefix="imagined-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # nginx's worker is another user when this one is root
        (folder / "www").mkdir()
        print("| file | clients | imagined req/s | MiB/s | req/s of a core | nginx req/s | MiB/s | of nginx's MiB/s |")
        print("|---|---|---|---|---|---|---|---|")
        with ServerProcess(folder / "data", folder / "server.log") as server, nginx(folder) as other:
            for case in CASES:
                path = folder / "www" / f"{case.size}.png"
                path.write_bytes(PNG_HEAD + os.urandom(case.size - len(PNG_HEAD)))
                measure(
                    case, server.pid, publish(server, path), f"{other}/{path.name}", options.rounds, options.seconds
                )


if __name__ == "__main__":
    main()
