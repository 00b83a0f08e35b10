"""Bytes over HTTP: contents of files, public URLs and the URLs of results."""
