"""What a picture is called, for lettering under it."""

import re
from typing import Final

from imagined.engines.illustrator.lettering import letters
from imagined.engines.illustrator.scene import Scene

_QUOTED: Final = re.compile(r"[\"“”«»]([^\"“”«»]{1,40})[\"“”«»]|(?<!\w)['‘]([^'‘’]{1,40})['’](?!\w)")
_LONGEST: Final = 18


def named(scene: Scene) -> str:
    """The words quoted in the prompt, else the noun of the first subject, else the setting."""
    quoted = [one or two for one, two in _QUOTED.findall(scene.prompt)]
    words = quoted[0] if quoted else scene.subjects[0].noun if scene.subjects else scene.setting
    return letters(words.replace("_", " "))[:_LONGEST].strip()
