"""Working memory of the cylinder kernels, made once for many prints."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.descriptor.lanes import LANES
from engine.descriptor.tables import CylinderTables
from engine.kernels import kernel
from engine.records import MAX_MINUTIAE, Float32Array

_OUTSIDE = np.float32(-1e9)
"""Where rows that stand for no cell lie, pixels inside of the hull."""

SHARE, FALL_X, FALL_Y, AWAY2_Y, COLUMN = range(5)
"""Rows of `Space.lanes`."""


class Space(NamedTuple):
    """What one thread writes into while it fills cylinders.

    Attributes:
        around: (255, 3) float32, the neighbours in reach in the minutia's frame: x and y in
            pixels, the minutia's direction less theirs in full turns.
        lanes: (5, LANES) float32, of one neighbour: its share in each section, its Gaussian
            along x and along y, the squared distances of cells from it along y, and what a
            column of cells gets of it.
        sums: (R, LANES) float32, what each cell gathered in each section; R is a multiple of
            LANES, at least C + LANES; the last rows take what falls beside the base, on several
            places, as adding to a single one again and again is slow.
        edges: (256, 5) float32, hull edges that cross the base, in the minutia's frame: inward
            normal x and y, how far the centre lies inside, how far along it lies, length.
        inward: (R,) float32, how far each cell lies inside of all edges, pixels.
        near: (R / 64,) uint64, bit c % 64 of word c // 64 is set if cell c is valid.
        bits: (LANES, R / 64) uint64, likewise of the cells above the threshold, by section.
    """

    around: Float32Array
    lanes: Float32Array
    sums: Float32Array
    edges: Float32Array
    inward: Float32Array
    near: NDArray[np.uint64]
    bits: NDArray[np.uint64]


@kernel
def make_space(tables: CylinderTables) -> Space:
    """Working memory for prints of any size."""
    rows = (tables.cells.shape[1] // LANES + 2) * LANES
    words = (rows + 63) // 64
    return Space(
        np.empty((MAX_MINUTIAE, 3), np.float32),
        np.zeros((5, LANES), np.float32),
        np.empty((rows, LANES), np.float32),
        np.empty((MAX_MINUTIAE + 1, 5), np.float32),
        np.full(rows, _OUTSIDE, np.float32),
        np.empty(words, np.uint64),
        np.empty((LANES, words), np.uint64),
    )
