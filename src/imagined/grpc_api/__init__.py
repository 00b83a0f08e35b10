"""The gRPC form of the API: the official SDK's own messages to `contract`, and back."""

import os

from imagined.grpc_api.sdk import defer

# Before any submodule here imports gRPC or the messages. Engine processes are started by exec, never by a bare fork.
os.environ.setdefault("GRPC_ENABLE_FORK_SUPPORT", "0")
defer()
