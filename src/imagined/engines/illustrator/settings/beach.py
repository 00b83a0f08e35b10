"""The beach: see `waterside`."""

from imagined.engines.illustrator.settings.waterside import beach as build

__all__ = ["build"]
