"""The arctic: see `waterside`."""

from imagined.engines.illustrator.settings.waterside import arctic as build

__all__ = ["build"]
