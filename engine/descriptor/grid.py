"""The cells of a cylinder's base, and the numbers its kernel needs, worked out once."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np

from engine.descriptor.parameters import CylinderParameters
from engine.records import Float32Array


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """A cylinder's base in its own frame, the minutia's direction along +x.

    Attributes:
        cells: (C, 2) float32, cell centres within the radius, pixels, y up.
        section_angles: (D,) float32, centre of each direction section, radians.
        reach: distance within which a neighbour can touch a cell, pixels.
        parameters: what it was made from.
    """

    cells: Float32Array
    section_angles: Float32Array
    reach: float
    parameters: CylinderParameters

    @property
    def bits(self) -> int:
        """Bits of one cylinder; cell c of section d is bit d * C + c."""
        return len(self.cells) * len(self.section_angles)

    @property
    def words(self) -> int:
        """64-bit words of one cylinder."""
        return -(-self.bits // 64)


@cache
def grid_of(parameters: CylinderParameters) -> Grid:
    """The grid of these parameters."""
    step = 2 * parameters.radius / parameters.cells
    centres = (np.arange(1, parameters.cells + 1) - (parameters.cells + 1) / 2) * step
    x, y = np.meshgrid(centres, centres, indexing="ij")
    cells = np.stack([x.ravel(), y.ravel()], axis=1)
    cells = cells[np.hypot(cells[:, 0], cells[:, 1]) <= parameters.radius]
    cells = np.delete(cells, parameters.dropped_cells, axis=0)
    width = 2 * math.pi / parameters.sections
    angles = -math.pi + (np.arange(parameters.sections) + 0.5) * width
    return Grid(
        cells=cells.astype(np.float32),
        section_angles=angles.astype(np.float32),
        reach=parameters.radius + 3 * parameters.sigma_space,
        parameters=parameters,
    )
