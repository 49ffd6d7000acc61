"""Minutia Cylinder-Code: the neighbourhood of every minutia as bits.

A cylinder stands on its minutia, turned with it. Each cell gathers what the neighbours put
there, by distance and by difference of direction; a bit says whether it is more than a
threshold. Source: Cappelli, Ferrara, Maltoni, IEEE TPAMI 32(12), 2010, sections 3 and 4.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.descriptor.grid import Grid, grid_of
from engine.descriptor.hull import convex_hull, near_hull
from engine.descriptor.parameters import CylinderParameters
from engine.kernels import kernel
from engine.records import Float32Array, Minutiae

UInt64Array = NDArray[np.uint64]


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
    valid: NDArray[np.bool_]


def build_cylinders(minutiae: Minutiae, parameters: CylinderParameters) -> Cylinders:
    """The cylinder of every minutia of a print."""
    grid = grid_of(parameters)
    n = len(minutiae)
    cylinders = Cylinders(
        bits=np.zeros((n, grid.words), np.uint64),
        masks=np.zeros((n, grid.words), np.uint64),
        valid=np.zeros(n, np.bool_),
    )
    if n:
        _fill(minutiae, grid, cylinders)
    return cylinders


def _fill(minutiae: Minutiae, grid: Grid, out: Cylinders) -> None:
    """Compute the cylinders of a print with at least one minutia into `out`."""
    points = minutiae.xy * np.array([1, -1], np.float32)  # y up, as the directions are
    p = grid.parameters
    _fill_cylinders(
        points,
        minutiae.direction,
        convex_hull(points),
        grid.cells,
        grid.section_angles,
        (grid.reach, p.sigma_space, p.sigma_direction, p.threshold, p.hull_margin),
        (math.ceil(p.min_valid_cells * len(grid.cells)), p.min_neighbours),
        out.bits,
        out.masks,
        out.valid,
    )


@kernel
def _wrap(angle: float) -> float:
    """The same angle in [-pi, pi)."""
    return angle - 2 * math.pi * math.floor((angle + math.pi) / (2 * math.pi))


@kernel
def _section_share(difference: float, half_width: float, sigma: float) -> float:
    """Part of a neighbour's direction, a normal distribution, that falls into a section."""
    scale = 1 / (sigma * math.sqrt(2.0))
    return 0.5 * (
        math.erf((difference + half_width) * scale) - math.erf((difference - half_width) * scale)
    )


@kernel
def _fill_cylinders(  # noqa: PLR0913 - a kernel takes plain arrays
    points: Float32Array,
    directions: Float32Array,
    hull: Float32Array,
    cells: Float32Array,
    section_angles: Float32Array,
    shape: tuple[float, float, float, float, float],
    minimum: tuple[int, int],
    bits: UInt64Array,
    masks: UInt64Array,
    valid: NDArray[np.bool_],
) -> None:
    """Fill the bits, masks and validity of all cylinders of a print."""
    reach, sigma_space, sigma_direction, threshold, margin = shape
    n, sections = len(points), len(section_angles)
    half_width = math.pi / sections
    cell_reach2 = np.float32(9 * sigma_space * sigma_space)
    fall = np.float32(-1 / (2 * sigma_space * sigma_space))
    peak = 1 / (sigma_space * math.sqrt(2 * math.pi))
    sums = np.zeros((len(cells), sections), np.float32)
    shares = np.zeros(sections, np.float32)
    for m in range(n):
        cos, sin = math.cos(directions[m]), math.sin(directions[m])
        sums[:] = 0
        neighbours = 0
        for t in range(n):
            dx, dy = points[t, 0] - points[m, 0], points[t, 1] - points[m, 1]
            if t == m or dx * dx + dy * dy > reach * reach:
                continue
            neighbours += 1
            u, v = np.float32(cos * dx + sin * dy), np.float32(cos * dy - sin * dx)
            difference = _wrap(directions[m] - directions[t])
            for k in range(sections):
                apart = _wrap(section_angles[k] - difference)
                shares[k] = peak * _section_share(apart, half_width, sigma_direction)
            for c in range(len(cells)):
                du, dv = cells[c, 0] - u, cells[c, 1] - v
                d2 = du * du + dv * dv
                if d2 <= cell_reach2:
                    near = math.exp(d2 * fall)
                    for k in range(sections):
                        sums[c, k] += near * shares[k]
        usable = 0
        for c in range(len(cells)):
            x = points[m, 0] + cos * cells[c, 0] - sin * cells[c, 1]
            y = points[m, 1] + sin * cells[c, 0] + cos * cells[c, 1]
            if not near_hull(hull, x, y, margin):
                continue
            usable += 1
            for k in range(sections):
                place = k * len(cells) + c
                word, bit = place // 64, np.uint64(1) << np.uint64(place % 64)
                masks[m, word] |= bit
                if sums[c, k] > threshold:
                    bits[m, word] |= bit
        valid[m] = usable >= minimum[0] and neighbours >= minimum[1]
