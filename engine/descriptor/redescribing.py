"""Features of stored prints, made again inside compiled code.

Fine cylinders take 256 bytes a minutia, places 6: a gallery keeps places, and the few prints that
a search compares exactly are described anew. What comes out equals `features.describe`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.descriptor.cylinders import BoolArray, UInt64Array, fill_cylinders
from engine.descriptor.features import CODE_BYTES, CYLINDER_WORDS
from engine.descriptor.parameters import INDEXING, MATCHING
from engine.descriptor.space import Space, make_space
from engine.descriptor.tables import CylinderTables, tables_of
from engine.kernels import kernel
from engine.records import MAX_MINUTIAE, Float32Array
from engine.templates.quantised import RADIANS, STEPS

UInt16Array = NDArray[np.uint16]


class Bench(NamedTuple):
    """What one thread describes prints with, and where the features of the last one are.

    Attributes:
        fine, coarse: tables of the fine cylinders and of the index codes.
        fine_space, coarse_space: their working memory.
        points: (255, 2) float32, y up; directions: (255,) float32, radians.
        cylinders: (255, 32) uint64; codes: (255, 4) uint64.
        fine_valid, coarse_valid: (255,) bool.
    """

    fine: CylinderTables
    coarse: CylinderTables
    fine_space: Space
    coarse_space: Space
    points: Float32Array
    directions: Float32Array
    cylinders: UInt64Array
    codes: UInt64Array
    fine_valid: BoolArray
    coarse_valid: BoolArray


def make_bench() -> Bench:
    """Working memory for prints of any size."""
    fine, coarse = tables_of(MATCHING), tables_of(INDEXING)
    return Bench(
        fine,
        coarse,
        make_space(fine),
        make_space(coarse),
        np.empty((MAX_MINUTIAE, 2), np.float32),
        np.empty(MAX_MINUTIAE, np.float32),
        np.empty((MAX_MINUTIAE, CYLINDER_WORDS), np.uint64),
        np.empty((MAX_MINUTIAE, CODE_BYTES // 8), np.uint64),
        np.empty(MAX_MINUTIAE, np.bool_),
        np.empty(MAX_MINUTIAE, np.bool_),
    )


@kernel
def redescribe(xy: UInt16Array, direction: UInt16Array, bench: Bench) -> int:
    """Describe one print; its features are the first rows of the bench.

    Args:
        xy, direction: (N, 2) and (N,) uint16, see `Places`.
        bench: where to.

    Returns:
        The number of minutiae that have both cylinders.
    """
    count = len(direction)
    if count == 0:
        return 0
    points, directions = bench.points[:count], bench.directions[:count]
    for m in range(count):
        points[m, 0] = np.float32(xy[m, 0]) / np.float32(STEPS)
        points[m, 1] = -np.float32(xy[m, 1]) / np.float32(STEPS)
        directions[m] = np.float32(direction[m] * RADIANS)
    fill_cylinders(
        points,
        directions,
        bench.fine,
        bench.fine_space,
        bench.cylinders[:count],
        bench.fine_valid[:count],
    )
    fill_cylinders(
        points,
        directions,
        bench.coarse,
        bench.coarse_space,
        bench.codes[:count],
        bench.coarse_valid[:count],
    )
    return _keep_valid(count, bench)


@kernel
def _keep_valid(count: int, bench: Bench) -> int:
    """Move the rows of valid minutiae to the front."""
    kept = 0
    for m in range(count):
        if bench.fine_valid[m] and bench.coarse_valid[m]:
            bench.points[kept] = bench.points[m]
            bench.directions[kept] = bench.directions[m]
            bench.cylinders[kept] = bench.cylinders[m]
            bench.codes[kept] = bench.codes[m]
            kept += 1
    return kept
