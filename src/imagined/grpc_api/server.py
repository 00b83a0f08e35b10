"""The gRPC server, ready for a port."""

from typing import Any

import grpc
from xai_sdk.proto import (
    auth_pb2_grpc,
    batch_pb2_grpc,
    files_pb2_grpc,
    image_pb2_grpc,
    models_pb2_grpc,
    video_pb2_grpc,
)

from imagined.access.idempotency import IdempotentCalls
from imagined.access.proxies import TrustedProxies
from imagined.access.service import Authenticator
from imagined.grpc_api.batches import BatchMgmt
from imagined.grpc_api.boundary import Boundary
from imagined.grpc_api.options import SERVER_OPTIONS
from imagined.grpc_api.servicers import Auth, Files, GrpcServices, Image, Models, Video

Server = Any
"""A `grpc.aio.Server`, which carries no types."""


def build_grpc_server(
    services: GrpcServices,
    authenticator: Authenticator,
    calls: IdempotentCalls,
    proxies: TrustedProxies | None = None,
) -> Server:
    """A server on the running event loop. The caller adds a port, starts it and stops it with a grace period."""
    server = grpc.aio.server(interceptors=[Boundary(authenticator, calls, proxies)], options=SERVER_OPTIONS)
    image_pb2_grpc.add_ImageServicer_to_server(Image(services), server)
    video_pb2_grpc.add_VideoServicer_to_server(Video(services), server)
    files_pb2_grpc.add_FilesServicer_to_server(Files(services), server)
    batch_pb2_grpc.add_BatchMgmtServicer_to_server(BatchMgmt(services.batches, services.blobs), server)
    models_pb2_grpc.add_ModelsServicer_to_server(Models(services), server)
    auth_pb2_grpc.add_AuthServicer_to_server(Auth(), server)
    return server
