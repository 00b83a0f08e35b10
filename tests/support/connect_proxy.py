"""A proxy that leads host names to loopback ports: a client reaches ``https://images.test`` with nothing in any hosts
file. gRPC, requests, httpx and urllib all take such a proxy from the environment."""

import contextlib
import socket
import socketserver
import threading
from collections.abc import Iterator, Mapping


@contextlib.contextmanager
def connect_proxy(places: Mapping[str, int]) -> Iterator[str]:
    """The address of a running proxy; `places` maps ``HOST:PORT`` to a port of this machine."""

    class Tunnel(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            _, place, _ = self.rfile.readline().decode().split(" ", 2)
            while self.rfile.readline().strip():
                pass
            if place not in places:
                self.wfile.write(b"HTTP/1.1 502 Bad Gateway\r\n\r\n")
                return
            with socket.create_connection(("127.0.0.1", places[place])) as far:
                self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
                back = threading.Thread(target=_copy, args=(far, self.connection))
                back.start()
                _copy(self.connection, far)
                back.join()

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

    with Server(("127.0.0.1", 0), Tunnel) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def _copy(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while piece := source.recv(65536):
            sink.sendall(piece)
    for end in (source, sink):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
