"""What the cylinder kernels need of one set of parameters, tabulated once."""

from __future__ import annotations

import math
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.descriptor.grid import Grid, grid_of
from engine.descriptor.lanes import LANES
from engine.descriptor.parameters import CylinderParameters
from engine.records import Float32Array

Int64Array = NDArray[np.int64]

STEPS = 4096
"""Intervals of a table. Read with linear interpolation, it is wrong by less than 1e-6 of its
peak."""


class CylinderTables(NamedTuple):
    """A grid and two tables, as kernels take them.

    The cells are those of a square, column by column along x; C of them are on the base.

    Attributes:
        cells: (2, C) float32, x and y of the cells in the minutia's frame, pixels.
        number: (S, S) int64, number of the cell at a column and row of the square with a border
            around it, or C to C + LANES - 1 where none is.
        origin: column and row of the base's centre there, in cells.
        per_pixel: cells a pixel.
        span: distance at which a neighbour stops counting, three sigma_S, in cells.
        window: cells along an axis that can be within `span`.
        fall: (STEPS + 1, LANES) float32, the Gaussian of sigma_S without its factor at the cells
            of a window along one axis, by the way from the window's edge to its first cell.
        shares: (STEPS + 1, LANES) float32, what a neighbour gives to each section of the cell
            that it stands in, by the difference of directions from 0 to 2 pi.
        reach2: squared distance within which a neighbour can touch a cell, pixels.
        radius, threshold, margin: see `CylinderParameters`.
        min_cells: valid cells that a cylinder needs.
        min_neighbours: see `CylinderParameters`.
        sections: direction sections.
    """

    cells: Float32Array
    number: Int64Array
    origin: np.float32
    per_pixel: np.float32
    span: np.float32
    window: int
    fall: Float32Array
    shares: Float32Array
    reach2: np.float32
    radius: np.float32
    threshold: np.float32
    margin: np.float32
    min_cells: int
    min_neighbours: int
    sections: int


@cache
def tables_of(parameters: CylinderParameters) -> CylinderTables:
    """The tables of these parameters.

    Raises:
        ValueError: the parameters do not fit the kernels.
    """
    grid = grid_of(parameters)
    cell = 2 * parameters.radius / parameters.cells
    span = 3 * parameters.sigma_space / cell
    window, border = math.floor(2 * span) + 1, math.ceil(2 * span) + 1
    if max(parameters.sections, window) > LANES:
        raise ValueError(f"more than {LANES} sections or cells along an axis that count")
    return CylinderTables(
        cells=np.ascontiguousarray(grid.cells.T),
        number=_number(grid, cell, border),
        origin=np.float32(border + (parameters.cells - 1) / 2),
        per_pixel=np.float32(1 / cell),
        span=np.float32(span),
        window=window,
        fall=_tabulate_fall(span),
        shares=_tabulate_shares(parameters, grid),
        reach2=np.float32(grid.reach**2),
        radius=np.float32(parameters.radius),
        threshold=np.float32(parameters.threshold),
        margin=np.float32(parameters.hull_margin),
        min_cells=math.ceil(parameters.min_valid_cells * len(grid.cells)),
        min_neighbours=parameters.min_neighbours,
        sections=parameters.sections,
    )


def _number(grid: Grid, cell: float, border: int) -> Int64Array:
    """See `CylinderTables.number`; cell and border in pixels and cells."""
    size = grid.parameters.cells
    column, row = np.rint(grid.cells.T / cell + (size - 1) / 2).astype(np.int64) + border
    number = len(grid.cells) + np.add.outer(*2 * [np.arange(size + 2 * border)]) % LANES
    number[column, row] = np.arange(len(grid.cells))
    return number


def _tabulate_fall(span: float) -> Float32Array:
    """See `CylinderTables.fall`. Source: TPAMI 2010, section 3."""
    away = np.linspace(0, 1, STEPS + 1)[:, None] + np.arange(LANES) - span
    return np.exp(-((away * 3 / span) ** 2) / 2).astype(np.float32)


def _tabulate_shares(parameters: CylinderParameters, grid: Grid) -> Float32Array:
    """Part of a direction's normal distribution in each section, times the Gaussian's factor.

    Source: TPAMI 2010, section 3.
    """
    difference = np.linspace(0, 2 * math.pi, STEPS + 1)[:, None]
    apart = np.mod(grid.section_angles - difference + math.pi, 2 * math.pi) - math.pi
    half, scale = math.pi / parameters.sections, 1 / (parameters.sigma_direction * math.sqrt(2))
    above = [math.erf((a + half) * scale) for a in apart.flat]
    below = [math.erf((a - half) * scale) for a in apart.flat]
    share = (np.array(above) - np.array(below)).reshape(apart.shape) / 2
    table = np.zeros((STEPS + 1, LANES), np.float32)
    table[:, : parameters.sections] = share / (parameters.sigma_space * math.sqrt(2 * math.pi))
    return table
