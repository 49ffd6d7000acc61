"""From the network's maps to minutiae."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.extractor.leader.parameters import (
    BLUR_SIZE,
    ENDING_PROBABILITY,
    MIN_RESPONSE,
    SUPPRESSION_SIZE,
)
from engine.records import MAX_MINUTIAE, Float32Array, Minutiae, MinutiaType


def decode(maps: Float32Array, left: int, top: int, width: int, height: int) -> Minutiae:
    """The minutiae of one print, best first, at most `MAX_MINUTIAE`.

    Args:
        maps: (4, H, W) float32 as `build_network` describes.
        left, top: where the maps' first pixel lies in the print, pixels; may be negative.
        width, height: size of the print; what lies outside is dropped.
    """
    probability, cosine, sine, ending = maps
    response = _blur(probability)
    x, y = _find_peaks(response, left, top, width, height)
    xy = np.stack([x + left, y + top], axis=1).astype(np.float32)
    return Minutiae(
        xy,
        _angle(cosine[y, x], sine[y, x]),
        np.where(
            ending[y, x] >= ENDING_PROBABILITY, MinutiaType.ENDING, MinutiaType.BIFURCATION
        ).astype(np.uint8),
        np.clip(np.rint(100 * response[y, x]), 1, 100).astype(np.uint8),
    )


def _blur(probability: Float32Array) -> Float32Array:
    size = (BLUR_SIZE, BLUR_SIZE)
    blurred = cv2.GaussianBlur(probability, size, 0, borderType=cv2.BORDER_CONSTANT)
    return np.asarray(blurred, np.float32)


def _find_peaks(
    response: Float32Array, left: int, top: int, width: int, height: int
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Columns and rows of the maxima inside the print, strongest first."""
    square = np.ones((SUPPRESSION_SIZE, SUPPRESSION_SIZE), np.uint8)
    highest = cv2.dilate(response, square)
    y, x = np.nonzero((response >= MIN_RESPONSE) & (response == highest))
    inside = (x + left >= 0) & (x + left < width) & (y + top >= 0) & (y + top < height)
    x, y = x[inside], y[inside]
    order = np.argsort(-response[y, x], kind="stable")[:MAX_MINUTIAE]
    return x[order], y[order]


def _angle(cosine: Float32Array, sine: Float32Array) -> Float32Array:
    """Radians in [0, 2 pi)."""
    turn = np.float32(2 * np.pi)
    angle = np.mod(np.arctan2(sine, cosine), turn)
    # A tiny negative angle rounds up to a whole turn.
    return np.where(angle >= turn, np.float32(0), angle)
