"""The sea: see `waterside`."""

from imagined.engines.illustrator.settings.waterside import sea as build

__all__ = ["build"]
