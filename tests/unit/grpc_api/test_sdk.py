"""The SDK's messages load without its clients, and its clients still load."""

import subprocess
import sys

SCRIPT = """
import sys
import imagined.grpc_api.server
assert "xai_sdk.proto" in sys.modules and "xai_sdk.sync" not in sys.modules and "aiohttp" not in sys.modules
import xai_sdk
from xai_sdk.proto import image_pb2
assert xai_sdk.Client.__name__ == "Client" and xai_sdk.__version__
from xai_sdk import AsyncClient
import xai_sdk.image
assert xai_sdk.image.image_pb2 is image_pb2 is xai_sdk.proto.image_pb2
try:
    xai_sdk.nothing
except AttributeError:
    print("ok")
"""


def test_the_clients_are_put_off_not_away() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    assert done.stdout == "ok\n"


def test_a_process_that_has_the_sdk_keeps_it() -> None:
    script = "import xai_sdk, imagined.grpc_api.server as s; assert xai_sdk.Client; print('ok')"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "ok\n"
