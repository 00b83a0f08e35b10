"""`imagined config`: what the settings are, and where each came from."""

from typing import Annotated

import typer

from imagined import settings as configuration

app = typer.Typer(help="Look at the settings.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Look at the settings."""


@app.command()
def show(
    config: Annotated[str | None, typer.Option(help="A TOML file of settings.")] = None,
    origin: Annotated[bool, typer.Option("--origin", help="Say where each value came from.")] = False,
) -> None:
    """Print every setting with its present value, in the form of a configuration file."""
    try:
        loaded = configuration.load(config)
    except configuration.SettingsError as error:
        typer.echo(f"imagined: {error}", err=True)
        raise typer.Exit(2) from None
    typer.echo(configuration.rendered(loaded, with_origin=origin), nl=False)
