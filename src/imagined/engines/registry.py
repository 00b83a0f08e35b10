"""The lazy registry: an engine's name, where its class lives, and what its process may use.

The server process reads names from here and never imports an engine: the class is loaded in the engine process.
"""

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec


class EngineSpec(msgspec.Struct, frozen=True, kw_only=True):
    """One engine that can be started."""

    name: str
    entry: str
    """``module:Class``, imported in the child only. The class takes no arguments."""
    processes: int = 0
    """Processes at the same time; 0 means: as the pool's settings say."""


BUILTIN: Final = (EngineSpec(name="illustrator", entry="imagined.engines.illustrator.engine:Illustrator"),)


class EngineRegistry:
    """Engines by name. Names are unique; a later registration replaces an earlier one."""

    def __init__(self, specs: Iterable[EngineSpec] = BUILTIN) -> None:
        self._specs = {spec.name: spec for spec in specs}

    def register(self, spec: EngineSpec) -> None:
        """Add or replace an engine."""
        self._specs[spec.name] = spec

    def get(self, name: str) -> EngineSpec:
        """The engine of that name; `KeyError` names those there are."""
        try:
            return self._specs[name]
        except KeyError:
            raise KeyError(f"no engine {name!r}; there are: {', '.join(self._specs)}") from None

    def __iter__(self) -> Iterator[EngineSpec]:
        return iter(self._specs.values())
