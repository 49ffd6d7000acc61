"""The distance between ridges, from the autocorrelation of the grey levels across them.

Source: the x-signature of Hong, Wan & Jain 1998; its first autocorrelation peak instead of a
count of its extrema, which a pore or a broken ridge would double.
"""

from __future__ import annotations

import math

import cv2
import numpy as np

from engine.extractor.classical.parameters import PERIOD, SHRINK
from engine.extractor.classical.smoothing import smooth
from engine.kernels import kernel
from engine.records import Float32Array, UInt8Array

_STEP = PERIOD.step // SHRINK
_HALF_LENGTH = PERIOD.half_length // SHRINK
_HALF_WIDTH = PERIOD.half_width // SHRINK
_LEAST_PEAK = np.float32(PERIOD.least_peak)


def estimate_period(image: Float32Array, mask: UInt8Array, angle: Float32Array) -> Float32Array:
    """Distance between ridges at each pixel: (H, W) float32, full-size px.

    `image` is normalised, at working size; `angle` in radians, y up.
    """
    measured = _measure(image, mask, angle) * np.float32(SHRINK)
    measured[(measured < PERIOD.shortest) | (measured > PERIOD.longest)] = 0
    known = (measured > 0).astype(np.float32)
    typical = float(np.median(measured[measured > 0])) if known.any() else PERIOD.typical
    first = _spread(measured, known, typical)
    known *= np.abs(measured - first) < PERIOD.outlier * first
    size = (image.shape[1], image.shape[0])
    return np.asarray(cv2.resize(_spread(measured, known, typical), size), np.float32)


def _spread(measured: Float32Array, known: Float32Array, typical: float) -> Float32Array:
    """Mean of the known neighbours; the typical period where there are none."""
    few = np.float32(0.02)
    step = PERIOD.step
    total = smooth(measured * known, PERIOD.blur, step) + few * np.float32(typical)
    return np.asarray(total / (smooth(known, PERIOD.blur, step) + few), np.float32)


@kernel
def _measure(image: Float32Array, mask: UInt8Array, angle: Float32Array) -> Float32Array:
    """Periods in working px at the centres of the grid's cells; 0 where there is none."""
    height, width = image.shape
    periods = np.zeros((max(height // _STEP, 1), max(width // _STEP, 1)), np.float32)
    signature = np.zeros(2 * _HALF_LENGTH + 1, np.float32)
    for row in range(height // _STEP):
        for column in range(width // _STEP):
            y = row * _STEP + _STEP // 2
            x = column * _STEP + _STEP // 2
            if mask[y, x]:
                _read_signature(image, x, y, angle[y, x], signature)
                periods[row, column] = _first_peak(signature)
    return periods


@kernel
def _read_signature(
    image: Float32Array, x: int, y: int, angle: float, signature: Float32Array
) -> None:
    """Grey levels on a line across the ridges, each the mean of a short way along them."""
    cosine = math.cos(angle)
    sine = math.sin(angle)
    height, width = image.shape
    for index in range(len(signature)):
        across = index - _HALF_LENGTH
        total = np.float32(0)
        for along in range(-_HALF_WIDTH, _HALF_WIDTH + 1):
            at_x = min(max(x + along * cosine + across * sine, 0.0), width - 1.001)
            at_y = min(max(y - along * sine + across * cosine, 0.0), height - 1.001)
            left = int(at_x)
            top = int(at_y)
            right = np.float32(at_x - left)
            down = np.float32(at_y - top)
            upper = image[top, left] * (1 - right) + image[top, left + 1] * right
            lower = image[top + 1, left] * (1 - right) + image[top + 1, left + 1] * right
            total += upper * (1 - down) + lower * down
        signature[index] = total / (2 * _HALF_WIDTH + 1)


@kernel
def _first_peak(signature: Float32Array) -> float:
    """Lag of the first peak of the autocorrelation after its first fall below 0, or 0."""
    length = len(signature)
    signature -= signature.mean()
    energy = np.float32((signature * signature).sum())
    if energy < 1e-3:
        return 0.0
    before = np.float32(1)
    here = np.float32(1)
    fallen = False
    for lag in range(1, length - 2):
        after = np.float32(0)
        for index in range(length - lag):
            after += signature[index] * signature[index + lag]
        after *= length / ((length - lag) * energy)
        if fallen and here > _LEAST_PEAK and here >= before and here > after:
            bend = before - 2 * here + after
            return lag - 1 + float(0.5 * (before - after) / bend)
        fallen = fallen or bool(after <= 0)
        before = here
        here = after
    return 0.0
