"""The tail of the impostor scores: a generalised Pareto distribution above a high threshold.

Source: Pickands 1975; for biometric scores Shi, Zhu et al., "Modelling biometric systems using the
general Pareto distribution", 2008. A tail that ends (negative shape) would claim a false match
rate of nothing beyond some score, which no laboratory sample supports: the exponential takes its
place then.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import genpareto

from engine.records import Float64Array


@dataclass(frozen=True, slots=True)
class Tail:
    """Impostor scores above a threshold.

    Attributes:
        start: the threshold.
        share: of all impostor scores above it.
        shape: xi, at least 0.
        scale: sigma, in units of score.
    """

    start: float
    share: float
    shape: float
    scale: float

    def log10_fmr(self, scores: Float64Array) -> Float64Array:
        """log10 of the share of impostor scores at or above each score >= `start`."""
        above = genpareto.logsf(scores - self.start, self.shape, scale=self.scale)
        return np.asarray(np.log10(self.share) + above / np.log(10))

    def log10_density(self, scores: Float64Array) -> Float64Array:
        """log10 of the impostor density at each score >= `start`."""
        density = genpareto.logpdf(scores - self.start, self.shape, scale=self.scale)
        return np.asarray(np.log10(self.share) + density / np.log(10))


def fit_tail(impostor: Float64Array, start: float) -> Tail:
    """The tail above `start` by maximum likelihood; some impostor scores must lie there."""
    excess = impostor[impostor > start] - start
    shape, _, scale = genpareto.fit(excess, floc=0)
    if shape < 0:
        shape, scale = 0.0, float(excess.mean())
    return Tail(start, len(excess) / len(impostor), float(shape), float(scale))
