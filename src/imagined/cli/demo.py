"""`imagined demo`: the loop of generate, edit, animate by the official SDK, with its three files left behind."""

import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn

from imagined.cli.execute import LOCAL_KEY
from imagined.cli.targets import Target

IMAGE_MODEL = "grok-imagine-image-quality"
VIDEO_MODEL = "grok-imagine-video"
CITY = "A futuristic city skyline at night"
NEON = "Add neon signs to the buildings"
PULL_BACK = "A camera pulls back through the city"


class DemoError(Exception):
    """The demo could not go on; the message says why."""


@dataclass(frozen=True)
class Results:
    """The files the demo leaves."""

    city: Path
    neon: Path
    video: Path


def run_loop(target: Target, folder: Path, api_key: str = LOCAL_KEY) -> Results:
    """Generate, edit by file id, animate by file id, download all three, then publish and revoke the picture."""
    import xai_sdk  # takes half a second; only this command needs it

    folder.mkdir(parents=True, exist_ok=True)
    results = Results(folder / "city.jpg", folder / "city-neon.jpg", folder / "city.mp4")
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
    )
    with (
        xai_sdk.Client(api_key=api_key, api_host=target.grpc) as client,
        Progress(*columns, console=Console(stderr=True)) as bars,
    ):
        city = _picture(client, bars, CITY, results.city, None)
        neon = _picture(client, bars, NEON, results.neon, city)
        _video(client, bars, PULL_BACK, results.video, neon)
        _publish_and_revoke(client, bars, city)
    return results


def _picture(client: Any, bars: Progress, prompt: str, path: Path, source: str | None) -> str:
    """Generate, or edit `source`; store the result under `path`'s name, download it from Files, return its id."""
    bar = bars.add_task(f'{"edit" if source else "image"}   "{prompt}"', total=None)
    options = {"filename": path.name}
    inputs = {"image_file_id": source} if source else {}
    answer = client.image.sample(prompt=prompt, model=IMAGE_MODEL, storage_options=options, **inputs)
    if answer.file_output is None:
        raise DemoError(f"The server did not store {path.name}: {answer.storage_error}")
    path.write_bytes(client.files.content(answer.file_output.file_id))
    bars.update(bar, total=1, completed=1)
    return str(answer.file_output.file_id)


def _video(client: Any, bars: Progress, prompt: str, path: Path, source: str) -> None:
    from xai_sdk.proto import deferred_pb2

    bar = bars.add_task(f'video  "{prompt}"', total=100)
    options = {"filename": path.name}
    started = client.video.start(
        prompt=prompt, model=VIDEO_MODEL, duration=5, image_file_id=source, storage_options=options
    )
    while True:
        status = client.video.get(started.request_id)
        if status.status != deferred_pb2.DeferredStatus.PENDING:
            break
        bars.update(bar, completed=status.response.progress)
        time.sleep(0.2)
    if status.status != deferred_pb2.DeferredStatus.DONE:
        raise DemoError(f"The video failed: {status.response.error.message}")
    path.write_bytes(fetch(status.response.video.url))
    bars.update(bar, completed=100)


def _publish_and_revoke(client: Any, bars: Progress, file_id: str) -> None:
    bar = bars.add_task("publish, open without a key, revoke, see 404", total=3)
    shared = client.files.create_public_url(file_id).public_url
    bars.update(bar, completed=1)
    fetch(shared)
    bars.update(bar, completed=2)
    client.files.revoke_public_url(file_id)
    try:
        fetch(shared)
    except urllib.error.HTTPError as error:
        if error.code != 404:
            raise
    else:
        raise DemoError("A revoked URL still answers.")
    bars.update(bar, completed=3)


def fetch(url: str) -> bytes:
    """The bytes at one of the server's own URLs."""
    with urllib.request.urlopen(url, timeout=60) as answer:  # noqa: S310 - the server's own http URL
        body: bytes = answer.read()
    return body
