"""Reading of prompts: which scene, and which camera move."""

import re
from typing import Final

from imagined.engines.illustrator.scene import CameraMove, Scene

_MOVES: Final[tuple[tuple[str, CameraMove], ...]] = (
    (r"pull\w*[- ](?:\w+ )?(back|out|away)|zoom\w* out|dolly out|moves? back|retreat\w*|recede\w*", "pull_back"),
    (r"fl(y|ies|ying) (through|over|into)|drone|fly[- ]through", "fly_through"),
    (r"push\w* in|zoom\w* in|dolly in|moves? (in|forward|closer)|approach\w*|forward", "push_in"),
    (r"pan\w* (\w+ )*left|left", "pan_left"),
    (r"pan\w*", "pan_right"),
    (r"tilt\w* (\w+ )*down|look\w* down", "tilt_down"),
    (r"tilt\w*|look\w* up", "tilt_up"),
    (r"orbit\w*|circl\w*|around|arc shot|rotat\w*", "orbit"),
    (r"rise\w*|rising|crane|lift\w*|ascend\w*|upwards?", "rise"),
    (r"static|still|fixed|locked|tripod|time ?lapse", "static"),
)


def camera_move(prompt: str) -> CameraMove | None:
    """The move that the prompt asks for, or None when it does not speak of one."""
    text = prompt.lower()
    return next((move for pattern, move in _MOVES if re.search(rf"\b({pattern})\b", text)), None)


def understand(prompt: str, seed: int, aspect_ratio: str) -> Scene:
    """The scene of a prompt; its shape is `aspect_ratio`, or for ``auto`` one that suits it."""
    text = prompt.lower()
    times = (("night", "night"), ("dusk", "dusk"), ("sunset", "sunset"), ("dawn", "dawn"), ("sunrise", "dawn"))
    weathers = (("storm", "storm"), ("rain", "rain"), ("snow", "snow"), ("fog", "fog"), ("cloudy", "cloudy"))
    return Scene(
        seed=seed,
        prompt=prompt,
        setting="city",
        time=next((time for word, time in times if word in text), "day"),  # type: ignore[arg-type]
        weather=next((weather for word, weather in weathers if word in text), "clear"),  # type: ignore[arg-type]
        traits=("futuristic",) if re.search(r"futur|cyber|sci-?fi|neon", text) else ("modern",),
        aspect_ratio="16:9" if aspect_ratio == "auto" else aspect_ratio,
    )
