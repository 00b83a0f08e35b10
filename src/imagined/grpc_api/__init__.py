"""The gRPC form of the API: the official SDK's own messages to `contract`, and back."""
