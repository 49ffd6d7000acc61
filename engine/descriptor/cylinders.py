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
    sums = np.zeros((len(cells), len(section_angles)), np.float32)
    shares = np.zeros(len(section_angles), np.float32)
    for m in range(len(points)):
        sums[:] = 0
        neighbours = 0
        for t in range(len(points)):
            dx, dy = points[t, 0] - points[m, 0], points[t, 1] - points[m, 1]
            if t == m or dx * dx + dy * dy > reach * reach:
                continue
            neighbours += 1
            difference = _wrap(directions[m] - directions[t])
            _share_out(difference, section_angles, sigma_space, sigma_direction, shares)
            _add_neighbour(dx, dy, directions[m], cells, sigma_space, shares, sums)
        cells_used = _set_bits(
            points[m], directions[m], hull, margin, cells, sums, threshold, bits[m], masks[m]
        )
        valid[m] = cells_used >= minimum[0] and neighbours >= minimum[1]


@kernel
def _share_out(
    difference: float,
    section_angles: Float32Array,
    sigma_space: float,
    sigma_direction: float,
    shares: Float32Array,
) -> None:
    """What a neighbour gives to each section of the cell that it stands in."""
    peak = 1 / (sigma_space * math.sqrt(2 * math.pi))
    half_width = math.pi / len(section_angles)
    for k in range(len(section_angles)):
        apart = _wrap(section_angles[k] - difference)
        shares[k] = peak * _section_share(apart, half_width, sigma_direction)


@kernel
def _add_neighbour(  # noqa: PLR0913 - a kernel takes plain arrays
    dx: float,
    dy: float,
    direction: float,
    cells: Float32Array,
    sigma_space: float,
    shares: Float32Array,
    sums: Float32Array,
) -> None:
    """Add a neighbour, (dx, dy) away, to the cells around its place in the minutia's frame."""
    cos, sin = math.cos(direction), math.sin(direction)
    u, v = np.float32(cos * dx + sin * dy), np.float32(cos * dy - sin * dx)
    cell_reach2 = np.float32(9 * sigma_space * sigma_space)
    fall = np.float32(-1 / (2 * sigma_space * sigma_space))
    for c in range(len(cells)):
        du, dv = cells[c, 0] - u, cells[c, 1] - v
        d2 = du * du + dv * dv
        if d2 <= cell_reach2:
            near = math.exp(d2 * fall)
            for k in range(len(shares)):
                sums[c, k] += near * shares[k]


@kernel
def _set_bits(  # noqa: PLR0913 - a kernel takes plain arrays
    point: Float32Array,
    direction: float,
    hull: Float32Array,
    margin: float,
    cells: Float32Array,
    sums: Float32Array,
    threshold: float,
    bits: UInt64Array,
    mask: UInt64Array,
) -> int:
    """Set the bits and the mask of one cylinder; returns the number of its valid cells."""
    cos, sin = math.cos(direction), math.sin(direction)
    used = 0
    for c in range(len(cells)):
        x = point[0] + cos * cells[c, 0] - sin * cells[c, 1]
        y = point[1] + sin * cells[c, 0] + cos * cells[c, 1]
        if not near_hull(hull, x, y, margin):
            continue
        used += 1
        for k in range(sums.shape[1]):
            place = k * len(cells) + c
            word, bit = place // 64, np.uint64(1) << np.uint64(place % 64)
            mask[word] |= bit
            if sums[c, k] > threshold:
                bits[word] |= bit
    return used
