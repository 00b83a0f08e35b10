"""The gRPC form of the API: the official SDK's own messages to `contract`, and back."""

from imagined.grpc_api.sdk import defer

# Before any submodule here imports the messages.
defer()
