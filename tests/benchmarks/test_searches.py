"""Rates of identification against values computed by hand."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.measures.searches import (
    Searches,
    fnir_at_fpir,
    fnir_curve,
    fnir_interval,
    match_curve,
    rank_interval,
    rank_rate,
)

FOUND = Searches(
    fingers=np.array([0, 0, 1, 1, 2]),
    ranks=np.array([1, 1, 2, 0, 1]),
    mate_scores=np.array([0.9, 0.5, 0.4, 0.0, 0.3], np.float32),
    other_scores=np.array([0.1, 0.2, 0.6, 0.3, 0.2], np.float32),
)


def test_rank_rates() -> None:
    """Three of five mates are first, four within ten; one is not listed."""
    assert rank_rate(FOUND, 1) == 0.6
    assert rank_rate(FOUND, 10) == 0.8
    assert match_curve(FOUND, [1, 2, 3]) == [0.6, 0.8, 0.8]


def test_misses_at_a_rate_of_false_positives() -> None:
    """At FPIR 20 % one non-mated search may answer: the threshold lies above 0.3."""
    assert fnir_at_fpir(FOUND, 0.2) == pytest.approx(2 / 5)


def test_misses_without_false_positives() -> None:
    """At FPIR under 1/5 none may answer: only 0.9 lies above 0.6."""
    assert fnir_at_fpir(FOUND, 0.01) == pytest.approx(4 / 5)


def test_unlisted_mates_are_missed_at_any_threshold() -> None:
    """With all false positives allowed the mate that is not listed is still a miss."""
    assert fnir_at_fpir(FOUND, 1.0) == pytest.approx(1 / 5)


def test_curve_agrees_with_its_points() -> None:
    """The curve passes through the rates at its own FPIR."""
    fpir, fnir = fnir_curve(FOUND)
    assert (np.diff(fpir) >= 0).all()
    for x in (0.2, 0.4):
        assert fnir[fpir <= x].min() == pytest.approx(fnir_at_fpir(FOUND, x))


def test_intervals_hold_the_rates() -> None:
    """Three fingers give wide intervals around the rates."""
    low, high = rank_interval(FOUND, 1)
    assert low <= 0.6 <= high
    low, high = fnir_interval(FOUND, 0.2)
    assert low <= 0.4 <= high
