"""API keys: made, listed, revoked and recognised."""
