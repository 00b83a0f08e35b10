"""What was accepted is finished, whatever happens to the server."""

import time

import pytest
import xai_sdk
from xai_sdk.proto import deferred_pb2

from imagined.cli.demo import fetch
from imagined.cli.server_process import ServerProcess
from tests.clients.media import clip

VIDEO = "grok-imagine-video"


def wait(server: ServerProcess, request_id: str, *, until_progress: int | None = None) -> deferred_pb2.DeferredStatus:
    with xai_sdk.Client(api_key="xai-test", api_host=server.target.grpc) as client:
        while True:
            status = client.video.get(request_id)
            if status.status != deferred_pb2.DeferredStatus.PENDING:
                return status
            if until_progress is not None and status.response.progress >= until_progress:
                return status
            time.sleep(0.05)


@pytest.mark.parametrize("end", ["kill", "stop"])
def test_a_video_survives_the_end_of_its_server(own_server: ServerProcess, end: str) -> None:
    own_server.start()
    with xai_sdk.Client(api_key="xai-test", api_host=own_server.target.grpc) as client:
        picture = client.image.sample(
            "A futuristic city skyline at night", "grok-imagine-image", storage_options={"filename": "city.jpg"}
        )
        started = client.video.start(
            "A camera pulls back through the city", VIDEO, duration=5, image_file_id=picture.file_output.file_id
        )
    wait(own_server, started.request_id, until_progress=10)
    if end == "kill":
        own_server.kill()
    else:
        assert own_server.stop() == 0

    own_server.start()
    status = wait(own_server, started.request_id)
    assert status.status == deferred_pb2.DeferredStatus.DONE
    assert clip(fetch(status.response.video.url)).frames == 121
    with xai_sdk.Client(api_key="xai-test", api_host=own_server.target.grpc) as client:
        assert client.files.content(picture.file_output.file_id)[:2] == b"\xff\xd8"
    assert own_server.stop() == 0


def test_two_servers_do_not_share_a_folder(own_server: ServerProcess) -> None:
    from imagined.cli.server_process import ServerStartError

    own_server.start()
    second = ServerProcess(own_server.data_dir, own_server.log.with_suffix(".second"))
    with pytest.raises(ServerStartError):
        second.start()
    assert "another" in second.log.read_text().lower()
