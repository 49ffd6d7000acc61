"""Contextual filtering: each pixel by the Gabor filter of its own angle and period.

Source: Hong, Wan & Jain 1998; the filters' shape after GBFEN (Cappelli 2023, pyfing), narrower.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from engine.extractor.classical.parameters import ENHANCEMENT, PERIOD, SHRINK
from engine.kernels import kernel
from engine.records import Float32Array, UInt8Array


def enhance(
    image: Float32Array, mask: UInt8Array, angle: Float32Array, period: Float32Array
) -> Float32Array:
    """Positive on ridges, negative on valleys, 0 outside the mask: (H, W) float32.

    `image` is normalised, at working size; `angle` in radians, y up; `period` in full-size px.
    A clean sine wave of deviation 1 comes out with an amplitude of about 1.
    """
    before = (ENHANCEMENT.size - 1) // 2
    after = ENHANCEMENT.size - 1 - before
    padded = np.pad(image, (before, after))
    return _filter(padded, mask, _choose(angle, period), gabor_bank())


def _choose(angle: Float32Array, period: Float32Array) -> UInt8Array:
    """Indices of the filters of each pixel: (H, W, 2) uint8, period and angle."""
    span = (PERIOD.longest - PERIOD.shortest) / (ENHANCEMENT.periods - 1)
    by_period = np.clip((period - PERIOD.shortest) / span, 0, ENHANCEMENT.periods - 1)
    by_angle = angle * (ENHANCEMENT.angles / np.pi)
    chosen = np.stack([np.rint(by_period), np.rint(by_angle) % ENHANCEMENT.angles], axis=-1)
    return chosen.astype(np.uint8)


@cache
def gabor_bank() -> Float32Array:
    """(periods, angles, size, size) float32; without mean, absolute sum 1, ridges dark."""
    periods = np.linspace(PERIOD.shortest, PERIOD.longest, ENHANCEMENT.periods) / SHRINK
    angles = np.arange(ENHANCEMENT.angles) * np.pi / ENHANCEMENT.angles
    return np.array([[_gabor(p, a) for a in angles] for p in periods], np.float32)


def _gabor(period: float, angle: float) -> Float32Array:
    reach = (ENHANCEMENT.size - 1) // 2
    taps = np.arange(ENHANCEMENT.size) - reach
    x, y = np.meshgrid(taps, taps)
    across = x * np.sin(angle) + y * np.cos(angle)
    along = x * np.cos(angle) - y * np.sin(angle)
    window = np.exp(
        -((across / (ENHANCEMENT.across * period)) ** 2) / 2
        - (along / (ENHANCEMENT.along * period)) ** 2 / 2
    )
    window *= x**2 + y**2 <= (reach + 0.5) ** 2
    wave = window * np.cos(2 * np.pi * across / period)
    wave -= window * (wave.sum() / window.sum())
    return np.asarray(-wave / np.abs(wave).sum(), np.float32)


@kernel
def _filter(
    padded: Float32Array, mask: UInt8Array, chosen: UInt8Array, bank: Float32Array
) -> Float32Array:
    height, width = mask.shape
    size = bank.shape[2]
    enhanced = np.zeros((height, width), np.float32)
    for y in range(height):
        for x in range(width):
            if mask[y, x]:
                taps = bank[chosen[y, x, 0], chosen[y, x, 1]]
                total = np.float32(0)
                for row in range(size):
                    for column in range(size):
                        total += taps[row, column] * padded[y + row, x + column]
                enhanced[y, x] = total
    return enhanced
