"""Clients in Node: the AI SDK in both lines that are in use, and the OpenAI SDK. `make test` installs them."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from imagined.cli.server_process import ServerProcess
from tests.clients.media import clip, is_faststart, picture, psnr, scaled

HERE = Path(__file__).parent / "node"
NODE = HERE / "node_modules" / ".bin" / "node"
"""The version that the packages ask for comes with them; the system's own only installs it."""

LINES = pytest.mark.parametrize("line", ["7", "6"])
GENERATIONS, EDITS = "/v1/images/generations", "/v1/images/edits"
VIDEOS = "/v1/videos/generations"


def run(script: str, *arguments: str) -> Any:
    """What a script prints; its complaint when it fails."""
    command = [str(NODE if NODE.exists() else "node"), str(HERE / script), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def ai(line: str, scenario: str, server: ServerProcess, *arguments: str) -> Any:
    return run("ai_sdk.mjs", line, scenario, server.target.url, *arguments)


def test_pictures_and_a_film_that_were_drawn(server: ServerProcess, tmp_path: Path) -> None:
    ai("7", "drawn", server, str(tmp_path))
    made, edited = (picture((tmp_path / name).read_bytes()) for name in ("picture.jpg", "edited.jpg"))
    assert made.shape == edited.shape
    assert (edited.max(axis=2).astype(int) - edited.min(axis=2)).mean() < 3
    data = (tmp_path / "film.mp4").read_bytes()
    film = clip(data)
    assert (film.frames, film.audio_codec, is_faststart(data)) == (25, "aac", True)
    assert psnr(film.first_frame, scaled(edited, film.width, film.height)) >= 28


@LINES
def test_four_pictures_come_by_two_calls(scripted: ServerProcess, line: str) -> None:
    assert ai(line, "generate", scripted) == {"paths": [GENERATIONS, GENERATIONS], "counts": [1, 3]}


@LINES
def test_edits_of_one_and_of_several(scripted: ServerProcess, line: str) -> None:
    assert ai(line, "edit", scripted)["paths"] == [GENERATIONS, EDITS, EDITS]


@LINES
def test_videos_of_text_and_of_a_picture(scripted: ServerProcess, line: str) -> None:
    assert ai(line, "video", scripted) == {"paths": [GENERATIONS, VIDEOS, VIDEOS], "durations": [1, 1]}


@LINES
def test_editing_extending_and_references(scripted: ServerProcess, line: str) -> None:
    done = ai(line, "video_modes", scripted)
    assert done["start"].startswith(scripted.target.url)
    assert done["paths"] == [VIDEOS, "/v1/videos/edits", "/v1/videos/extensions", GENERATIONS, VIDEOS]


@LINES
def test_what_is_refused_arrives_as_the_servers_words(scripted: ServerProcess, line: str) -> None:
    said = ai(line, "errors", scripted)
    assert said["refused"][0] == 400
    assert "Quality high is not supported." in said["refused"][1]
    assert said["unknown"][0] == 404
    assert "The model flux does not exist" in said["unknown"][1]
    assert "Video generation failed" in said["failed"]
    assert said["local"] == "AI_DownloadError", "the documentation says that `download` is needed on localhost"


def test_files_of_the_ai_sdk(scripted: ServerProcess) -> None:
    assert ai("7", "files", scripted) == {
        "filename": "twice.txt",
        "size": 30,
        "content": "words of a filewords of a file",
        "life": 3600,
        "purpose": "",
        "gone": 404,
    }


def test_the_openai_sdk(scripted: ServerProcess) -> None:
    done = run("openai_sdk.mjs", scripted.target.url)
    assert (done["pictures"], done["model"], done["once"], done["gone"]) == (2, "grok-imagine-image", True, 404)
    status, text = done["refused"]
    assert status == 400
    assert "The number of images to generate (n) must be between 1 and 10 inclusive." in text
    assert {"grok-imagine-image", "grok-imagine-video"} <= set(done["models"])
