"""Adapters for rows and bytes."""
