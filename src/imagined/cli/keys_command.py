"""`imagined keys`: make, list and revoke API keys, whether or not a server runs on the folder."""

import asyncio
import datetime
from typing import Annotated

import typer

from imagined.access.spool import KeyFolder
from imagined.settings import default_data_dir

app = typer.Typer(help="Make, list and revoke API keys.", no_args_is_help=True)

DataDir = Annotated[str | None, typer.Option("--data-dir", help="The server's data folder.")]
