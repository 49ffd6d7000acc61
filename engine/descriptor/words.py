"""The cells of a cylinder to the bits of its machine words."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.descriptor.lanes import LANES, above
from engine.descriptor.space import Space
from engine.descriptor.tables import CylinderTables
from engine.kernels import kernel
from engine.records import Float32Array

_LOWEST = np.uint64(0x0101010101010101)
_SQUEEZE = np.uint64(0x0102040810204080)


@kernel
def write_cylinder(tables: CylinderTables, space: Space, row: NDArray[np.uint64]) -> None:
    """Write the bits of a cylinder into W words, and its mask into the next W if there are any.

    Args:
        row: (W,) or (2 W,) uint64, all zero.
    """
    near, bits, cells = space.near, space.bits, tables.cells.shape[1]
    _collect(space.sums, tables.threshold, bits)
    words = (cells * tables.sections + 63) // 64
    for k in range(tables.sections):
        for w in range((cells + 63) // 64):
            _put(bits[k, w] & near[w], k * cells + 64 * w, row, 0)
            if len(row) > words:
                _put(near[w], k * cells + 64 * w, row, words)


@kernel
def _collect(sums: Float32Array, threshold: np.float32, bits: NDArray[np.uint64]) -> None:
    """Fill `bits` (see `Space`), eight cells at a time."""
    bits[:] = 0
    for r in range(len(sums) // 8):
        packed = np.uint64(0)  # a byte a cell, in it a bit a section
        for c in range(8):
            packed |= above(sums, r * 8 + c, threshold) << np.uint64(8 * c)
        for k in range(LANES):
            # the multiplication brings one bit of each byte together in the highest byte
            apart = (packed >> np.uint64(k)) & _LOWEST
            bits[k, r // 8] |= ((apart * _SQUEEZE) >> np.uint64(56)) << np.uint64(r % 8 * 8)


@kernel
def _put(bits: int, place: int, row: NDArray[np.uint64], first: int) -> None:
    """Set 64 bits from bit `place` of word `first` on; what lies beyond the row is zero."""
    word, shift = first + place // 64, np.uint64(place % 64)
    row[word] |= bits << shift
    rest = (bits >> np.uint64(1)) >> (np.uint64(63) - shift)
    if rest:
        row[word + 1] |= rest
