"""Several fingers of two persons: their evidence adds up.

Scores of different fingers are taken as independent given whether the persons are one, so the
likelihood ratios multiply. Source: Nandakumar, Chen, Dass, Jain, "Likelihood ratio-based biometric
score fusion", IEEE TPAMI 30(2), 2008.
"""

from __future__ import annotations

import numpy as np

from engine.calibration.model import Calibration
from engine.records import Float64Array


def fuse(calibration: Calibration, scores: Float64Array) -> Float64Array:
    """Summed log10 likelihood ratios.

    Args:
        calibration: of the extractor that all templates come from.
        scores: (F, ...) of the comparisons of F fingers; nan for a finger that was not compared,
            which says nothing.

    Returns:
        (...) float64.
    """
    ratios = calibration.log10_lrs(np.nan_to_num(scores))
    return np.asarray(np.where(np.isnan(scores), 0.0, ratios).sum(axis=0))
