"""One typed tree of settings: defaults, then a TOML file, then the environment, then flags.

Every key is documented in `docs/settings.md`; a test holds the two together. In the environment a key is spelled
``IMAGINED_SECTION_KEY`` (``IMAGINED_SERVER_PORT=0``).
"""

import ipaddress
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec

_REQUESTS_KEPT_S = 30 * 86_400


class SettingsError(Exception):
    """A setting that does not exist or does not have an allowed value; the message names it and where it came from."""


def default_data_dir() -> str:
    """The platform's folder for a user's application data."""
    if os.name == "nt":
        return str(Path(os.environ.get("LOCALAPPDATA", Path.home())) / "imagined")
    if os.uname().sysname == "Darwin":
        return str(Path.home() / "Library" / "Application Support" / "imagined")
    return str(Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "imagined")


class Server(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the server listens and keeps its data."""

    data_dir: str = msgspec.field(default_factory=default_data_dir)
    host: str = "127.0.0.1"
    port: int = 8080
    grpc_port: int = 50051
    public_base_url: str = ""
    auth: Literal["", "open", "keys"] = ""
    tls_cert: str = ""
    tls_key: str = ""
    single_port: bool = False
    trusted_proxies: tuple[str, ...] = ()
    drain_seconds: float = 20.0


class Limits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much a client may send, in bytes, and how much a team may have or do."""

    rest_upload_bytes: int = 50 * 1024 * 1024
    jsonl_upload_bytes: int = 200 * 1000 * 1000
    grpc_upload_bytes: int = 512 * 1024 * 1024
    json_body_bytes: int = 64 * 1024 * 1024
    fetched_image_bytes: int = 10 * 1024 * 1024
    fetched_video_bytes: int = 100 * 1024 * 1024
    public_urls_per_team: int = 1000
    queued_per_team: int = 20_000
    queued_per_engine: int = 100_000
    running_per_team: int = 0
    batch_creations_per_second: int = 2
    batch_additions_per_30_seconds: int = 1000
    webhooks_per_key: int = 20


class Retention(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How long things that nobody stored are kept."""

    ephemeral_seconds: int = 86_400
    sweep_seconds: float = 60.0


class Jobs(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The request queue."""

    lease_seconds: float = 30.0
    heartbeat_seconds: float = 10.0
    max_attempts: int = 3
    idempotency_seconds: float = 86_400.0


class Engines(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Engine processes."""

    processes: int = 0
    silence_seconds: float = 60.0
    task_seconds: float = 900.0
    memory_bytes: int = 4 * 1024 * 1024 * 1024
    workdir_bytes: int = 1024 * 1024 * 1024


class Models(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which model serves a request that names none."""

    default_image: str = "grok-imagine-image-quality"
    default_video: str = "grok-imagine-video"


class Network(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Fetching what clients point at."""

    allow_private_networks: bool = False


class Pricing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `usage.cost_in_usd_ticks` says."""

    table: Literal["published", "free"] = "published"


class Errors(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the hosted service's documentation and its behaviour differ."""

    wrong_key_status: Literal[400, 401] = 400


class Delivery(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Handing out bytes."""

    accel_redirect_prefix: str = ""


class Log(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The log, on stderr."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["auto", "console", "json"] = "auto"
    access: bool = True


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole tree."""

    server: Server = Server()
    limits: Limits = Limits()
    retention: Retention = Retention()
    jobs: Jobs = Jobs()
    engines: Engines = Engines()
    models: Models = Models()
    network: Network = Network()
    pricing: Pricing = Pricing()
    errors: Errors = Errors()
    delivery: Delivery = Delivery()
    log: Log = Log()


class Loaded(msgspec.Struct, frozen=True):
    """Settings with the place each value that is not a default came from (``server.port`` -> ``flag``)."""

    settings: Settings
    origin: dict[str, str]


def keys() -> list[str]:
    """Every key, as ``section.key``, in order."""
    return [
        f"{section.name}.{field.name}"
        for section in msgspec.structs.fields(Settings)
        for field in msgspec.structs.fields(section.type)
    ]


def load(
    file: str | None = None,
    environment: Mapping[str, str] | None = None,
    flags: Mapping[str, Any] | None = None,
) -> Loaded:
    """Read all four sources, the later ones winning.

    `flags` maps ``section.key`` to a value; None means that the flag was not given.
    Raises `SettingsError` naming the key, its origin and what is wrong.
    """
    values: dict[str, Any] = {}
    origin: dict[str, str] = {}
    if file is not None:
        _overlay(values, origin, _from_file(file), f"file {file}")
    spelled = {f"IMAGINED_{key.replace('.', '_').upper()}": key for key in keys()}
    given = environment if environment is not None else os.environ
    _overlay(values, origin, _from_environment(spelled, given), "environment")
    _overlay(values, origin, {key: value for key, value in (flags or {}).items() if value is not None}, "flag")
    tree: dict[str, dict[str, Any]] = {}
    for key, value in values.items():
        section, _, name = key.partition(".")
        tree.setdefault(section, {})[name] = value
    try:
        settings = msgspec.convert(tree, Settings, strict=False)
    except msgspec.ValidationError as error:
        raise SettingsError(_explained(str(error), origin)) from None
    _check(settings)
    return Loaded(settings, origin)


def _from_file(file: str) -> dict[str, Any]:
    try:
        tree = tomllib.loads(Path(file).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SettingsError(f"The configuration file {file} does not exist.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"The configuration file {file} is not TOML: {error}") from None
    flat: dict[str, Any] = {}
    for section, content in tree.items():
        if not isinstance(content, dict):
            raise SettingsError(f"{file}: {section} must be a section, [{section}].")
        flat.update({f"{section}.{name}": value for name, value in content.items()})
    unknown = sorted(set(flat) - set(keys()))
    if unknown:
        raise SettingsError(f"{file}: unknown setting {unknown[0]}. `imagined config show` lists them all.")
    return flat


def _from_environment(spelled: Mapping[str, str], given: Mapping[str, str]) -> dict[str, Any]:
    lists = {
        f"{section.name}.{field.name}"
        for section in msgspec.structs.fields(Settings)
        for field in msgspec.structs.fields(section.type)
        if isinstance(field.default, tuple)
    }
    found: dict[str, Any] = {spelled[name]: text for name, text in given.items() if name in spelled}
    for key in lists & found.keys():
        found[key] = [part.strip() for part in found[key].split(",") if part.strip()]
    return found


def _overlay(values: dict[str, Any], origin: dict[str, str], given: Mapping[str, Any], source: str) -> None:
    for key, value in given.items():
        values[key] = value
        origin[key] = source


def _explained(error: str, origin: Mapping[str, str]) -> str:
    problem, _, place = error.partition(" - at `$.")
    key = place.rstrip("`")
    return f"{key} ({origin.get(key, 'default')}): {problem}" if key else error


def _check(settings: Settings) -> None:
    for key, port in (("server.port", settings.server.port), ("server.grpc_port", settings.server.grpc_port)):
        if not 0 <= port <= 65_535:
            raise SettingsError(f"{key}: {port} is not a port; 0 to 65535 are allowed, 0 means: choose one.")
    base = settings.server.public_base_url
    if base and not base.startswith(("http://", "https://")):
        raise SettingsError(f"server.public_base_url: {base!r} must begin with http:// or https://.")
    if bool(settings.server.tls_cert) != bool(settings.server.tls_key):
        raise SettingsError("server.tls_cert and server.tls_key: give both or none; a certificate needs its key.")
    for proxy in settings.server.trusted_proxies:
        try:
            ipaddress.ip_network(proxy, strict=False)
        except ValueError:
            raise SettingsError(
                f"server.trusted_proxies: {proxy!r} is no address and no network such as 10.0.0.0/8."
            ) from None
    for key in (
        "jobs.lease_seconds",
        "jobs.heartbeat_seconds",
        "jobs.max_attempts",
        "jobs.idempotency_seconds",
        "retention.ephemeral_seconds",
        "retention.sweep_seconds",
    ):
        section, _, name = key.partition(".")
        if getattr(getattr(settings, section), name) <= 0:
            raise SettingsError(f"{key}: must be above 0.")
    _check_jobs(settings.jobs)


def _check_jobs(jobs: Jobs) -> None:
    if jobs.idempotency_seconds > _REQUESTS_KEPT_S:
        raise SettingsError("jobs.idempotency_seconds: must be at most 2592000, 30 days, as long as requests are kept.")
    if jobs.heartbeat_seconds >= jobs.lease_seconds:
        raise SettingsError("jobs.heartbeat_seconds: must be below jobs.lease_seconds, or every lease would lapse.")


def rendered(loaded: Loaded, *, with_origin: bool = False) -> str:
    """The settings as a TOML file, each line followed by where its value came from when asked."""
    lines: list[str] = []
    section = ""
    for key in keys():
        head, _, name = key.partition(".")
        if head != section:
            lines.extend([*([""] if lines else []), f"[{head}]"])
            section = head
        value = getattr(getattr(loaded.settings, head), name)
        text = f"{name} = {msgspec.json.encode(value).decode()}"
        lines.append(f"{text}  # {loaded.origin.get(key, 'default')}" if with_origin else text)
    return "\n".join(lines) + "\n"
