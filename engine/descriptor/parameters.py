"""Numbers of the minutia cylinders.

Source: Cappelli, Ferrara, Maltoni, "Minutia Cylinder-Code", IEEE TPAMI 32(12), 2010; values of
the authors' SDK 1.4, which measured better than those of the paper on every set we have.
"""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CylinderParameters:
    """Shape of a cylinder and how neighbours fill its cells.

    Attributes:
        cells: cells along the side of the square that holds the base (N_S).
        sections: direction sections (N_D).
        radius: pixels at 500 ppi (R).
        sigma_space: spread of a neighbour over the base, pixels (sigma_S).
        sigma_direction: spread over the sections, radians (sigma_D).
        threshold: contribution above which a cell's bit is set (mu_Psi).
        hull_margin: how far the base may reach beyond the minutiae's hull, pixels (omega).
        min_valid_cells: share of valid cells that a cylinder needs (minVC).
        min_neighbours: minutiae that must lie in reach (minM).
        dropped_cells: cells left out so that the bits fill whole machine words; they are the
            outermost, which tell least.
    """

    cells: int
    sections: int
    radius: float
    sigma_space: float
    sigma_direction: float
    threshold: float
    hull_margin: float
    min_valid_cells: float
    min_neighbours: int
    dropped_cells: tuple[int, ...]


MATCHING = CylinderParameters(
    cells=16,
    sections=5,
    radius=70.0,
    sigma_space=7.0,
    sigma_direction=math.radians(30),
    threshold=0.002,
    hull_margin=15.0,
    min_valid_cells=0.3,
    min_neighbours=1,
    dropped_cells=(0, 5, 202, 207),
)
"""Fine cylinders for exact comparison: 204 of 208 cells x 5 sections = 1020 bits, 16 words."""

INDEXING = CylinderParameters(
    cells=8,
    sections=5,
    radius=70.0,
    sigma_space=28 / 3,
    sigma_direction=math.radians(30),
    threshold=0.002,
    hull_margin=15.0,
    min_valid_cells=0.3,
    min_neighbours=1,
    dropped_cells=(0,),
)
"""Coarse cylinders for the index: 51 of 52 cells x 5 sections = 255 bits; 256-bit codes are
scanned three to six times faster than 260 to 320 bits (whole machine words)."""

DESCRIPTOR_VERSION = "mcc-1"
"""Changes when any number here or the code's bit choice does: stored features must then be
made again from the templates."""
