"""`imagined doctor`: is a server well, seen from where its users stand? And is its data folder?"""

import os
from pathlib import Path
from typing import Annotated

import typer

from imagined.cli.execute import LOCAL_KEY
from imagined.cli.findings import Findings
from imagined.cli.targets import find_target


def doctor(
    url: Annotated[str | None, typer.Option("--url", help="HTTP address of a running server.")] = None,
    grpc: Annotated[str | None, typer.Option("--grpc", help="gRPC address of a running server, HOST:PORT.")] = None,
    key: Annotated[str | None, typer.Option("--key", help="API key; without it XAI_API_KEY.")] = None,
    data_dir: Annotated[
        str | None, typer.Option("--data-dir", help="Look at this data folder; alone, at no server.")
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Make no picture.")] = False,
) -> None:
    """Check a running server as its users meet it, or a data folder; status 0 when all is well, else 1.

    What it stores on the server it deletes again.
    """
    findings = Findings()
    if data_dir is None or url or grpc or key:
        from imagined.cli.doctor_server import check_server

        check_server(findings, find_target(url, grpc), key or os.environ.get("XAI_API_KEY") or LOCAL_KEY, quick=quick)
    if data_dir is not None:
        from imagined.cli.doctor_folder import check_folder

        check_folder(findings, Path(data_dir))
    typer.echo("All is well." if not findings.failed else f"{findings.failed} failed.")
    raise typer.Exit(1 if findings.failed else 0)
