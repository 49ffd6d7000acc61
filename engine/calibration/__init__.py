"""What a score is worth: false match rate and log-likelihood ratio, threshold and fusion."""

from engine.calibration.model import Calibrated, Calibration
from engine.calibration.store import calibration_for

__all__ = ["Calibrated", "Calibration", "calibration_for"]
