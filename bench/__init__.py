"""Benchmarks: what is fast, and by how much, on this machine in this run."""
