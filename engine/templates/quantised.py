"""Places of minutiae as a template stores them: six bytes each, and nothing is lost.

A segment holds millions of them, from which features are made again whenever they are needed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.records import Minutiae, Template

UInt16Array = NDArray[np.uint16]

STEPS = 16
"""Steps of position in a pixel."""

TURN = 65536
"""Steps of direction in a full turn."""

RADIANS = 2 * math.pi / TURN
"""Radians of a step of direction."""


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Places of many minutiae.

    Attributes:
        xy: (M, 2) uint16, sixteenths of a pixel at 500 ppi; y down.
        direction: (M,) uint16, 2 pi / 65536, counter-clockwise.
    """

    xy: UInt16Array
    direction: UInt16Array

    def __len__(self) -> int:
        return len(self.direction)

    def rows(self, wanted: Any) -> Places:
        """Some of them: a slice, or what else indexes an array."""
        return Places(self.xy[wanted], self.direction[wanted])


def place_many(templates: Sequence[Template]) -> tuple[Places, NDArray[np.int64]]:
    """Places of the minutiae of templates that were stored, one after the other.

    Returns:
        The places, and (P + 1,) int64, the first of each template.
    """
    sizes = [len(one.minutiae) for one in templates]
    offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    xy = np.concatenate([np.zeros((0, 2), np.float32), *(one.minutiae.xy for one in templates)])
    turns = [one.minutiae.direction for one in templates]
    direction = np.concatenate([np.zeros(0, np.float32), *turns])
    return quantise_places(xy, direction), offsets


def quantise_places(xy: NDArray[np.float32], direction: NDArray[np.float32]) -> Places:
    """Places nearest to (M, 2) pixels and (M,) radians, which must be within the stored range."""
    steps = np.rint(direction.astype(np.float64) / RADIANS).astype(np.int64) % TURN
    return Places(np.rint(xy.astype(np.float64) * STEPS).astype(np.uint16), steps.astype(np.uint16))


def join_places(parts: Sequence[Places]) -> Places:
    """Places one after the other."""
    return Places(
        np.concatenate([one.xy for one in parts]), np.concatenate([one.direction for one in parts])
    )


def to_minutiae(places: Places) -> Minutiae:
    """Minutiae at these places; type and quality, which no comparison looks at, are not known."""
    count = len(places)
    return Minutiae(
        places.xy.astype(np.float32) / np.float32(STEPS),
        (places.direction.astype(np.float64) * RADIANS).astype(np.float32),
        np.zeros(count, np.uint8),
        np.zeros(count, np.uint8),
    )
