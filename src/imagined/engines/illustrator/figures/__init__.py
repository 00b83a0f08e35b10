"""Figures: people, animals and things, modelled from a noun and a pose."""

from functools import lru_cache

import numpy as np

from imagined.engines.illustrator.figures.catalogue import CATALOGUE, Kind, Order, draw
from imagined.engines.illustrator.figures.model import Figure
from imagined.engines.illustrator.lexicon import COLOURS
from imagined.engines.illustrator.mesh import Mesh
from imagined.engines.illustrator.scene import Subject

__all__ = ["CATALOGUE", "Figure", "Kind", "Order", "build", "figure"]


@lru_cache(maxsize=64)
def figure(order: Order) -> Figure:
    """The figure asked for, kept for the next time: the same order always gives the same arrays."""
    return draw(order)


def build(subject: Subject, rng: np.random.Generator) -> Mesh:
    """One of the subject alone, in metres, standing on the origin and facing +x; `subject.noun` must be known."""
    colour = COLOURS.get(subject.colour or "")
    order = Order(subject.noun, subject.pose, colour, seed=int(rng.integers(1 << 16)))
    return figure(order).mesh.moved((0.0, 0.0, 0.0), scale=subject.size)
