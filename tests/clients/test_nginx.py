"""The nginx example of the deployment page: nginx takes it, and through it the SDK and REST work."""

import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from imagined.cli.server_process import ServerProcess
from tests.support.certificates import Authority

PAGE = Path(__file__).parents[2] / "docs" / "deploy.md"
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")

pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is installed by `make test`")

FRAME = """
daemon off;
error_log stderr notice;
pid {folder}/nginx.pid;
{user}
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {example}
}}
"""

SDK = """
import sys, xai_sdk
with xai_sdk.Client(api_key="xai-test", api_host=sys.argv[1]) as client:
    file = client.files.upload(b"x" * 7_000_000, filename="large.bin")
    assert client.files.content(file.id) == b"x" * 7_000_000
    print(file.id)
"""


@dataclass(frozen=True)
class Proxied:
    """A server behind nginx."""

    port: int
    server: ServerProcess
    authority: Authority

    def get(self, path: str) -> bytes:
        context = ssl.create_default_context(cafile=str(self.authority.file))
        request = urllib.request.Request(
            f"https://localhost:{self.port}{path}", headers={"X-Forwarded-For": "203.0.113.9"}
        )
        with urllib.request.urlopen(request, context=context) as answer:
            data: bytes = answer.read()
            return data


def example() -> str:
    found = re.search(r"```nginx\n(upstream .*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    return found[1]


def placed(text: str, places: dict[str, str]) -> str:
    for ours, theirs in places.items():
        assert ours in text, f"the page no longer has {ours}"
        text = text.replace(ours, theirs)
    return text


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxied]:
    folder = tmp_path_factory.mktemp("nginx")
    authority = Authority(folder)
    cert, key = authority.certificate("ours", ["localhost"])
    environment = {
        "IMAGINED_DELIVERY_ACCEL_REDIRECT_PREFIX": "/imagined-blobs",
        "IMAGINED_SERVER_TRUSTED_PROXIES": "127.0.0.1",
    }
    with ServerProcess(folder / "data", folder / "server.log", environment=environment) as server:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        text = placed(
            example(),
            {
                "listen 443": f"listen 127.0.0.1:{port}",
                "127.0.0.1:8080": server.target.url.removeprefix("http://"),
                "127.0.0.1:50051": server.target.grpc.replace("localhost", "127.0.0.1"),
                "/etc/letsencrypt/live/images.example/fullchain.pem": cert,
                "/etc/letsencrypt/live/images.example/privkey.pem": key,
                "/var/lib/imagined": str(server.data_dir),
            },
        )
        # As root nginx would give its workers to another user, who cannot enter the data folder.
        user = "user root;" if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(FRAME.format(folder=folder, user=user, example=text))
        command = [str(NGINX), "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", "stderr"]
        tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
        assert tried.returncode == 0, tried.stderr
        with (folder / "nginx.log").open("wb") as log, subprocess.Popen(command, stderr=log) as nginx:
            try:
                while True:
                    assert nginx.poll() is None, (folder / "nginx.log").read_text()
                    with socket.socket() as probe:
                        if probe.connect_ex(("127.0.0.1", port)) == 0:
                            break
                    time.sleep(0.05)
                yield Proxied(port, server, authority)
            finally:
                nginx.send_signal(signal.SIGTERM)


def test_the_sdk_and_rest_through_one_port(proxied: Proxied) -> None:
    environment = {**os.environ, "GRPC_DEFAULT_SSL_ROOTS_FILE_PATH": str(proxied.authority.file)}
    done = subprocess.run(
        # In capitals the SDK takes it for any other host name, and speaks TLS.
        [sys.executable, "-c", SDK, f"LOCALHOST:{proxied.port}"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    file_id = done.stdout.strip()
    assert proxied.get("/readyz") == b"ready\n"
    assert proxied.get(f"/v1/files/{file_id}/content") == b"x" * 7_000_000, "by X-Accel-Redirect"
    log = proxied.server.log.read_text()
    # The client sits on an address of a trusted proxy itself, so that what it says of whom it speaks for is believed.
    assert '"203.0.113.9"' in log
