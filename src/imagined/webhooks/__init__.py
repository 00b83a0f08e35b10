"""Webhooks: who is told of the end of a request, the outbox of what is to be said, and its delivery."""
