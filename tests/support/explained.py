"""What is written from the code: docs/explain.md, and the list of the nouns that have a figure.

`make explain` runs this; `tests/unit/illustrator/test_explain.py` fails where the files are not what it writes.
"""

from pathlib import Path

from imagined.engines.illustrator.explain import explained
from imagined.engines.illustrator.figures.catalogue import CATALOGUE
from imagined.engines.illustrator.understanding import tables
from imagined.engines.illustrator.words import understand

PAGE = Path(__file__).parents[2] / "docs" / "explain.md"
DRAWN = Path(tables.__file__).parent / "data" / "drawn.txt"

PROMPTS = (
    "two children flying a kite on a green hill",
    "a wizard cat reading a book in a library",
    "an old man feeding pigeons in a park",
    "a bowl of ramen on a table",
    "a bicycle leaning against a wall",
    "three penguins in red scarves on an iceberg, no people",
    "an astronaut riding a brown horse on Mars",
    "a pirate with a parrot on his shoulder",
    "a mountain lake at dawn without boats or people",
    "a red double-decker bus crossing a bridge in the rain",
    "a girl in a yellow raincoat holding a red umbrella in a city street at night",
    "a cat between a teapot and a vase",
    "an eagle flying over a castle, oil painting",
    "a fisherman in a small wooden boat on a calm lake at dawn",
    "mountains reflected in a lake at sunrise",
    'close-up of a birthday cake that says "HOORAY"',
    "low angle shot of a knight in front of a ruined castle, backlit",
    "a herd of elephants walking through a canyon at golden hour",
    "a zorblax on a quiet hill",
    "森の中の二匹の狐",
)

HEAD = """# What the illustrator understands

`imagined explain "a cat on a chair"` prints how a prompt is read, without drawing it; `--json` prints the tree itself,
which every receipt holds as `scene`. A noun that has no figure of its own is *taken for* the nearest thing that has
one, and where nothing is near enough its words stand in the picture (lettering with `title`). Numbers behind relations
are those of the list.

Twenty prompts, written by `make explain`:
"""


def page() -> str:
    """The text of docs/explain.md."""
    parts = [HEAD]
    for prompt in PROMPTS:
        parts.append(
            f"```console\n$ imagined explain {_quoted(prompt)}\n{explained(understand(prompt, 0, 'auto'))}\n```\n"
        )
    return "\n".join(parts)


def _quoted(prompt: str) -> str:
    return f"'{prompt}'" if '"' in prompt else f'"{prompt}"'


def drawn() -> str:
    """The text of the list of nouns that have a figure."""
    return "".join(f"{noun}\n" for noun in sorted(CATALOGUE))


if __name__ == "__main__":
    DRAWN.write_text(drawn(), encoding="utf-8")
    for cached in (tables.drawn, tables.concepts, tables.concept, tables.stand_in):
        cached.cache_clear()
    PAGE.write_text(page(), encoding="utf-8")
