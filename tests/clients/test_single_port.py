"""One port for HTTP and gRPC. `make test` runs all of this folder twice: on two ports, and with this variable on one.

``IMAGINED_SERVER_SINGLE_PORT=true`` reaches every server that a test starts.
"""

import os

from imagined.cli.server_process import ServerProcess


def test_the_server_of_the_tests_has_as_many_ports_as_it_was_told(server: ServerProcess) -> None:
    ports = {address.rpartition(":")[2] for address in (server.target.url, server.target.grpc)}
    assert len(ports) == (1 if os.environ.get("IMAGINED_SERVER_SINGLE_PORT") == "true" else 2)
