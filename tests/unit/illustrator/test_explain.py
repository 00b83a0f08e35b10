"""`imagined explain`, and the files that are written from the code."""

import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from imagined.cli.main import app
from imagined.engines.illustrator.explain import explained
from imagined.engines.illustrator.scene import from_receipt
from imagined.engines.illustrator.words import understand
from tests.support import explained as written


def test_the_page_shows_what_is_printed() -> None:
    assert written.PAGE.read_text(encoding="utf-8") == written.page(), "run: make explain"


def test_the_list_of_figures_is_the_catalogue() -> None:
    assert written.DRAWN.read_text(encoding="utf-8") == written.drawn(), "run: make explain"


def test_a_readable_tree() -> None:
    result = CliRunner().invoke(app, ["explain", "a small black cat under a red table in a kitchen, no people"])
    assert result.exit_code == 0
    assert "setting  kitchen" in result.output
    assert "without  people" in result.output
    assert "1 × small black cat: under 2 (table)" in result.output


def test_json_is_the_tree_of_receipts() -> None:
    result = CliRunner().invoke(
        app, ["explain", "--json", "--seed", "7", "--aspect-ratio", "1:1", "two dogs on a beach"]
    )
    assert from_receipt(json.loads(result.output)) == understand("two dogs on a beach", 7, "1:1")


def test_a_prompt_from_stdin() -> None:
    result = CliRunner().invoke(app, ["explain", "-"], input=b"a fox \xff in a forest")
    assert "1 × fox" in result.output


@pytest.mark.parametrize("prompt", ["", "🎉", "a" * 9000, "no no no", "a dog beside a cat beside a dog"])
def test_any_prompt_is_explained(prompt: str) -> None:
    assert explained(understand(prompt, 0, "auto"))


def test_nothing_that_draws_is_imported() -> None:
    program = (
        "import sys\n"
        "from imagined.engines.illustrator.explain import explained\n"
        "from imagined.engines.illustrator.words import understand\n"
        "explained(understand('a dog on a sofa', 0, 'auto'))\n"
        "assert not {'numpy', 'skia', 'embreex', 'av', 'PIL'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
