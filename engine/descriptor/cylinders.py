"""Minutia Cylinder-Code: the neighbourhood of every minutia as bits.

A cylinder stands on its minutia, turned with it. Each cell gathers what the neighbours put
there, by distance and by difference of direction; a bit says whether it is more than a
threshold. Source: Cappelli, Ferrara, Maltoni, IEEE TPAMI 32(12), 2010, sections 3 and 4.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.descriptor.base import mark_base
from engine.descriptor.grid import grid_of
from engine.descriptor.hull import convex_hull
from engine.descriptor.neighbours import gather
from engine.descriptor.parameters import CylinderParameters
from engine.descriptor.space import Space, make_space
from engine.descriptor.tables import CylinderTables, Int64Array, tables_of
from engine.descriptor.words import write_cylinder
from engine.errors import BadInput
from engine.kernels import kernel
from engine.records import MAX_MINUTIAE, Float32Array, Minutiae

UInt64Array = NDArray[np.uint64]
BoolArray = NDArray[np.bool_]

_Y_UP = np.array([1, -1], np.float32)  # as the directions are


@dataclass(frozen=True, slots=True, eq=False)
class Cylinders:
    """The cylinders of one print.

    Attributes:
        bits: (N, W) uint64, bit b (see `Grid.bits`) is bit b % 64 of word b // 64.
        masks: (N, W) uint64, likewise the bits of valid cells, the same in every section.
        valid: (N,) bool, whether the cylinder has enough valid cells and neighbours.
    """

    bits: UInt64Array
    masks: UInt64Array
    valid: BoolArray


def build_cylinders(minutiae: Minutiae, parameters: CylinderParameters) -> Cylinders:
    """The cylinder of every minutia of a print."""
    words = grid_of(parameters).words
    rows = np.empty((len(minutiae), 2 * words), np.uint64)
    valid = np.empty(len(minutiae), np.bool_)
    fill_print(minutiae, parameters, rows, valid)
    return Cylinders(rows[:, :words], rows[:, words:], valid)


def fill_print(
    minutiae: Minutiae, parameters: CylinderParameters, rows: UInt64Array, valid: BoolArray
) -> None:
    """Fill the cylinders of one print; for `rows`, `valid` and errors see `fill_prints`."""
    if len(minutiae) > MAX_MINUTIAE:
        raise BadInput(f"a print has at most {MAX_MINUTIAE} minutiae, not {len(minutiae)}")
    offsets = np.array([0, len(minutiae)], np.int64)
    _fill(minutiae.xy, minutiae.direction, offsets, parameters, rows, valid)


def fill_prints(
    xy: Float32Array,
    direction: Float32Array,
    offsets: Int64Array,
    parameters: CylinderParameters,
    rows: UInt64Array,
    valid: BoolArray,
) -> None:
    """Fill the cylinders of many prints, one after the other, without the interpreter lock.

    Args:
        xy, direction: (M, 2) and (M,) float32, the minutiae as in `Minutiae`: y down.
        offsets: (P + 1,) int64, first minutia of each print.
        rows: (M, W) uint64 for the bits alone or (M, 2 W) for bits and then masks, filled;
            W is `Grid.words`.
        valid: (M,) bool, filled.

    Raises:
        BadInput: a minutia that is not finite, a print of too many, sizes that do not agree.
    """
    sizes = np.diff(offsets)
    if not (len(offsets) and offsets[0] == 0 and ((sizes >= 0) & (sizes <= MAX_MINUTIAE)).all()):
        raise BadInput(f"offsets: they start at 0, and a print has 0 to {MAX_MINUTIAE} minutiae")
    if not len(xy) == len(direction) == len(rows) == len(valid) == offsets[-1]:
        raise BadInput("xy, direction, offsets and the outputs do not agree in length")
    words = grid_of(parameters).words
    if rows.shape[1] not in (words, 2 * words):
        raise BadInput(f"rows of cylinders have {words} or {2 * words} words, not {rows.shape[1]}")
    _fill(xy, direction, offsets, parameters, rows, valid)


def _fill(
    xy: Float32Array,
    direction: Float32Array,
    offsets: Int64Array,
    parameters: CylinderParameters,
    rows: UInt64Array,
    valid: BoolArray,
) -> None:
    """Call the kernel with fresh arrays: it is compiled apart for those not to be written."""
    points = np.multiply(xy, _Y_UP, dtype=np.float32)
    # the kernels find places in tables by these numbers
    if not (np.isfinite(points).all() and np.isfinite(direction).all()):
        raise BadInput("a minutia has no finite position and direction")
    directions, bounds = np.array(direction, np.float32), np.array(offsets, np.int64)
    _fill_prints(points, directions, bounds, tables_of(parameters), rows, valid)


@kernel
def _fill_prints(
    points: Float32Array,
    directions: Float32Array,
    offsets: Int64Array,
    tables: CylinderTables,
    rows: UInt64Array,
    valid: BoolArray,
) -> None:
    """Fill the cylinders of all prints."""
    space = make_space(tables)
    for p in range(len(offsets) - 1):
        start, end = offsets[p], offsets[p + 1]
        if end > start:
            fill_cylinders(
                points[start:end],
                directions[start:end],
                tables,
                space,
                rows[start:end],
                valid[start:end],
            )


@kernel
def fill_cylinders(
    points: Float32Array,
    directions: Float32Array,
    tables: CylinderTables,
    space: Space,
    rows: UInt64Array,
    valid: BoolArray,
) -> None:
    """Fill the cylinders of one print with at least one minutia."""
    hull = convex_hull(points)
    rows[:] = 0
    for m in range(len(points)):
        neighbours = gather(m, points, directions, tables, space)
        cells = mark_base(points[m], directions[m], hull, tables, space)
        write_cylinder(tables, space, rows[m])
        valid[m] = cells >= tables.min_cells and neighbours >= tables.min_neighbours
