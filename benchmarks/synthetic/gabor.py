"""Contextual filtering: at each pixel the Gabor filter of its own orientation and period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.synthetic.parameters import (
    GABOR_SIGMA,
    GABOR_STRETCH,
    ORIENTATION_STEPS,
    PERIOD_STEPS,
)
from engine.kernels import kernel
from engine.records import Float32Array

Float64 = NDArray[np.floating[Any]]

TAPS = 16
"""Width of a filter. Its last row and column are empty: rows of 16 fill a vector register."""

REACH = 7
"""Pixels to each side of the centre."""


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """Which filter each pixel takes.

    Attributes:
        bank: (PERIOD_STEPS * ORIENTATION_STEPS, TAPS, TAPS) float32.
        choice: (H, W) int32, row of `bank`; -1 where nothing grows.
    """

    bank: Float32Array
    choice: NDArray[np.int32]


def context(orientation: Float32Array, period: Float32Array, skin: NDArray[np.bool_]) -> Context:
    """Choose a filter for each pixel.

    Args:
        orientation: (H, W) radians, y up.
        period: (H, W) pixels of this grid.
        skin: (H, W), where ridges grow.
    """
    periods = np.linspace(period.min(), period.max() + 1e-3, PERIOD_STEPS)
    step = periods[1] - periods[0]
    turn = np.rint(orientation * (ORIENTATION_STEPS / np.pi)).astype(np.int32) % ORIENTATION_STEPS
    size = np.rint((period - periods[0]) / step).astype(np.int32)
    choice = np.where(skin, size * ORIENTATION_STEPS + turn, -1).astype(np.int32)
    angles = np.arange(ORIENTATION_STEPS) * (np.pi / ORIENTATION_STEPS)
    return Context(_bank(angles, periods), choice)


def filter_once(field: Float32Array, where: Context, gain: float) -> Float32Array:
    """Filter a field once and saturate it: (H, W) float32 in -1 to 1."""
    padded = cv2.copyMakeBorder(field, REACH, REACH + 1, REACH, REACH + 1, cv2.BORDER_REFLECT_101)
    out = np.zeros_like(field)
    _apply(np.asarray(padded, np.float32), where.choice, where.bank, np.float32(gain), out)
    return out


def _bank(angles: Float64, periods: Float64) -> Float32Array:
    """Even Gabor filters without mean, each of response 1 to ridges of its own kind."""
    offsets = np.arange(TAPS) - REACH
    x, y = offsets[None, :], -offsets[:, None]
    turn = angles[None, :, None, None]
    period = periods[:, None, None, None]
    across = y * np.cos(turn) - x * np.sin(turn)
    along = x * np.cos(turn) + y * np.sin(turn)
    sigma = GABOR_SIGMA * period
    window = np.exp(-0.5 * ((across / sigma) ** 2 + (along / (GABOR_STRETCH * sigma)) ** 2))
    window[..., -1, :] = window[..., -1] = 0.0
    wave = np.cos(2.0 * np.pi * across / period)
    bank = window * (wave - _sum(window * wave) / _sum(window))
    bank /= _sum(bank * wave)
    return np.asarray(bank.reshape(-1, TAPS, TAPS), np.float32)


def _sum(taps: Float64) -> Float64:
    """Sum over each filter, shape kept for broadcasting."""
    return np.asarray(taps.sum(axis=(-2, -1), keepdims=True))


@kernel
def _apply(
    padded: Float32Array,
    choice: NDArray[np.int32],
    bank: Float32Array,
    gain: np.float32,
    out: Float32Array,
) -> None:
    # Columns outside, rows inside, and unsigned indices: so written, LLVM keeps the sixteen
    # column sums in one vector; rows first takes 2.5 times as long, signed indices 5 times.
    width = padded.shape[1]
    flat = padded.ravel()
    for y in range(choice.shape[0]):
        for x in range(choice.shape[1]):
            if choice[y, x] < 0:
                continue
            taps = bank[choice[y, x]]
            total = np.float32(0.0)
            for i in range(TAPS):
                column = np.float32(0.0)
                for j in range(TAPS):
                    place = np.uint64((y + j) * width + x + i)
                    column += taps[np.uint64(j), np.uint64(i)] * flat[place]
                total += column
            out[y, x] = np.tanh(gain * total)
