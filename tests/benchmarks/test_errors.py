"""Rates of verification against values computed by hand."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.measures.comparisons import Comparisons
from benchmarks.measures.errors import (
    equal_error_rate,
    error_curve,
    fnmr_at_fmr,
    rate_name,
    threshold_at_fmr,
)


def compared(genuine: list[float], impostor: list[float]) -> Comparisons:
    """Comparisons with these scores, each of fingers of its own."""
    scores = np.array([*genuine, *impostor], np.float32)
    mated = np.array([True] * len(genuine) + [False] * len(impostor))
    first = np.arange(len(scores))
    return Comparisons(scores, first, np.where(mated, first, first + 1000), mated)


def test_error_rates_at_each_threshold() -> None:
    """A score that reaches the threshold matches: FMR counts >=, FNMR counts <."""
    curve = error_curve(compared([0.9, 0.5], [0.5, 0.1]))
    assert curve.thresholds.tolist() == pytest.approx([np.inf, 0.9, 0.5, 0.1])
    assert curve.fmr.tolist() == [0, 0, 0.5, 1]
    assert curve.fnmr.tolist() == [1, 0.5, 0, 0]


def test_separated_scores_have_no_error() -> None:
    """If all mates score above all others, every rate is 0."""
    curve = error_curve(compared([0.7, 0.8, 0.9], [0.1, 0.2]))
    assert equal_error_rate(curve) == 0
    assert fnmr_at_fmr(curve, 1e-4) == 0


def test_equal_error_rate_where_the_curves_meet() -> None:
    """One of four mates below, one of four others above: 25 %."""
    curve = error_curve(compared([0.9, 0.8, 0.7, 0.3], [0.5, 0.2, 0.1, 0.0]))
    assert equal_error_rate(curve) == 0.25


def test_equal_error_rate_between_steps() -> None:
    """Where steps jump over the crossing, half the smaller sum of errors counts (FVC).

    At 0.4 FMR is 1/10 and FNMR 0, their sum 0.1; just above FMR is 0 and FNMR 1/2.
    """
    curve = error_curve(compared([0.9, 0.4], [0.4] + [0.0] * 9))
    assert equal_error_rate(curve) == pytest.approx(0.05)


def test_equal_error_rate_of_chance() -> None:
    """Scores that say nothing give one half."""
    assert equal_error_rate(error_curve(compared([0, 0, 0], [0, 0]))) == 0.5


def test_fnmr_at_fmr_takes_the_best_allowed_threshold() -> None:
    """At FMR 10 % one of ten others may match: all mates above the second count as found."""
    curve = error_curve(compared([0.9, 0.65, 0.5, 0.1], [0.8, 0.6, *[0.0] * 8]))
    assert fnmr_at_fmr(curve, 0.1) == 0.5
    assert fnmr_at_fmr(curve, 0.01) == 0.75
    assert threshold_at_fmr(curve, 0.1) == pytest.approx(0.65)


def test_equal_scores_are_accepted_together() -> None:
    """A mate that scores as the best other is not found at FMR 0."""
    assert fnmr_at_fmr(error_curve(compared([0.9, 0.6], [0.6, 0.1])), 0.0) == 0.5


def test_weights_repeat_comparisons() -> None:
    """A weight of 2 is the same as having the comparison twice."""
    once = compared([0.9, 0.3], [0.5, 0.1, 0.0])
    twice = compared([0.9, 0.3, 0.3], [0.5, 0.5, 0.1, 0.0])
    weighted = error_curve(once, weights=np.array([1, 2, 2, 1, 1.0]))
    assert equal_error_rate(weighted) == equal_error_rate(error_curve(twice))
    assert fnmr_at_fmr(weighted, 0.0) == pytest.approx(2 / 3)


@pytest.mark.parametrize(("rate", "name"), [(1e-2, "1e-2"), (1e-3, "1e-3"), (1e-4, "1e-4")])
def test_names_of_rates(rate: float, name: str) -> None:
    """Rates are named as the results' keys are."""
    assert rate_name(rate) == name
