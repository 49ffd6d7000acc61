"""Tables of the cylinder kernels."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from engine.descriptor.grid import grid_of
from engine.descriptor.parameters import INDEXING, MATCHING, CylinderParameters
from engine.descriptor.tables import tables_of

_BOTH = pytest.mark.parametrize("parameters", [MATCHING, INDEXING], ids=["fine", "coarse"])


@_BOTH
def test_shares_of_all_sections_make_a_whole(parameters: CylinderParameters) -> None:
    """Whatever the directions, a neighbour gives the Gaussian's peak in all."""
    total = tables_of(parameters).shares.sum(axis=1)
    peak = 1 / (parameters.sigma_space * math.sqrt(2 * math.pi))
    assert np.allclose(total, peak, rtol=1e-6)


@_BOTH
def test_shares_join_after_a_full_turn(parameters: CylinderParameters) -> None:
    """A difference of 2 pi is none."""
    shares = tables_of(parameters).shares
    assert np.allclose(shares[0], shares[-1], atol=1e-8)


@_BOTH
def test_cells_have_their_numbers_around_the_centre(parameters: CylinderParameters) -> None:
    """The number at a cell's column and row is that cell's, everywhere else it is none's."""
    tables, cells = tables_of(parameters), grid_of(parameters).cells
    column, row = np.rint(cells.T * tables.per_pixel + tables.origin).astype(int)
    assert tables.number[column, row].tolist() == list(range(len(cells)))
    assert (tables.number >= len(cells)).sum() == tables.number.size - len(cells)


@_BOTH
def test_fall_is_one_where_a_neighbour_stands(parameters: CylinderParameters) -> None:
    """A cell `span` cells from the window's edge is at the neighbour's own place."""
    tables = tables_of(parameters)
    steps = len(tables.fall) - 1
    whole = math.floor(tables.span)
    assert tables.fall[round((tables.span - whole) * steps), whole] == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("change", [{"sections": 9}, {"sigma_space": 15.0}])
def test_parameters_that_do_not_fit_the_kernels_are_refused(change: dict[str, float]) -> None:
    """Sections and the cells that count along an axis have to fit eight lanes."""
    with pytest.raises(ValueError, match="8"):
        tables_of(replace(MATCHING, **change))  # type: ignore[arg-type]
