"""How far two distributions are apart."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Float64 = NDArray[np.float64]


def kolmogorov_smirnov(first: Float64, second: Float64) -> float:
    """Largest difference of the two distribution functions, 0 to 1."""
    places = np.union1d(first, second)
    return float(np.abs(_share_up_to(first, places) - _share_up_to(second, places)).max())


def earth_mover(first: Float64, second: Float64) -> float:
    """Mean distance that mass must be moved to turn one into the other, in units of the values."""
    places = np.union1d(first, second)
    apart = np.abs(_share_up_to(first, places) - _share_up_to(second, places))
    return float((apart[:-1] * np.diff(places)).sum())


def total_variation(first: Float64, second: Float64) -> float:
    """Share of the mass of one histogram that lies elsewhere in the other, 0 to 1."""
    return float(0.5 * np.abs(first - second).sum())


def root_mean_square(first: Float64, second: Float64) -> float:
    """Root of the mean squared difference."""
    return float(np.sqrt(np.mean((first - second) ** 2)))


def upper_quantile(values: Float64, share: float) -> float:
    """The value that this share of the values exceeds."""
    return float(np.quantile(values, 1 - share))


def _share_up_to(values: Float64, places: Float64) -> Float64:
    """Share of the values that are at most each of these."""
    return np.asarray(np.searchsorted(np.sort(values), places, side="right") / len(values))
