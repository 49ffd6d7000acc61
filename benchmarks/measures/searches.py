"""Error rates of identification: FNIR, FPIR, rank rates (ISO/IEC 19795-1).

Every probe is searched twice. Its mated search is the search as it is. Its non-mated search is
the same with its own finger struck from the answer: what remains on top would be a false
positive. So FPIR(T) is the share of probes whose best non-mate reaches T, and FNIR(T) the share
whose mate does not, or is not listed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.measures.bootstrap import (
    RESAMPLES,
    Interval,
    finger_weights,
    interval,
    resample_means,
)
from benchmarks.measures.comparisons import Float64Array, Int64Array

_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Searches:
    """Searches of probes whose mates are all enrolled.

    Attributes:
        fingers: (S,) int64, number of the probe's finger.
        ranks: (S,) int64, place of the best mate from 1; 0 if it is not listed.
        mate_scores: (S,) score of the best mate; 0 if it is not listed.
        other_scores: (S,) score of the best non-mate; 0 if there is none.
    """

    fingers: Int64Array
    ranks: Int64Array
    mate_scores: NDArray[np.float32]
    other_scores: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.ranks)


def hits(searches: Searches, rank: int) -> NDArray[np.bool_]:
    """(S,) whether the mate is among the first `rank` candidates."""
    return (searches.ranks >= 1) & (searches.ranks <= rank)


def rank_rate(searches: Searches, rank: int) -> float:
    """Share of searches whose mate is among the first `rank` candidates."""
    return float(hits(searches, rank).mean())


def rank_interval(searches: Searches, rank: int) -> Interval:
    """95 % confidence interval of `rank_rate`, over fingers."""
    return resample_means(hits(searches, rank).tolist(), searches.fingers)


def fnir_at_fpir(searches: Searches, fpir: float) -> float:
    """Least FNIR among the thresholds whose FPIR is at most `fpir`."""
    return float(_fnir(searches, np.ones((1, len(searches))), fpir)[0])


def fnir_interval(searches: Searches, fpir: float) -> Interval:
    """95 % confidence interval of `fnir_at_fpir`, over fingers."""
    _, numbers = np.unique(searches.fingers, return_inverse=True)
    weights = finger_weights(int(numbers.max()) + 1, RESAMPLES)[:, numbers]
    return interval(_fnir(searches, weights, fpir))


def _fnir(searches: Searches, weights: Float64Array, fpir: float) -> Float64Array:
    """(R,) FNIR at FPIR for each row of weights (R, S)."""
    order = np.argsort(-searches.other_scores, kind="stable")
    others = searches.other_scores[order]
    total = weights.sum(axis=1, keepdims=True)
    positives = np.cumsum(weights[:, order], axis=1)
    # The first score that may not be accepted: with it the false positives are too many.
    excess = positives > fpir * total + _ROUNDING
    least = np.where(excess.any(axis=1), others[excess.argmax(axis=1)], -np.inf)
    missed = (searches.ranks == 0) | (searches.mate_scores <= least[:, None])
    return np.asarray((weights * missed).sum(axis=1) / total[:, 0])


def fnir_curve(searches: Searches) -> tuple[Float64Array, Float64Array]:
    """FPIR and FNIR over all thresholds, FPIR rising."""
    thresholds = np.unique(np.concatenate([searches.other_scores, searches.mate_scores]))[::-1]
    others = np.sort(searches.other_scores)
    listed = np.sort(np.where(searches.ranks > 0, searches.mate_scores, -np.inf))
    fpir = 1 - np.searchsorted(others, thresholds, side="left") / len(searches)
    fnir = np.searchsorted(listed, thresholds, side="left") / len(searches)
    return fpir, fnir


def match_curve(searches: Searches, ranks: Sequence[int]) -> list[float]:
    """Cumulative match characteristic: the rank rate at each rank."""
    return [rank_rate(searches, rank) for rank in ranks]
