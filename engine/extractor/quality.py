"""How good a print is for comparison: NFIQ 2 where it is installed, else our own measure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.errors import MissingPart
from engine.extractor.nfiq2 import measure_nfiq2
from engine.extractor.parameters import (
    CLEAR_BLOCKS_SCALE,
    CLEAR_RIDGES,
    CLEAR_WEIGHT,
    FLOW_WEIGHT,
    GOOD_MINUTIA,
    MINUTIAE_SCALE,
    MINUTIAE_WEIGHT,
    QUALITY_OFFSET,
)
from engine.extractor.ridges import RidgeField
from engine.records import Minutiae, PrintImage


@dataclass(frozen=True, slots=True)
class Quality:
    """Quality of a print.

    Attributes:
        value: 0 (worst) to 100.
        measure: "NFIQ2", or "ridge-1": our own, never to be shown as NFIQ.
    """

    value: int
    measure: str


def measure_quality(image: PrintImage, ridges: RidgeField, minutiae: Minutiae) -> Quality:
    """The quality of a print by the best measure that this machine has.

    NFIQ 2 gives up on some prints (9 of 640 of FVC2000 and FVC2002); those too get ours.
    """
    try:
        nfiq2 = measure_nfiq2(image)
    except MissingPart:
        nfiq2 = None
    if nfiq2 is not None:
        return Quality(nfiq2, "NFIQ2")
    return estimate_quality(ridges, minutiae)


def estimate_quality(ridges: RidgeField, minutiae: Minutiae) -> Quality:
    """The quality by our own measure, which costs nothing once ridges and minutiae are known."""
    return Quality(rate_ridges(ridges, minutiae), "ridge-1")


def rate_ridges(ridges: RidgeField, minutiae: Minutiae) -> int:
    """Our own quality, 0..100: how the ridges flow, how much is clear, how much was found.

    A linear fit to NFIQ 2; Spearman's rank correlation with it is 0.86 on 640 prints of
    FVC2000 and FVC2002 (0.84 when each of the eight sets is left out of the fit in turn).
    """
    if not ridges.seen.any():
        return 0
    flow = float(ridges.flow[ridges.seen].mean())
    clear = min(int((ridges.clarity > CLEAR_RIDGES).sum()) / CLEAR_BLOCKS_SCALE, 2.0)
    found = min(int((minutiae.quality >= GOOD_MINUTIA).sum()) / MINUTIAE_SCALE, 1.0)
    value = FLOW_WEIGHT * flow + CLEAR_WEIGHT * clear + MINUTIAE_WEIGHT * found
    return int(np.clip(round(value + QUALITY_OFFSET), 0, 100))
