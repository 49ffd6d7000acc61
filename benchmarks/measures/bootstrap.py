"""Confidence intervals by resampling fingers.

Pairs of one finger are not independent, so whole fingers are drawn, with replacement. A finger
drawn w times gives its genuine pairs weight w, and an impostor pair of two fingers the product of
their weights.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from benchmarks.measures.comparisons import Comparisons, Float64Array, Int64Array
from benchmarks.measures.errors import Curve, error_curve, order_scores

RESAMPLES = 1000

LEAST_RESAMPLES = 200

WORK = 600_000_000
"""Most weights that one interval computes, about ten seconds: millions of pairs get fewer
resamples."""

CHUNK = 4_000_000
"""Weights computed together: they fit in memory several times."""

SEED = 19795
"""Intervals are the same at each run."""

Interval = tuple[float, float]


def finger_weights(fingers: int, resamples: int, stream: int = 0) -> Float64Array:
    """(R, fingers) how often each finger is drawn in each resample; streams are independent."""
    random = np.random.default_rng([SEED, stream])
    drawn = random.multinomial(fingers, np.full(fingers, 1 / fingers), size=resamples)
    return drawn.astype(np.float64)


def interval(values: Float64Array) -> Interval:
    """The middle 95 % of resampled values; resamples without a pair of a kind do not count."""
    known = values[np.isfinite(values)]
    if not len(known):
        return (float("nan"), float("nan"))
    low, high = np.percentile(known, [2.5, 97.5])
    return float(low), float(high)


def resample_curves(
    comparisons: Comparisons,
    measure: Callable[[Curve], dict[str, Float64Array]],
    stream: int = 0,
) -> dict[str, Float64Array]:
    """What is measured of a curve, for each resample: (R,) a name.

    Args:
        comparisons: with any numbers of fingers.
        measure: reads values off curves of shape (R, T).
        stream: another number draws independently of others, as for a mean over sets.
    """
    fingers, first, second = _numbered(comparisons)
    ordered = order_scores(comparisons)
    resamples = int(np.clip(WORK // max(len(comparisons), 1), LEAST_RESAMPLES, RESAMPLES))
    parts = []
    for drawn in _chunks(finger_weights(fingers, resamples, stream), len(comparisons)):
        weights = drawn[:, first]
        # A genuine pair counts once for each time that its finger is drawn. One of two fingers
        # declared the same is drawn as one.
        weights = np.where(comparisons.mated, weights, weights * drawn[:, second])
        parts.append(measure(error_curve(comparisons, ordered, weights)))
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _numbered(comparisons: Comparisons) -> tuple[int, Int64Array, Int64Array]:
    """Number of fingers, and the fingers of each pair by numbers from 0."""
    both = np.concatenate([comparisons.first, comparisons.second])
    names, numbers = np.unique(both, return_inverse=True)
    return len(names), numbers[: len(comparisons)], numbers[len(comparisons) :]


def _chunks(weights: Float64Array, pairs: int) -> Iterator[Float64Array]:
    """Some resamples at a time."""
    rows = max(1, CHUNK // max(pairs, 1))
    for start in range(0, len(weights), rows):
        yield weights[start : start + rows]


def resample_means(values: Sequence[float], fingers: Int64Array) -> Interval:
    """Interval of the mean of values that belong to fingers, such as hits of searches."""
    _, numbers = np.unique(fingers, return_inverse=True)
    weights = finger_weights(int(numbers.max()) + 1, RESAMPLES)[:, numbers]
    return interval(weights @ np.asarray(values, np.float64) / weights.sum(axis=1))
