"""Sweat pores: a row of small pits along each ridge."""

from __future__ import annotations

import cv2
import numpy as np

from benchmarks.synthetic.parameters import PORE_SHARE
from engine.records import Float32Array


def pore_map(relief: Float32Array, rng: np.random.Generator) -> Float32Array:
    """Scatter pores over the crests of a relief.

    Args:
        relief: (H, W) float32, -1 to 1.
        rng: where the pores fall.

    Returns:
        (H, W) float32, 1 in the middle of a pore, falling to 0 within two pixels.
    """
    cell = 5  # one candidate a cell keeps pores apart
    rows = np.arange(0, relief.shape[0] - cell, cell)
    columns = np.arange(0, relief.shape[1] - cell, cell)
    shape = (len(rows), len(columns))
    y = rows[:, None] + rng.integers(0, cell, shape)
    x = columns[None, :] + rng.integers(0, cell, shape)
    kept = (relief[y, x] > 0.8) & (rng.random(shape) < PORE_SHARE)
    marks = np.zeros_like(relief)
    marks[y[kept], x[kept]] = rng.uniform(0.3, 1.0, int(kept.sum()))
    return np.asarray(cv2.GaussianBlur(marks, (7, 7), 1.0) * (2.0 * np.pi), np.float32)
