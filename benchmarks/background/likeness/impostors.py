"""Impostor similarities of real prints, of synthetic ones, and of one kind against the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.background.likeness.comparisons import impostor_scores
from benchmarks.background.likeness.distance import upper_quantile
from benchmarks.background.likeness.first_pass import LEVELS, first_pass
from benchmarks.background.likeness.sample import Sample
from engine.records import Float32Array

GAMMA_TAIL = (1e-1, 1e-2, 1e-3, 1e-4, 1e-5)
SCORE_TAIL = (1e-1, 1e-2, 1e-3, 1e-4)
"""Shares of the impostors for which the values that they exceed are told."""


@dataclass(frozen=True, slots=True, eq=False)
class Impostors:
    """Similarities of prints of different fingers.

    Attributes:
        gammas: (1001,) int64, pairs of index codes by similarity in thousandths.
        first_pass: (K,) float32, first-pass scores of pairs of prints, 0 to 8.
        scores: (K,) float32, scores of the exact comparison, 0 to 1.
    """

    gammas: NDArray[np.int64]
    first_pass: Float32Array
    scores: Float32Array

    def tails(self) -> dict[str, dict[str, float]]:
        """Values that small shares of the impostors exceed."""
        return {
            "gamma": {f"{share:g}": _exceeded(self.gammas, share) for share in GAMMA_TAIL},
            "first_pass": _tail(self.first_pass),
            "score": _tail(self.scores),
        }


def compare_impostors(probes: Sample, gallery: Sample) -> Impostors:
    """All pairs of prints of different fingers; each once if both are the same sample."""
    found = first_pass(probes, gallery)
    return Impostors(found.gammas, found.scores, impostor_scores(probes, gallery))


def _tail(values: Float32Array) -> dict[str, float]:
    """Mean of scores and their upper quantiles."""
    upper = {
        f"{share:g}": round(upper_quantile(values.astype(np.float64), share), 4)
        for share in SCORE_TAIL
    }
    return {"mean": round(float(values.mean()), 4), **upper}


def _exceeded(gammas: NDArray[np.int64], share: float) -> float:
    """Similarity that this share of the pairs exceeds."""
    above = np.cumsum(gammas[::-1]) / max(1, gammas.sum())
    return float(LEVELS - np.searchsorted(above, share)) / LEVELS
