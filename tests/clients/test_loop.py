"""The main job, by the official SDK: generate, edit by file id, animate by file id, publish, revoke."""

import asyncio
import os
import subprocess
import sys
import time
import urllib.error
from pathlib import Path

import pytest
import xai_sdk
from xai_sdk.proto import deferred_pb2

from imagined.cli.demo import fetch
from imagined.cli.execute import redirected_environment
from imagined.cli.server_process import ServerProcess
from tests.clients.media import clip, is_faststart, picture, psnr, scaled, untouched_difference

IMAGE, VIDEO = "grok-imagine-image-quality", "grok-imagine-video"
CITY, NEON = "A futuristic city skyline at night", "Add neon signs to the buildings"
PULL_BACK = "A camera pulls back through the city"

LOOP = """
import os
import xai_sdk

client = xai_sdk.Client(api_key=os.getenv("XAI_API_KEY"))
gen = client.image.sample(prompt="A futuristic city skyline at night", model="grok-imagine-image-quality",
                          storage_options={"filename": "city.jpg"})
city = gen.file_output.file_id
edit = client.image.sample(prompt="Add neon signs to the buildings", model="grok-imagine-image-quality",
                           image_file_id=city, storage_options={"filename": "city-neon.jpg"})
vid = client.video.generate(prompt="A camera pulls back through the city", model="grok-imagine-video", duration=5,
                            image_file_id=edit.file_output.file_id)
print(vid.url)
"""


def check_video(data: bytes, first_frame: bytes) -> None:
    """A 5 s video whose first frame is the picture."""
    video = clip(data)
    assert (video.frames, video.rate) == (24 * 5 + 1, 24.0)
    assert (video.video_codec, video.pixel_format, video.audio_codec) == ("h264", "yuv420p", "aac")
    assert (video.width, video.height) == (480, 480)
    assert is_faststart(data)
    assert psnr(video.first_frame, scaled(picture(first_frame), video.width, video.height)) >= 28


def test_the_readme_has_this_script() -> None:
    assert LOOP.strip() in (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def test_the_script_runs_unchanged_under_exec(server: ServerProcess, tmp_path: Path) -> None:
    script = tmp_path / "loop.py"
    script.write_text(LOOP)
    command = [sys.executable, "-m", "imagined", "exec", "--url", server.target.url, "--grpc", server.target.grpc]
    environment = {name: value for name, value in os.environ.items() if name != "XAI_API_KEY"}
    done = subprocess.run(
        [*command, "--", sys.executable, str(script)], env=environment, capture_output=True, text=True, check=True
    )
    assert clip(fetch(done.stdout.strip())).frames == 121


def test_the_loop_by_host_name(server: ServerProcess) -> None:
    with xai_sdk.Client(api_key="xai-test", api_host=server.target.grpc) as client:
        made = client.image.sample(prompt=CITY, model=IMAGE, storage_options={"filename": "city.jpg"})
        edit = client.image.sample(
            prompt=NEON,
            model=IMAGE,
            image_file_id=made.file_output.file_id,
            storage_options={"filename": "city-neon.jpg", "public_url": True},
        )
        before, after = made.image, edit.image
        assert picture(before).shape == picture(after).shape == (1024, 1024, 3)
        assert before == client.files.content(made.file_output.file_id)
        assert psnr(picture(before), picture(after)) < 40, "the edit changed nothing"
        assert untouched_difference(picture(before), picture(after)) < 2

        started = client.video.start(
            prompt=PULL_BACK,
            model=VIDEO,
            duration=5,
            image_file_id=edit.file_output.file_id,
            storage_options={"filename": "city.mp4", "public_url": {"expires_after": 7200}},
        )
        seen, status = [], client.video.get(started.request_id)
        while status.status == deferred_pb2.DeferredStatus.PENDING:
            seen.append(status.response.progress)
            time.sleep(0.05)
            status = client.video.get(started.request_id)
        assert status.status == deferred_pb2.DeferredStatus.DONE
        assert seen == sorted(seen)
        assert len(set(seen)) > 10, "progress comes from frames"

        result = status.response.video
        check_video(fetch(result.url), after)
        assert result.duration == 5
        assert fetch(result.file_output.public_url) == fetch(result.url)
        assert client.files.get(result.file_output.file_id).size == len(fetch(result.url))

        shared = client.files.create_public_url(made.file_output.file_id).public_url
        assert fetch(shared) == before
        assert client.files.revoke_public_url(made.file_output.file_id).revoked
        with pytest.raises(urllib.error.HTTPError, match="404"):
            fetch(shared)


def test_the_loop_by_the_async_client(server: ServerProcess) -> None:
    async def loop() -> str:
        client = xai_sdk.AsyncClient(api_key="xai-test", api_host=server.target.grpc)
        made = await client.image.sample(prompt=CITY, model=IMAGE, storage_options={"filename": "city.jpg"})
        edit = await client.image.sample(
            prompt=NEON,
            model=IMAGE,
            image_file_id=made.file_output.file_id,
            storage_options={"filename": "city-neon.jpg"},
        )
        video = await client.video.generate(
            prompt=PULL_BACK, model=VIDEO, duration=5, image_file_id=edit.file_output.file_id
        )
        assert (await edit.image)[:2] == b"\xff\xd8"
        await client.close()
        return str(video.url)

    assert clip(fetch(asyncio.run(loop()))).frames == 121


def test_the_demo_leaves_three_files(server: ServerProcess, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "imagined", "demo", "--output", str(tmp_path / "out"), "--url", server.target.url]
    done = subprocess.run(
        [*command, "--grpc", server.target.grpc],
        env=redirected_environment(server.target, os.environ),
        capture_output=True,
        text=True,
        check=True,
    )
    paths = [Path(line) for line in done.stdout.split()]
    assert [path.name for path in paths] == ["city.jpg", "city-neon.jpg", "city.mp4"]
    check_video(paths[2].read_bytes(), paths[1].read_bytes())
