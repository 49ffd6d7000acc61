"""From what the network tells to minutiae."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.extractor.leader.parameters import BLUR_SIZE, MIN_RESPONSE, SUPPRESSION_SIZE
from engine.extractor.leader.window import Window
from engine.records import MAX_MINUTIAE, Float32Array, Minutiae, MinutiaType


@dataclass(frozen=True, slots=True, eq=False)
class Peaks:
    """Where minutiae are, strongest first, at most `MAX_MINUTIAE`.

    Attributes:
        x, y: (N,) columns and rows in the window.
        response: (N,) float32, blurred probability.
    """

    x: NDArray[np.intp]
    y: NDArray[np.intp]
    response: Float32Array


def find_peaks(probability: Float32Array, window: Window, size: tuple[int, int]) -> Peaks:
    """The maxima of a window's (H, W) float32 map that lie inside the print.

    `size`: height and width of the print.
    """
    height, width = size
    response = _blur(probability)
    square = np.ones((SUPPRESSION_SIZE, SUPPRESSION_SIZE), np.uint8)
    highest = cv2.dilate(response, square)
    y, x = np.nonzero((response >= MIN_RESPONSE) & (response == highest))
    left, top = x + window.left, y + window.top
    inside = (left >= 0) & (left < width) & (top >= 0) & (top < height)
    x, y = x[inside], y[inside]
    order = np.argsort(-response[y, x], kind="stable")[:MAX_MINUTIAE]
    x, y = x[order], y[order]
    return Peaks(x, y, response[y, x])


def decode(peaks: Peaks, window: Window, direction: Float32Array, ending: Float32Array) -> Minutiae:
    """The minutiae of one print, best first.

    Args:
        peaks: where they are.
        window: the part of the print that was searched.
        direction: (2, N) float32, x and y of the direction, y up; any length.
        ending: (N,) float32, positive for endings, negative for bifurcations.
    """
    xy = np.stack([peaks.x + window.left, peaks.y + window.top], axis=1).astype(np.float32)
    kinds = np.where(ending >= 0, MinutiaType.ENDING, MinutiaType.BIFURCATION)
    quality = np.clip(np.rint(100 * peaks.response), 1, 100)
    return Minutiae(xy, _angle(*direction), kinds.astype(np.uint8), quality.astype(np.uint8))


def _blur(probability: Float32Array) -> Float32Array:
    size = (BLUR_SIZE, BLUR_SIZE)
    blurred = cv2.GaussianBlur(probability, size, 0, borderType=cv2.BORDER_CONSTANT)
    return np.asarray(blurred, np.float32)


def _angle(cosine: Float32Array, sine: Float32Array) -> Float32Array:
    """Radians in [0, 2 pi)."""
    turn = np.float32(2 * np.pi)
    angle = np.mod(np.arctan2(sine, cosine), turn)
    # A tiny negative angle rounds up to a whole turn.
    return np.where(angle >= turn, np.float32(0), angle)
