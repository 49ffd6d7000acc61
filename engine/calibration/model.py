"""A fitted calibration: raw score to false match rate and likelihood ratio, by tables.

The tables come from measured comparisons (how, see `benchmarks/calibration`). Between their
entries the logarithms are interpolated. Beyond the largest impostor scores that were seen often
enough, the false match rate follows a fitted tail: such values are marked `extrapolated`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.records import Float64Array

MAX_DECADES = 12.0
"""No false match rate below 10^-12 is ever stated: no fit on laboratory data reaches there."""


@dataclass(frozen=True, slots=True)
class Calibrated:
    """What a score is worth.

    Attributes:
        fmr_decibels: -10 log10 of the false match rate at this score as threshold: 40 is one
            chance match in 10^4 comparisons with single prints of other fingers.
        log10_lr: log10 of how many times likelier the score is for prints of one finger than for
            prints of two.
        extrapolated: the false match rate is a fitted tail's, beyond what was measured.
    """

    fmr_decibels: float
    log10_lr: float
    extrapolated: bool

    @property
    def fmr(self) -> float:
        """The false match rate."""
        return float(10 ** (-self.fmr_decibels / 10))


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """Tables over the score, for one extractor.

    Attributes:
        extractor: whose templates it holds for, on both sides.
        scores: (K,) float64, rising from 0 to 1.
        log10_fmr: (K,) float64, falling, from 0.
        log10_lr: (K,) float64, rising.
        fnmr: (K,) float64, rising: share of the genuine scores below.
        measured_to: score up to which the false match rate was measured, not extrapolated.
        fitted_on: what it was fitted on, for people.
    """

    extractor: str
    scores: Float64Array
    log10_fmr: Float64Array
    log10_lr: Float64Array
    fnmr: Float64Array
    measured_to: float
    fitted_on: dict[str, object]

    def of(self, score: float) -> Calibrated:
        """What a score is worth."""
        return Calibrated(
            fmr_decibels=-10 * float(np.interp(score, self.scores, self.log10_fmr)),
            log10_lr=float(np.interp(score, self.scores, self.log10_lr)),
            extrapolated=score > self.measured_to,
        )

    def log10_lrs(self, scores: Float64Array) -> Float64Array:
        """log10 likelihood ratios of many scores, in any shape."""
        return np.interp(scores, self.scores, self.log10_lr)

    def score_at_fmr(self, fmr: float) -> float | None:
        """Least score whose false match rate is at most `fmr`; None if the tables end before."""
        wanted = np.log10(fmr)
        if self.log10_fmr[-1] > wanted:
            return None
        at = int(np.argmax(self.log10_fmr <= wanted))
        if at == 0:
            return float(self.scores[0])
        high, low = self.log10_fmr[at - 1], self.log10_fmr[at]
        share = (high - wanted) / (high - low)
        return float(self.scores[at - 1] + share * (self.scores[at] - self.scores[at - 1]))

    def fnmr_at(self, score: float) -> float:
        """Share of genuine comparisons that a threshold rejects."""
        return float(np.interp(score, self.scores, self.fnmr))
