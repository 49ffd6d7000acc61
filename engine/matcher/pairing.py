"""One-to-one pairs of minutiae, most similar first (local greedy similarity)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.kernels import kernel
from engine.records import Float32Array

Int32Array = NDArray[np.int32]
Int64Array = NDArray[np.int64]

LEVELS = 1024
"""Steps to which a similarity is rounded for sorting: a counting sort is linear in the pairs."""


@kernel
def pair_greedily(
    similarity: Float32Array, limit: int, order: Int32Array, first: Int64Array, second: Int64Array
) -> int:
    """Choose pairs by falling similarity, each row and column once.

    Args:
        similarity: (A, B) float32 in [0, 1]; 0 never pairs.
        limit: most pairs wanted.
        order: (>= A * B,) int32, working space.
        first, second: (>= limit,) int64, filled with the rows and columns of the pairs.

    Returns:
        The number of pairs.
    """
    rows, columns = similarity.shape
    flat = similarity.reshape(rows * columns)
    total = _sort_falling(flat, order)
    row_taken = np.zeros(rows, np.bool_)
    column_taken = np.zeros(columns, np.bool_)
    count = 0
    for i in range(total):
        a, b = order[i] // columns, order[i] % columns
        if row_taken[a] or column_taken[b]:
            continue
        row_taken[a] = column_taken[b] = True
        first[count], second[count] = a, b
        count += 1
        if count == limit:
            break
    return count


@kernel
def _sort_falling(values: Float32Array, order: Int32Array) -> int:
    """Fill `order` with the places of the values above 0, largest first; returns their number."""
    start = np.zeros(LEVELS + 2, np.int32)
    scale = np.float32(LEVELS)
    for i in range(len(values)):
        start[LEVELS + 1 - np.int32(values[i] * scale)] += 1
    for level in range(LEVELS + 1):
        start[level + 1] += start[level]
    total = start[LEVELS]
    for i in range(len(values)):
        place = LEVELS - np.int32(values[i] * scale)
        if place < LEVELS:
            order[start[place]] = i
            start[place] += 1
    return int(total)
