"""Refuses images that show no finger, before anything expensive is done with them."""

from __future__ import annotations

from engine.errors import NoFingerprint
from engine.extractor.parameters import (
    GOOD_MINUTIA,
    MAX_AREA,
    MIN_GOOD_MINUTIAE,
    MIN_MINUTIAE,
    MIN_RIDGE_BLOCKS,
    MIN_RIDGE_SHARE,
    MIN_SIDE,
    SURE_RIDGE_BLOCKS,
    SURE_RIDGE_SHARE,
)
from engine.extractor.ridges import RidgeField, measure_ridges
from engine.records import Minutiae, PrintImage


def require_ridges(image: PrintImage) -> RidgeField:
    """The ridges of a print. Raises NoFingerprint, with the reason, if it shows none."""
    _require_size(image)
    ridges = measure_ridges(image.pixels)
    seen, ridged = int(ridges.seen.sum()), int(ridges.ridged.sum())
    if not seen:
        raise NoFingerprint(f"{image.name} is blank: it has no contrast")
    if ridged < MIN_RIDGE_BLOCKS or ridged < MIN_RIDGE_SHARE * seen:
        raise NoFingerprint(f"{image.name} shows no ridges of a finger")
    return ridges


def require_minutiae(image: PrintImage, ridges: RidgeField, minutiae: Minutiae) -> None:
    """Raises NoFingerprint if a print has too few minutiae to be compared or to be a print."""
    count = len(minutiae)
    good = int((minutiae.quality >= GOOD_MINUTIA).sum())
    if _is_doubtful(ridges) and good < MIN_GOOD_MINUTIAE:
        raise NoFingerprint(f"{image.name} shows no ridges of a finger")
    if count < MIN_MINUTIAE:
        noun = "minutia" if count == 1 else "minutiae"
        raise NoFingerprint(
            f"only {count} {noun} found in {image.name}, at least {MIN_MINUTIAE} are needed"
        )


def _is_doubtful(ridges: RidgeField) -> bool:
    """Whether the ridges alone do not show that this is a finger."""
    seen, ridged = int(ridges.seen.sum()), int(ridges.ridged.sum())
    return ridged < SURE_RIDGE_BLOCKS or ridged < SURE_RIDGE_SHARE * seen


def _require_size(image: PrintImage) -> None:
    height, width = image.pixels.shape
    size = f"{image.name} has {width} x {height} pixels at 500 ppi"
    if min(height, width) < MIN_SIDE:
        raise NoFingerprint(f"{size}, too few for a finger: each side needs {MIN_SIDE}")
    if height * width > MAX_AREA:
        raise NoFingerprint(f"{size}, too many for a finger: at most {MAX_AREA} in all")
