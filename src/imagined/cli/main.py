"""The command line."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from imagined import settings as configuration
from imagined.cli import (
    config_command,
    doctor_command,
    explain_command,
    files_command,
    fsck_command,
    keys_command,
    replay_command,
    usage_command,
    webhooks_command,
)
from imagined.cli.execute import LOCAL_KEY
from imagined.cli.execute import run as run_redirected
from imagined.cli.server_process import ServerProcess, ServerStartError
from imagined.cli.targets import Target, find_target

app = typer.Typer(
    name="imagined",
    help="An open server for the xAI Imagine and Files APIs.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(files_command.app, name="files")
app.add_typer(keys_command.app, name="keys")
app.add_typer(webhooks_command.app, name="webhooks")
app.add_typer(config_command.app, name="config")
app.command()(fsck_command.fsck)
app.command()(usage_command.usage)
app.command()(replay_command.replay)
app.command()(doctor_command.doctor)
app.command()(explain_command.explain)

DataDir = Annotated[str | None, typer.Option(help="Where files, requests and keys are kept.")]
Url = Annotated[str | None, typer.Option("--url", help="HTTP address of a running server.")]
Grpc = Annotated[str | None, typer.Option("--grpc", help="gRPC address of a running server, HOST:PORT.")]


@app.command()
def serve(
    data_dir: DataDir = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="HTTP port; 0 chooses a free one.")] = None,
    grpc_port: Annotated[int | None, typer.Option(help="gRPC port; 0 chooses a free one.")] = None,
    public_base_url: Annotated[str | None, typer.Option(help="What the URLs handed to clients begin with.")] = None,
    auth: Annotated[str | None, typer.Option(help="open (loopback only) or keys.")] = None,
    tls_cert: Annotated[str | None, typer.Option(help="PEM certificate, with its chain: speak TLS only.")] = None,
    tls_key: Annotated[str | None, typer.Option(help="PEM key of the certificate.")] = None,
    single_port: Annotated[bool | None, typer.Option("--single-port", help="HTTP and gRPC on the HTTP port.")] = None,
    config: Annotated[str | None, typer.Option(help="A TOML file of settings.")] = None,
) -> None:
    """Run the server until SIGTERM or Ctrl-C."""
    from imagined.cli.serve import run_server  # keeps `imagined --help` quick

    flags = {
        "server.data_dir": data_dir,
        "server.host": host,
        "server.port": port,
        "server.grpc_port": grpc_port,
        "server.public_base_url": public_base_url,
        "server.auth": auth,
        "server.tls_cert": tls_cert,
        "server.tls_key": tls_key,
        "server.single_port": single_port,
    }
    try:
        loaded = configuration.load(config, flags=flags)
    except configuration.SettingsError as error:
        fail(str(error))
    raise typer.Exit(run_server(loaded.settings))


@app.command(name="exec", context_settings={"ignore_unknown_options": True})
def execute(
    command: Annotated[list[str], typer.Argument(help="The command, after --.", metavar="-- CMD...")],
    url: Url = None,
    grpc: Grpc = None,
) -> None:
    """Run CMD with the official SDK and the OpenAI SDK pointed at a running server; its text stays untouched."""
    raise typer.Exit(run_redirected(command, find_target(url, grpc)))


@app.command()
def demo(
    output: Annotated[Path, typer.Option(help="Folder for the three files.")] = Path("imagined-demo"),
    url: Url = None,
    grpc: Grpc = None,
) -> None:
    """Make a picture, edit it and animate it, by the official SDK, and say where the files are."""
    from imagined.cli.demo import DemoError

    try:
        if url or grpc:
            key = os.environ.get("XAI_API_KEY", LOCAL_KEY)
            _demo_against(find_target(url, grpc), output, key)
        else:
            output.mkdir(parents=True, exist_ok=True)
            with ServerProcess(output / "data", output / "server.log") as server:
                _demo_against(server.target, output, LOCAL_KEY)
            typer.echo(
                "\nGo on with the same files:\n"
                f"  imagined serve --data-dir {output / 'data'}\n"
                "  imagined exec -- python your_script.py   # in another terminal"
            )
    except (DemoError, ServerStartError) as error:
        fail(str(error))


def _demo_against(target: Target, output: Path, key: str) -> None:
    from imagined.cli.demo import run_loop

    results = run_loop(target, output, key)
    for path in (results.city, results.neon, results.video):
        typer.echo(str(path.resolve()))


def fail(message: str) -> None:
    """Say what is wrong on stderr and end with status 2."""
    typer.echo(f"imagined: {message}", err=True)
    raise typer.Exit(2)


def main() -> None:
    """Entry point of the `imagined` command."""
    sys.exit(app())
