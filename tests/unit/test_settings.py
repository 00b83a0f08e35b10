"""The settings tree: four sources, clear errors, and a page that documents every key."""

import re
from pathlib import Path

import pytest

from imagined import settings

DOCS = Path(__file__).parents[2] / "docs" / "settings.md"


def test_every_setting_is_documented_and_nothing_else() -> None:
    documented = re.findall(r"^\| `([a-z_]+\.[a-z0-9_]+)` \|", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    assert documented == settings.keys()


def test_later_sources_win(tmp_path: Path) -> None:
    file = tmp_path / "imagined.toml"
    file.write_text('[server]\nport = 1\ngrpc_port = 2\nhost = "localhost"\n')
    environment = {"IMAGINED_SERVER_PORT": "3", "IMAGINED_SERVER_GRPC_PORT": "4", "IMAGINED_URL": "not a setting"}
    loaded = settings.load(str(file), environment, {"server.port": 5, "server.auth": None})
    server = loaded.settings.server
    assert (server.host, server.port, server.grpc_port, server.auth) == ("localhost", 5, 4, "")
    assert loaded.origin == {
        "server.host": f"file {file}",
        "server.port": "flag",
        "server.grpc_port": "environment",
    }


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[server]\nprot = 1\n", "unknown setting server.prot"),
        ("port = 1\n", "port must be a section"),
        ("[server\n", "is not TOML"),
        ('[server]\nport = "many"\n', "server.port (file"),
        ("[server]\nport = 70000\n", "server.port: 70000 is not a port"),
        ('[server]\nauth = "none"\n', "server.auth (file"),
        ('[server]\npublic_base_url = "example.org"\n', "must begin with http://"),
        ('[server]\ntls_cert = "cert.pem"\n', "server.tls_cert and server.tls_key: give both or none"),
        ('[server]\ntrusted_proxies = ["proxy.lan"]\n', "server.trusted_proxies: 'proxy.lan' is no address"),
        ("[jobs]\nheartbeat_seconds = 40\n", "must be below jobs.lease_seconds"),
        ("[jobs]\nmax_attempts = 0\n", "jobs.max_attempts: must be above 0"),
        ("[jobs]\nidempotency_seconds = 0\n", "jobs.idempotency_seconds: must be above 0"),
        ("[jobs]\nidempotency_seconds = 2592001\n", "jobs.idempotency_seconds: must be at most 2592000"),
    ],
)
def test_a_bad_setting_is_named(tmp_path: Path, content: str, message: str) -> None:
    file = tmp_path / "imagined.toml"
    file.write_text(content)
    with pytest.raises(settings.SettingsError, match=re.escape(message)):
        settings.load(str(file), {})


def test_a_list_from_the_environment_has_commas() -> None:
    server = settings.load(None, {"IMAGINED_SERVER_TRUSTED_PROXIES": "127.0.0.1, 10.0.0.0/8"}).settings.server
    assert server.trusted_proxies == ("127.0.0.1", "10.0.0.0/8")


def test_a_missing_file_is_named() -> None:
    with pytest.raises(settings.SettingsError, match=re.escape("/nowhere/imagined.toml does not exist")):
        settings.load("/nowhere/imagined.toml", {})


def test_the_rendered_settings_load_again(tmp_path: Path) -> None:
    loaded = settings.load(None, {"IMAGINED_LOG_LEVEL": "debug"})
    text = settings.rendered(loaded, with_origin=True)
    assert 'level = "debug"  # environment' in text
    assert "port = 8080  # default" in text
    file = tmp_path / "again.toml"
    file.write_text(text)
    assert settings.load(str(file), {}).settings == loaded.settings
