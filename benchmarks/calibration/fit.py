"""From measured scores to a calibration.

False match rate: the measured share of impostor scores; where fewer than thirty lie above (the
"rule of 30" of ISO/IEC 19795-1), a fitted tail. With a background of synthetic fingers too, the
larger of the two rates counts at every score.
Likelihood ratio: isotonic regression (PAV) in the body; in the tail, the density of the genuine
scores by that of the impostor tail. Source: Brümmer and du Preez, "Application-independent
evaluation of speaker detection", 2006; Zadrozny and Elkan 2002.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import isotonic_regression
from scipy.stats import gaussian_kde

from benchmarks.calibration.tail import Tail, fit_tail
from engine.calibration.model import MAX_DECADES, Calibration
from engine.errors import BadInput
from engine.records import Float64Array

STEP = 0.0025
"""Between the scores of the tables."""

TAIL_SHARE = 1e-3
"""Share of the impostor scores that the tail is fitted to."""

ENOUGH = 30
"""Impostor scores that must lie above a score for its rate to count as measured."""

LEAST = 10 * ENOUGH
"""Comparisons of each kind without which nothing is fitted."""


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """What is fitted to; each (N,) float64.

    Attributes:
        genuine: of two impressions of one finger.
        impostor: of different real fingers.
        background: of real probes against synthetic fingers; may be empty.
    """

    genuine: Float64Array
    impostor: Float64Array
    background: Float64Array


def fit_calibration(extractor: str, scores: Scores, fitted_on: dict[str, object]) -> Calibration:
    """Fit.

    Raises:
        BadInput: there are too few comparisons.
    """
    fewest = min(len(scores.genuine), len(scores.impostor) // 100)
    if fewest < LEAST:
        raise BadInput(
            f"{len(scores.genuine)} genuine and {len(scores.impostor)} impostor comparisons: a "
            f"calibration needs {LEAST} and {100 * LEAST}"
        )
    grid = np.round(np.arange(0, 1 + STEP / 2, STEP), 5)
    sources = [scores.impostor] + ([scores.background] if len(scores.background) else [])
    rates = [_log10_fmr(one, grid) for one in sources]
    log10_fmr = np.minimum.accumulate(np.max([rate.values for rate in rates], axis=0))
    tail = rates[0].tail
    return Calibration(
        extractor=extractor,
        scores=grid,
        log10_fmr=np.clip(log10_fmr, -MAX_DECADES, 0),
        log10_lr=_log10_lr(scores, grid, tail),
        fnmr=np.searchsorted(np.sort(scores.genuine), grid) / len(scores.genuine),
        measured_to=max(rate.measured_to for rate in rates),
        fitted_on=fitted_on | {"tails": [_describe(rate.tail) for rate in rates]},
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Rate:
    """A false match rate over the grid."""

    values: Float64Array
    measured_to: float
    tail: Tail


def _log10_fmr(impostor: Float64Array, grid: Float64Array) -> _Rate:
    """The rate as measured, and the tail where too few impostors lie above."""
    ordered = np.sort(impostor)
    above = len(ordered) - np.searchsorted(ordered, grid)
    tail = fit_tail(ordered, float(np.quantile(ordered, 1 - TAIL_SHARE)))
    measured = above >= ENOUGH
    with np.errstate(divide="ignore"):
        values = np.log10(above / len(ordered))
    last = int(np.flatnonzero(measured)[-1])
    # The tail goes on from the last measured rate; it never lies below what was seen.
    beyond = grid[last + 1 :]
    step = tail.log10_fmr(beyond) - tail.log10_fmr(grid[last])
    values[last + 1 :] = np.maximum(values[last] + step, values[last + 1 :])
    return _Rate(values, float(grid[last]), tail)


def _log10_lr(scores: Scores, grid: Float64Array, tail: Tail) -> Float64Array:
    """log10 likelihood ratio over the grid."""
    body = _pav(scores, grid)
    inside = grid <= tail.start
    join = float(np.interp(tail.start, grid, body))
    density = gaussian_kde(scores.genuine)
    beyond = grid[~inside]
    ratio = np.log10(density(beyond) + 1e-12) - tail.log10_density(beyond)
    at_join = np.log10(density(tail.start)[0]) - tail.log10_density(np.array([tail.start]))[0]
    values = np.where(inside, body, 0)
    values[~inside] = join + ratio - at_join
    return np.clip(np.maximum.accumulate(values), -MAX_DECADES, MAX_DECADES)


def _pav(scores: Scores, grid: Float64Array) -> Float64Array:
    """The body of the likelihood ratio; both kinds weigh alike, whatever their numbers."""
    genuine, impostor = len(scores.genuine), len(scores.impostor)
    # One more of each kind at the far end: no finite sample excludes either.
    values = np.concatenate([scores.genuine, [0.0], scores.impostor, [1.0]])
    mated = np.repeat([1.0, 0.0], [genuine + 1, impostor + 1])
    weights = np.repeat([1 / (genuine + 1), 1 / (impostor + 1)], [genuine + 1, impostor + 1])
    order = np.lexsort((-mated, values))
    likely = isotonic_regression(mated[order], weights=weights[order]).x
    likely = np.clip(likely, 1e-9, 1 - 1e-9)
    # Read in the middle of each step: the mean over the scores that share it.
    steps, at = np.unique(likely, return_inverse=True)
    middle = np.bincount(at, values[order]) / np.bincount(at)
    return np.asarray(np.interp(grid, middle, np.log10(steps / (1 - steps))))


def _describe(tail: Tail) -> dict[str, float]:
    """The tail in words for the file."""
    return {
        "start": round(tail.start, 4),
        "share": round(tail.share, 6),
        "shape": round(tail.shape, 4),
        "scale": round(tail.scale, 5),
    }
