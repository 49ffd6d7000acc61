"""How time grows with size, on times made up."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.measures.growth import fit_growth

SIZES = (1000, 10_000, 100_000)


def test_a_power_of_size_has_one_exponent() -> None:
    """The root of size has exponent one half, over all and from each size to the next."""
    found = fit_growth(SIZES, np.sqrt(SIZES).tolist())
    assert found.exponent == pytest.approx(0.5)
    assert found.steps == pytest.approx((0.5, 0.5))


def test_a_line_has_a_fixed_part() -> None:
    """What does not grow is told from what each finger adds."""
    found = fit_growth(SIZES, [20 + 300 * size / 1e6 for size in SIZES])
    assert (found.fixed, found.per_million) == (pytest.approx(20), pytest.approx(300))
    assert found.steps[0] < found.steps[1] < 1
