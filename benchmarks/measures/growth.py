"""How time grows with the size of a gallery."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Growth:
    """A fit of times at several sizes.

    Attributes:
        exponent: of size, by least squares of logarithms: 1 is linear, 0 no growth.
        steps: the exponent between each size and the next.
        fixed: part of the time that does not depend on size, in the times' unit.
        per_million: what a million fingers add to it, in the times' unit.
    """

    exponent: float
    steps: tuple[float, ...]
    fixed: float
    per_million: float


def fit_growth(sizes: Sequence[int], times: Sequence[float]) -> Growth:
    """Fit at least two sizes, rising.

    The straight line is fitted to relative errors, or the largest size alone would place it.
    """
    n, t = np.array(sizes, np.float64), np.array(times, np.float64)
    slope = np.polyfit(np.log(n), np.log(t), 1)[0]
    steps = np.diff(np.log(t)) / np.diff(np.log(n))
    terms = np.stack([1 / t, n / 1e6 / t], axis=1)
    (fixed, per_million), *_ = np.linalg.lstsq(terms, np.ones(len(t)), rcond=None)
    return Growth(float(slope), tuple(steps.tolist()), float(fixed), float(per_million))
