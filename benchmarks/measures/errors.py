"""Error rates of verification: FMR, FNMR, and what is read off their curve.

A comparison matches if its score reaches the threshold. FMR(t) is the share of impostor
comparisons with score >= t, FNMR(t) that of genuine ones with score < t (ISO/IEC 19795-1). All
functions take weights, so that a bootstrap is the same computation on rows of weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.measures.comparisons import Comparisons, Float64Array, Int64Array

_ROUNDING = 1e-12
"""Sums of weights are exact; their quotients are not."""


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """Error rates at every threshold that makes a difference, falling; the first accepts nothing.

    Attributes:
        thresholds: (T,) float64, the first is infinite.
        fmr, fnmr: (..., T) float64; fmr rises along the curve, fnmr falls.
    """

    thresholds: Float64Array
    fmr: Float64Array
    fnmr: Float64Array


@dataclass(frozen=True, slots=True, eq=False)
class Ordered:
    """Comparisons by falling score.

    Attributes:
        order: (N,) int64, their rows.
        ends: (T,) int64, in this order the last comparison of each distinct score.
        scores: (T,) float64, the distinct scores.
    """

    order: Int64Array
    ends: Int64Array
    scores: Float64Array


def order_scores(comparisons: Comparisons) -> Ordered:
    """Sort comparisons once for all that is computed of them."""
    order = np.argsort(-comparisons.scores, kind="stable")
    ranked = comparisons.scores[order]
    ends = np.flatnonzero(np.append(np.diff(ranked) != 0, True))
    return Ordered(order, ends, ranked[ends].astype(np.float64))


def error_curve(
    comparisons: Comparisons, ordered: Ordered | None = None, weights: Float64Array | None = None
) -> Curve:
    """FMR and FNMR over all thresholds.

    Args:
        comparisons: what was compared; at least one mated and one not.
        ordered: their order, if it is known.
        weights: (..., N) weight of each comparison; None weighs all alike.
    """
    ordered = ordered or order_scores(comparisons)
    if weights is None:
        weights = np.ones(len(comparisons))
    mated = comparisons.mated[ordered.order]
    ranked = weights[..., ordered.order]
    accepted_mates = _accumulate(np.where(mated, ranked, 0.0), ordered.ends)
    accepted_others = _accumulate(np.where(mated, 0.0, ranked), ordered.ends)
    with np.errstate(invalid="ignore"):  # a resample may hold no pair of a kind: nan
        fmr = accepted_others / accepted_others[..., -1:]
        fnmr = 1 - accepted_mates / accepted_mates[..., -1:]
    return Curve(np.append(np.inf, ordered.scores), fmr, fnmr)


def _accumulate(ranked: Float64Array, ends: Int64Array) -> Float64Array:
    """(..., T) sums of what each threshold accepts, from nothing on."""
    sums = np.cumsum(ranked, axis=-1)[..., ends]
    return np.concatenate([np.zeros((*sums.shape[:-1], 1)), sums], axis=-1)


def equal_error_rate(curve: Curve) -> Float64Array:
    """(...) EER as the FVC reads it off a curve with steps.

    Source: Maio, Maltoni et al., FVC2000 (PAMI 2002), section 5: of the two thresholds around the
    crossing the one with the smaller sum of errors counts; the EER is half that sum.
    """
    total = curve.fmr + curve.fnmr
    apart = curve.fnmr - curve.fmr
    after = (apart <= _ROUNDING).argmax(axis=-1)[..., None]
    met = np.abs(np.take_along_axis(apart, after, axis=-1)) <= _ROUNDING
    before = np.where(met, after, np.maximum(after - 1, 0))
    either = np.minimum(
        np.take_along_axis(total, after, axis=-1), np.take_along_axis(total, before, axis=-1)
    )
    return np.asarray(either[..., 0] / 2)


def fnmr_at_fmr(curve: Curve, fmr: float) -> Float64Array:
    """(...) least FNMR among the thresholds whose FMR is at most `fmr`."""
    last = (curve.fmr <= fmr + _ROUNDING).sum(axis=-1)[..., None] - 1
    found = np.take_along_axis(curve.fnmr, np.maximum(last, 0), axis=-1)[..., 0]
    return np.where(last[..., 0] < 0, np.nan, found)


def threshold_at_fmr(curve: Curve, fmr: float) -> float:
    """The least threshold of a single curve whose FMR is at most `fmr`."""
    return float(curve.thresholds[(curve.fmr <= fmr + _ROUNDING).sum() - 1])


def summarise(curve: Curve, fmrs: Sequence[float]) -> dict[str, Float64Array]:
    """EER and FNMR at each FMR, by the names used in results."""
    named = {"eer": equal_error_rate(curve)}
    return named | {f"fnmr_at_fmr_{rate_name(fmr)}": fnmr_at_fmr(curve, fmr) for fmr in fmrs}


def rate_name(rate: float) -> str:
    """`1e-3` for 0.001."""
    return f"{rate:.0e}".replace("e-0", "e-")
