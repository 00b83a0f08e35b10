"""The command line: every command is documented, and mistakes are explained."""

import re
from pathlib import Path

import click
import typer
from typer.testing import CliRunner

from imagined.cli.main import app

DOCS = Path(__file__).parents[3] / "docs" / "commands.md"


def commands(group: typer.Typer, prefix: str) -> list[str]:
    names = [f"{prefix} {info.name or info.callback.__name__}" for info in group.registered_commands if info.callback]
    for nested in group.registered_groups:
        assert nested.typer_instance is not None
        names += commands(nested.typer_instance, f"{prefix} {nested.name}")
    return sorted(names)


def test_every_command_is_documented_and_nothing_else() -> None:
    documented = re.findall(r"^\| `(imagined [a-z ]+?)(?: -- CMD\.\.\.)?` \|", DOCS.read_text(), re.MULTILINE)
    assert sorted(documented) == commands(app, "imagined")


def test_every_option_of_every_command_is_documented() -> None:
    root = typer.main.get_command(app)
    text = DOCS.read_text()

    def walk(command: click.Command) -> None:
        for parameter in command.params:
            for option in parameter.opts:
                assert not option.startswith("--") or option in text, f"{command.name} {option}"
        for nested in getattr(command, "commands", {}).values():
            walk(nested)

    walk(root)


def test_a_bad_setting_ends_with_a_sentence_and_status_2(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["serve", "--port", "70000", "--data-dir", str(tmp_path)])
    assert result.exit_code == 2
    assert "server.port: 70000 is not a port" in result.output


def test_the_settings_are_shown_with_their_origin() -> None:
    result = CliRunner().invoke(app, ["config", "show", "--origin"], env={"IMAGINED_SERVER_PORT": "81"})
    assert result.exit_code == 0
    assert "port = 81  # environment" in result.output
