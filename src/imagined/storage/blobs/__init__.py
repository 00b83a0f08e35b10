"""Bytes: immutable, named by their content, behind one port for every place they can be kept."""
