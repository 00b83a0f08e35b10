"""`imagined exec`: scripts that name no host reach the server, and nothing else about them changes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from imagined.cli.execute import LOCAL_KEY, redirected_environment, run
from imagined.cli.targets import Target, find_target, sdk_host

TARGET = Target(url="http://127.0.0.1:1234", grpc="localhost:5678")
SHOW_HOST = """
import xai_sdk, grpc, sys
hosts = []
def remember(host, *args, **kwargs):
    hosts.append(host)
    raise SystemExit
grpc.secure_channel = remember
grpc.aio.secure_channel = remember
for client in (xai_sdk.Client, xai_sdk.AsyncClient):
    try:
        client({arguments})
    except SystemExit:
        pass
print(*hosts)
"""


def python(script: str, environment: dict[str, str], cwd: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, cwd=cwd, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [("", "localhost:5678 localhost:5678"), ('api_host="example.org"', "example.org example.org")],
)
def test_only_scripts_that_name_no_host_are_redirected(arguments: str, expected: str, tmp_path: Path) -> None:
    environment = redirected_environment(TARGET, os.environ)
    assert python(SHOW_HOST.replace("{arguments}", arguments), environment, tmp_path) == expected


def test_without_the_redirect_the_host_is_the_hosted_service(tmp_path: Path) -> None:
    environment = {**os.environ, "XAI_API_KEY": "xai-x"}
    assert python(SHOW_HOST.replace("{arguments}", ""), environment, tmp_path) == "api.x.ai api.x.ai"


def test_the_environments_own_sitecustomize_still_runs(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("import sys; sys.from_the_environment = True\n")
    environment = redirected_environment(TARGET, {**os.environ, "PYTHONPATH": str(tmp_path)})
    script = "import sys, sitecustomize; print(sys.from_the_environment, sitecustomize.__file__)"
    assert python(script, environment, tmp_path) == f"True {tmp_path / 'sitecustomize.py'}"


def test_the_environment_gets_addresses_and_a_key_only_where_none_is_set() -> None:
    changed = redirected_environment(TARGET, {"HOME": "/h"})
    assert changed["OPENAI_BASE_URL"] == "http://127.0.0.1:1234/v1"
    assert changed["IMAGINED_GRPC"] == "localhost:5678"
    assert changed["XAI_API_KEY"] == changed["OPENAI_API_KEY"] == LOCAL_KEY
    assert changed["HOME"] == "/h"
    assert redirected_environment(TARGET, {"XAI_API_KEY": "xai-mine"})["OPENAI_API_KEY"] == "xai-mine"
    assert redirected_environment(TARGET, changed)["PYTHONPATH"] == changed["PYTHONPATH"]


def test_the_status_of_the_command_is_passed_on() -> None:
    assert run([sys.executable, "-c", "raise SystemExit(7)"], TARGET) == 7
    assert run(["no-such-program-here"], TARGET) == 127


def test_the_target_comes_from_options_then_environment_then_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("IMAGINED_URL", raising=False)
    monkeypatch.delenv("IMAGINED_GRPC", raising=False)
    assert find_target() == Target(url="http://127.0.0.1:8080", grpc="localhost:50051")
    monkeypatch.setenv("IMAGINED_URL", "http://images.lan:81/")
    assert find_target() == Target(url="http://images.lan:81", grpc="images.lan:50051")
    assert find_target(grpc="127.0.0.1:9").grpc == "localhost:9"
    monkeypatch.setenv("IMAGINED_GRPC", "images.lan:9")
    assert find_target().grpc == "images.lan:9"
    assert find_target(url="http://other.lan:81").grpc == "other.lan:50051"


def test_an_https_address_means_tls_for_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("IMAGINED_GRPC", raising=False)
    assert find_target(url="https://images.example").grpc == "images.example:443"
    assert find_target(url="https://images.example:8443").grpc == "images.example:50051"
    assert find_target(url="https://[2001:db8::1]:8443").grpc == "[2001:db8::1]:50051"
    # Spelled in small letters the SDK would speak without TLS.
    assert find_target(url="https://localhost:8443", grpc="localhost:8443").grpc == "LOCALHOST:8443"
    assert sdk_host("127.0.0.1:5", tls=True) == "127.0.0.1:5"


@pytest.mark.parametrize(
    ("address", "spelled"),
    [("127.0.0.1:5", "localhost:5"), ("[::1]:5", "localhost:5"), ("gpu.example:443", "gpu.example:443")],
)
def test_loopback_is_spelled_the_way_the_sdk_wants_it(address: str, spelled: str) -> None:
    assert sdk_host(address) == spelled
