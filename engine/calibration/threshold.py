"""Which score to ask for, given the gallery and how often a false alarm may come."""

from __future__ import annotations

import math
from dataclasses import dataclass

from engine.calibration.model import MAX_DECADES, Calibration
from engine.errors import BadRequest


@dataclass(frozen=True, slots=True)
class Threshold:
    """A threshold for searches.

    Attributes:
        score: least score of a candidate that raises an alarm.
        fmr: false match rate of one comparison that it stands for.
        fpir: share of searches for unenrolled fingers that still raise one.
        gallery: fingers searched.
        fnmr: share of mated comparisons below it, as measured on the calibration's data.
        extrapolated: the false match rate lies beyond what was measured.
    """

    score: float
    fmr: float
    fpir: float
    gallery: int
    fnmr: float
    extrapolated: bool


def threshold_for(calibration: Calibration, fpir: float, gallery: int) -> Threshold:
    """The threshold at which a search of `gallery` fingers has at most this FPIR.

    Comparisons of a search are taken as independent: FPIR = 1 - (1 - FMR)^N. Source: ISO/IEC
    19795-1; Grother and Phillips, "Models of large population recognition performance", 2004.

    Raises:
        BadRequest: a number is out of range, or so strict that no score reaches it.
    """
    if not 0 < fpir < 1:
        raise BadRequest(f"the FPIR is {fpir:g}, it must lie between 0 and 1")
    if not 1 <= gallery <= 10**10:
        raise BadRequest(f"the gallery is {gallery}, it must be from 1 to 10^10 fingers")
    fmr = -math.expm1(math.log1p(-fpir) / gallery)
    score = calibration.score_at_fmr(fmr) if fmr >= 10**-MAX_DECADES else None
    if score is None:
        raise BadRequest(
            f"FPIR {fpir:g} over {gallery} fingers needs a false match rate of {fmr:.0e}: "
            "no score of a single finger supports that; search with more fingers"
        )
    return Threshold(
        score=score,
        fmr=fmr,
        fpir=fpir,
        gallery=gallery,
        fnmr=calibration.fnmr_at(score),
        extrapolated=score > calibration.measured_to,
    )
