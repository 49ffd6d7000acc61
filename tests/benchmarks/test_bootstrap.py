"""Intervals by resampling fingers."""

from __future__ import annotations

import numpy as np

from benchmarks.measures.bootstrap import finger_weights, interval, resample_curves, resample_means
from benchmarks.measures.comparisons import Comparisons
from benchmarks.measures.errors import equal_error_rate


def two_a_finger(fingers: int, bad: int) -> Comparisons:
    """A genuine pair of each finger, the first `bad` at 0, and all impostor pairs at 0.5."""
    rows, columns = np.triu_indices(fingers, 1)
    genuine = np.where(np.arange(fingers) < bad, 0.0, 1.0)
    return Comparisons(
        np.concatenate([genuine, np.full(len(rows), 0.5)]).astype(np.float32),
        np.concatenate([np.arange(fingers), rows]),
        np.concatenate([np.arange(fingers), columns]),
        np.arange(fingers + len(rows)) < fingers,
    )


def test_each_resample_draws_as_many_fingers() -> None:
    """Weights are counts that add up to the number of fingers."""
    weights = finger_weights(7, 50)
    assert weights.shape == (50, 7)
    assert (weights.sum(axis=1) == 7).all()


def test_interval_holds_the_rate_and_repeats() -> None:
    """Six bad fingers of twenty: the interval holds 30 %, and is the same at each run."""
    measured = two_a_finger(20, 6)

    def run() -> tuple[float, float]:
        fnmr = resample_curves(measured, lambda curve: {"fnmr": curve.fnmr[..., 1]})["fnmr"]
        return interval(fnmr)

    low, high = run()
    assert 0 < low < 0.3 < high < 0.6
    assert run() == (low, high)


def test_no_error_gives_an_empty_interval() -> None:
    """Without any error every resample has none."""
    found = resample_curves(two_a_finger(6, 0), lambda curve: {"eer": equal_error_rate(curve)})
    assert interval(found["eer"]) == (0, 0)


def test_resamples_without_impostors_do_not_count() -> None:
    """Of two fingers half of the resamples hold one alone; the others still give an interval."""
    found = resample_curves(two_a_finger(2, 1), lambda curve: {"eer": equal_error_rate(curve)})
    assert np.isnan(found["eer"]).any()
    assert np.isfinite(interval(found["eer"])).all()


def test_means_are_resampled_by_finger() -> None:
    """Ten hits of one finger are one piece of evidence, not ten."""
    hits = [1.0] * 10 + [0.0] * 10
    low, high = resample_means(hits, np.repeat([0, 1], 10))
    assert (low, high) == (0, 1)
