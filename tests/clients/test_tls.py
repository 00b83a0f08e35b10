"""Over TLS by host name: the official SDK, sync and async, and the OpenAI SDK, told only the name and whom to trust."""

import datetime
import json
import os
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
from typing import Any

import pytest

from imagined.cli.server_process import ServerProcess, ServerStartError
from tests.support.certificates import Authority
from tests.support.connect_proxy import connect_proxy

NAME = "images.test"

CLIENTS = """
import asyncio, json, sys, urllib.request
import openai, xai_sdk

rpc, url = sys.argv[1:]

with xai_sdk.Client(api_key="xai-test", api_host=rpc) as client:
    made = client.image.sample(prompt="A red barn", model="grok-imagine-image",
                               storage_options={"filename": "barn.jpg", "public_url": True})
    stored = client.files.content(made.file_output.file_id)
    assert made.image == stored and stored[:2] == b"\\xff\\xd8"
    assert urllib.request.urlopen(made.file_output.public_url).read() == stored
    large = client.files.upload(b"x" * 7_000_000, filename="large.bin")
    assert client.files.content(large.id) == b"x" * 7_000_000

async def again():
    client = xai_sdk.AsyncClient(api_key="xai-test", api_host=rpc)
    assert (await client.files.get(large.id)).size == 7_000_000
    await client.close()

asyncio.run(again())

rest = openai.OpenAI(api_key="xai-test", base_url=f"{url}/v1")
assert rest.files.content(made.file_output.file_id).read() == stored
assert rest.files.delete(large.id).deleted
assert "grok-imagine-image" in [model.id for model in rest.models.list()]
print(json.dumps([made.url, made.file_output.public_url]))
"""


@dataclass(frozen=True)
class Secure:
    """A server that is known as images.test, and what its clients have in their environment."""

    server: ServerProcess
    authority: Authority
    environment: dict[str, str]
    rpc: str

    def python(self, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", script, *arguments]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=240, check=False)


def port(address: str) -> int:
    return int(address.rpartition(":")[2])


@pytest.fixture(scope="module", params=[[], ["--single-port"]], ids=["two ports", "single port"])
def secure(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secure]:
    folder = tmp_path_factory.mktemp("tls")
    authority = Authority(folder)
    cert, key = authority.certificate("ours", [NAME, "localhost", "127.0.0.1"])
    arguments = ["--tls-cert", cert, "--tls-key", key, "--public-base-url", f"https://{NAME}", *request.param]
    with ServerProcess(folder / "data", folder / "server.log", arguments) as server:
        http, grpc = port(server.target.url), port(server.target.grpc)
        rpc = f"{NAME}:443" if http == grpc else f"{NAME}:50051"
        with connect_proxy({f"{NAME}:443": http, f"{NAME}:50051": grpc}) as proxy:
            environment = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
            environment |= {"HTTPS_PROXY": proxy, "grpc_proxy": proxy}
            for library in ("GRPC_DEFAULT_SSL_ROOTS_FILE_PATH", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"):
                environment[library] = str(authority.file)
            yield Secure(server, authority, environment, rpc)


def test_the_sdks_by_host_name(secure: Secure) -> None:
    done = secure.python(CLIENTS, secure.rpc, f"https://{NAME}")
    assert done.returncode == 0, done.stderr
    for url in json.loads(done.stdout):
        assert url.startswith(f"https://{NAME}/")


def test_a_script_that_names_no_host(secure: Secure) -> None:
    url, rpc = (f"localhost:{port(address)}" for address in (secure.server.target.url, secure.server.target.grpc))
    script = "import xai_sdk, openai; print(len(xai_sdk.Client().models.list_image_generation_models()) > 0)"
    script += "; print(len(openai.OpenAI().models.list().data) > 0)"
    command = ["-m", "imagined", "exec", "--url", f"https://{url}", "--grpc", rpc, "--", sys.executable, "-c", script]
    environment = {name: value for name, value in secure.environment.items() if "proxy" not in name.lower()}
    done = subprocess.run([sys.executable, *command], env=environment, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("True\nTrue\n", 0), done.stderr


def test_the_doctor_warns_of_a_certificates_end(secure: Secure) -> None:
    url = f"https://localhost:{port(secure.server.target.url)}"
    direct = {name: value for name, value in secure.environment.items() if "proxy" not in name.lower()}
    done = subprocess.run(
        [sys.executable, "-m", "imagined", "doctor", "--quick", "--url", url, "--grpc", "localhost:9"],
        env=direct,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "failed  certificate    The certificate ends in 0.0 days. Renew it" in done.stdout


def test_who_does_not_trust_the_certificate_is_not_served(secure: Secure, tmp_path: Path) -> None:
    stranger = Authority(tmp_path)
    script = (
        "import sys, grpc, xai_sdk\n"
        "try:\n    xai_sdk.Client(api_key='xai-test', api_host=sys.argv[1], timeout=5).files.list()\n"
        "except grpc.RpcError as error:\n    print(error.code().name)"
    )
    trusting_another = secure.environment | {"GRPC_DEFAULT_SSL_ROOTS_FILE_PATH": str(stranger.file)}
    command = [sys.executable, "-c", script, f"127.0.0.1:{port(secure.server.target.grpc)}"]
    done = subprocess.run(command, env=trusting_another, capture_output=True, text=True, check=True)
    assert done.stdout.strip() in ("UNAVAILABLE", "DEADLINE_EXCEEDED")


def names(address: str, authority: Authority, *protocols: str) -> Any:
    """Which names the server shows, and which protocol it chose."""

    context = ssl.create_default_context(cafile=str(authority.file))
    context.check_hostname = False
    context.set_alpn_protocols(list(protocols))
    with socket.create_connection(("127.0.0.1", port(address))) as raw, context.wrap_socket(raw) as wrapped:
        shown = wrapped.getpeercert() or {}
        return {value for _, value in shown["subjectAltName"]}, wrapped.selected_alpn_protocol()


def test_browsers_get_the_protocol_they_can_use_here(secure: Secure) -> None:
    target = secure.server.target
    assert names(target.url, secure.authority, "h2", "http/1.1")[1] == "http/1.1"
    assert names(target.grpc, secure.authority, "h2")[1] == "h2"


def test_a_renewed_certificate_is_taken_over(secure: Secure) -> None:
    target = secure.server.target
    secure.authority.certificate("ours", ["renewed.test", NAME, "localhost", "127.0.0.1"])
    os.kill(secure.server.pid, signal.SIGHUP)
    for address in (target.url, target.grpc):
        while "renewed.test" not in names(address, secure.authority, "h2")[0]:
            time.sleep(0.05)
    context = ssl.create_default_context(cafile=str(secure.authority.file))
    with urllib.request.urlopen(f"{target.url}/readyz", context=context) as answer:
        assert answer.read() == b"ready\n"


def test_a_lapsed_certificate_is_refused_at_the_start(tmp_path: Path) -> None:

    cert, key = Authority(tmp_path).certificate("old", [NAME], life=-datetime.timedelta(hours=1))
    server = ServerProcess(tmp_path / "data", tmp_path / "server.log", ["--tls-cert", cert, "--tls-key", key])
    with pytest.raises(ServerStartError):
        server.start()
    assert "old.pem: certificate has expired." in server.log.read_text()
