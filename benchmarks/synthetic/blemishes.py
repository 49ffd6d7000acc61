"""What mars an impression: scratches, spots without contact, wet spots."""

from __future__ import annotations

import cv2
import numpy as np

from benchmarks.synthetic.conditions import Conditions
from engine.records import Float32Array


def blemishes(
    shape: tuple[int, int], conditions: Conditions, rng: np.random.Generator
) -> Float32Array:
    """Draw marks that raise (wet) or lower (scratch, no contact) the relief.

    Returns:
        (H, W) float32 in units of ridge height.
    """
    marks = np.zeros(shape, np.float32)
    for _ in range(rng.poisson(conditions.scratches)):
        _scratch(marks, rng)
    for _ in range(rng.poisson(conditions.blots)):
        _blot(marks, rng)
    return np.asarray(cv2.GaussianBlur(marks, (0, 0), 1.2), np.float32)


def _scratch(marks: Float32Array, rng: np.random.Generator) -> None:
    """A slightly bent white line, 40 to 160 pixels long."""
    height, width = marks.shape
    start = np.array([rng.uniform(0.15, 0.85) * width, rng.uniform(0.15, 0.85) * height])
    angle = rng.uniform(0, np.pi) + np.cumsum(rng.normal(0, 0.06, 12))
    step = rng.uniform(40, 160) / 12
    line = start + np.cumsum(np.stack([np.cos(angle), np.sin(angle)], 1) * step, axis=0)
    depth, thickness = -float(rng.uniform(1.2, 3.0)), int(rng.integers(1, 3))
    cv2.polylines(marks, [np.rint(line).astype(np.int32)], False, depth, thickness)


def _blot(marks: Float32Array, rng: np.random.Generator) -> None:
    """An oval spot of 3 to 16 pixels: wet, where ridges merge, or without contact."""
    height, width = marks.shape
    centre = (int(rng.integers(width)), int(rng.integers(height)))
    axes = (int(rng.integers(3, 12)), int(rng.integers(4, 17)))
    depth = float(rng.choice([-1.6, 0.9]) * rng.uniform(0.6, 1.2))
    cv2.ellipse(marks, centre, axes, float(rng.uniform(0, 180)), 0, 360, depth, -1)
