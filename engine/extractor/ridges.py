"""Where a print shows ridges, and how clearly: a Fourier analysis of small blocks.

A block of clear ridges is nearly one wave: its spectrum is one pair of peaks at the ridge
period, and its neighbours hold nearly the same wave. Noise spreads evenly, pictures gather
at long periods, writing turns from block to block. One cheap measure thus serves both the
quality and the refusal of other images.
Source of the idea: S. Chikkerur et al., "Fingerprint enhancement using STFT analysis",
Pattern Recognition 40 (2007).
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.extractor.parameters import (
    BLOCK,
    BLOCK_STEP,
    MAX_PERIOD,
    MIN_CLARITY,
    MIN_CONTRAST,
    MIN_FLOW,
    MIN_PERIOD,
    SHRINKING,
)
from engine.records import Float32Array, UInt8Array


@dataclass(frozen=True, slots=True, eq=False)
class RidgeField:
    """The ridges of a print on a grid of overlapping blocks of 32x32 pixels, 16 apart.

    Attributes:
        seen: (rows, columns) bool, blocks with any contrast.
        ridged: (rows, columns) bool, seen blocks with clear ridges that flow on.
        clarity: (rows, columns) float32, 0..1: the share of the variance that the strongest
            wave carries; 0 if that is longer than ridges are apart.
        flow: (rows, columns) float32, 0..1: how far the waves of a block and its eight
            neighbours agree in direction.
    """

    seen: NDArray[np.bool_]
    ridged: NDArray[np.bool_]
    clarity: Float32Array
    flow: Float32Array


@dataclass(frozen=True, slots=True, eq=False)
class _Waves:
    """The strongest wave of each block.

    Attributes:
        period: (rows, columns) float32, pixels at 500 ppi.
        angle: (rows, columns) float32, radians: where the wave travels, from +x, y down.
        share: (rows, columns) float32, 0..1: its part of the block's variance.
    """

    period: Float32Array
    angle: Float32Array
    share: Float32Array


def measure_ridges(pixels: UInt8Array) -> RidgeField:
    """Analyse a print, (H, W) uint8 at 500 ppi, both sides at least 32 pixels."""
    blocks = _cut_blocks(pixels)
    seen = blocks.std(axis=(2, 3)) >= MIN_CONTRAST
    waves = _find_waves(blocks)
    share = np.where(seen, waves.share, np.float32(0))
    # A block whose strongest wave is too long is no ridge block, whatever else it holds.
    clarity = np.where(waves.period <= MAX_PERIOD, share, np.float32(0))
    flow = _measure_flow(clarity, waves.angle, share)
    return RidgeField(seen, (clarity >= MIN_CLARITY) & (flow >= MIN_FLOW), clarity, flow)


TAPER = np.outer(np.hanning(BLOCK + 2)[1:-1], np.hanning(BLOCK + 2)[1:-1]).astype(np.float32)
"""Fades a block towards its rim, so that the rim makes no waves of its own."""

ROWS, COLUMNS = (
    axis.ravel().astype(np.float32)
    for axis in np.mgrid[-BLOCK // 2 : BLOCK // 2, -BLOCK // 2 : BLOCK // 2]
)
"""Waves a block along y and along x, of each place of a flat, shifted spectrum."""

CANDIDATES = np.flatnonzero(
    # The lower half of a spectrum repeats the upper one.
    ((ROWS > 0) | ((ROWS == 0) & (COLUMNS > 0)))
    & (np.hypot(ROWS, COLUMNS) <= BLOCK * SHRINKING / MIN_PERIOD)
)
"""Places of the waves that are no finer than ridges."""

NEIGHBOURS = (BLOCK * np.arange(-1, 2)[:, None] + np.arange(-1, 2)).ravel()
"""Steps to a place and its eight neighbours in a flat spectrum."""


def _cut_blocks(pixels: UInt8Array) -> Float32Array:
    """(rows, columns, BLOCK, BLOCK) float32 blocks of the shrunk print."""
    scale = 1 / SHRINKING
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    views = np.lib.stride_tricks.sliding_window_view(small.astype(np.float32), (BLOCK, BLOCK))
    return views[::BLOCK_STEP, ::BLOCK_STEP]


def _find_waves(blocks: Float32Array) -> _Waves:
    power = _transform(blocks)
    strongest = CANDIDATES[power[..., CANDIDATES].argmax(axis=2)]
    # The taper smears a wave over its neighbours in the spectrum: their centre of gravity
    # is the wave, finer than the spectrum's grid.
    near = (strongest[..., None] + NEIGHBOURS) % BLOCK**2
    energy = np.take_along_axis(power, near, axis=2)
    total = np.maximum(energy.sum(axis=2), np.float32(1e-6))
    along_y = (energy * ROWS[near]).sum(axis=2) / total
    along_x = (energy * COLUMNS[near]).sum(axis=2) / total
    return _Waves(
        BLOCK * SHRINKING / np.maximum(np.hypot(along_x, along_y), np.float32(0.1)),
        np.arctan2(along_y, along_x),
        # Twice, for the wave's mirror in the other half.
        np.minimum(2 * total / np.maximum(power.sum(axis=2), np.float32(1e-6)), 1),
    )


def _transform(blocks: Float32Array) -> Float32Array:
    """(rows, columns, BLOCK * BLOCK) float32: shifted power spectra."""
    mean = (blocks * TAPER).sum(axis=(2, 3), keepdims=True) / TAPER.sum()
    spectrum = np.fft.fftshift(np.fft.fft2((blocks - mean) * TAPER), axes=(2, 3))
    power = spectrum.real**2 + spectrum.imag**2
    return np.asarray(power.reshape(*power.shape[:2], -1), np.float32)


def _measure_flow(clarity: Float32Array, angle: Float32Array, share: Float32Array) -> Float32Array:
    """Length of the sum of the doubled directions of 3x3 blocks, weighted by clarity.

    It is set against all waves around, the too long ones included: those speak against ridges.
    """
    along = _sum_around(clarity * np.cos(2 * angle))
    across = _sum_around(clarity * np.sin(2 * angle))
    strength = np.hypot(along, across) / np.maximum(_sum_around(share), np.float32(1e-6))
    return np.asarray(strength, np.float32)


def _sum_around(values: Float32Array) -> Float32Array:
    summed = cv2.boxFilter(values, -1, (3, 3), normalize=False, borderType=cv2.BORDER_CONSTANT)
    return np.asarray(summed, np.float32)
