"""The suite once more, on one port for HTTP and gRPC: the same tests, another server.

All of Files, all refusals, the OpenAI SDK, a picture and a short video. What takes a processor longer runs on one port
with ``IMAGINED_SERVER_SINGLE_PORT=true make unit``.
"""

from collections.abc import Iterator

import pytest
import xai_sdk

from imagined.cli.demo import fetch
from imagined.cli.server_process import ServerProcess
from tests.clients.media import clip, picture
from tests.clients.test_files_command import *  # noqa: F403
from tests.clients.test_files_curl import *  # noqa: F403
from tests.clients.test_files_openai import *  # noqa: F403
from tests.clients.test_files_sdk import *  # noqa: F403
from tests.clients.test_refusals import *  # noqa: F403
from tests.clients.test_rest_loop import test_the_openai_sdk  # noqa: F401


@pytest.fixture(scope="module", autouse=True)
def single_port() -> Iterator[None]:
    """Every server that a test here starts has one port."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IMAGINED_SERVER_SINGLE_PORT", "true")
        yield


@pytest.fixture(scope="module")
def server(single_port: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """In place of the two-port server of all other modules."""
    folder = tmp_path_factory.mktemp("single-port")
    with ServerProcess(folder / "data", folder / "server.log") as running:
        assert running.target.url.rpartition(":")[2] == running.target.grpc.rpartition(":")[2]
        yield running


def test_a_picture_and_a_video_by_the_sdk(server: ServerProcess) -> None:
    with xai_sdk.Client(api_key="xai-test", api_host=server.target.grpc) as client:
        made = client.image.sample(
            prompt="A barn",
            model="grok-imagine-image",
            image_format="base64",
            storage_options={"filename": "b.jpg"},
        )
        assert picture(made.image).shape == (1024, 1024, 3)
        video = client.video.generate(
            prompt="The camera pulls back",
            model="grok-imagine-video",
            duration=1,
            image_file_id=made.file_output.file_id,
        )
        assert clip(fetch(video.url)).frames == 25
