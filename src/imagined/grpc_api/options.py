"""Server options that the official SDK needs.

The SDK pings every 30 s, also without calls. A server with default options takes that for abuse, hangs up after two
minutes, and the SDK's retry policy then runs the same request again (contract: clients, "gRPC ping policy").
"""

from typing import Final

MAX_MESSAGE_BYTES: Final = 20 * 1024 * 1024
"""What the SDK sends and accepts in one message."""

SERVER_OPTIONS: Final[tuple[tuple[str, int], ...]] = (
    ("grpc.keepalive_permit_without_calls", 1),
    # This spelling: the similar `min_recv_ping_interval_without_data_ms` is ignored by this implementation.
    ("grpc.http2.min_ping_interval_without_data_ms", 10_000),
    ("grpc.http2.max_ping_strikes", 0),
    ("grpc.max_receive_message_length", MAX_MESSAGE_BYTES),
    ("grpc.max_send_message_length", MAX_MESSAGE_BYTES),
    # A fixed window instead of one that grows with what a connection seems to bear: on a busy machine that takes tens
    # of megabytes for one upload. This one still fills 150 Mbit/s at a round trip of 100 ms.
    ("grpc.http2.bdp_probe", 0),
    ("grpc.http2.lookahead_bytes", 2 * 1024 * 1024),
    # A second server on the same port would answer for other data; it must fail to start instead.
    ("grpc.so_reuseport", 0),
)
