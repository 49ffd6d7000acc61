"""Smooth random fields: what varies slowly over skin, pressure or a sensor."""

from __future__ import annotations

import cv2
import numpy as np

from engine.records import Float32Array


def smooth_noise(rng: np.random.Generator, shape: tuple[int, int], scale: int) -> Float32Array:
    """Draw a smooth field: normal values on a coarse grid, joined by cubic interpolation.

    Args:
        rng: where the randomness comes from.
        shape: height and width in pixels.
        scale: distance of the grid points in pixels.

    Returns:
        (H, W) float32, mean about 0 and standard deviation about 0.8.
    """
    height, width = shape
    grid = rng.standard_normal((height // scale + 4, width // scale + 4), np.float32)
    size = (grid.shape[1] * scale, grid.shape[0] * scale)
    field = cv2.resize(grid, size, interpolation=cv2.INTER_CUBIC)
    top, left = rng.integers(scale, 2 * scale, 2)
    return np.asarray(field[top : top + height, left : left + width], np.float32)


def grain(rng: np.random.Generator, shape: tuple[int, int], sigma: float) -> Float32Array:
    """Draw fine noise blurred to `sigma` pixels, (H, W) float32 of mean 0 and deviation 1."""
    white = rng.standard_normal(shape, np.float32)
    blurred = cv2.GaussianBlur(white, (0, 0), sigma)
    # A Gaussian of that width leaves 1 / (2 sqrt(pi) sigma) of white noise's deviation.
    return np.asarray(blurred * (2.0 * np.sqrt(np.pi) * sigma), np.float32)
