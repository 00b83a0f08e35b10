"""Engines: the port, the lazy registry, and the processes that engines run in."""
