"""`imagined explain`: what the illustrator understands of a prompt, without drawing it and without a server."""

import sys
from typing import Annotated, Final

import msgspec
import typer

_MOST: Final = 1 << 20
"""Bytes read from stdin; prompts are shorter."""


def explain(
    prompt: Annotated[str, typer.Argument(help="The prompt; - reads it from stdin.")],
    as_json: Annotated[bool, typer.Option("--json", help="The scene tree as receipts hold it.")] = False,
    seed: Annotated[int, typer.Option(help="Decides what the prompt leaves open.")] = 0,
    aspect_ratio: Annotated[str, typer.Option(help="Stored in the tree.")] = "auto",
) -> None:
    """Show how the illustrator reads a prompt: setting, subjects, relations, style, and what it does not know."""
    from imagined.engines.illustrator.explain import explained
    from imagined.engines.illustrator.scene import to_receipt
    from imagined.engines.illustrator.words import understand

    if prompt == "-":
        prompt = sys.stdin.buffer.read(_MOST).decode("utf-8", "replace")
    scene = understand(prompt, seed, aspect_ratio)
    if as_json:
        typer.echo(msgspec.json.encode(to_receipt(scene)).decode())
        return
    typer.echo(explained(scene))
