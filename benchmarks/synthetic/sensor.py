"""From contact to grey levels."""

from __future__ import annotations

import cv2
import numpy as np

from benchmarks.synthetic.conditions import Conditions
from benchmarks.synthetic.noise import grain, smooth_noise
from engine.records import Float32Array, UInt8Array

SHARPNESS = 2.6
"""Slope from touching to not touching, per ridge height; an optical sensor is nearly binary."""


def expose(relief: Float32Array, conditions: Conditions, rng: np.random.Generator) -> UInt8Array:
    """Turn a relief into a picture.

    Args:
        relief: (H, W) in units of ridge height; what is above 0 touches the glass.
        conditions: gives the empty sensor's grey level and the noise.
        rng: where the randomness comes from.

    Returns:
        (H, W) uint8, dark where the skin touches.
    """
    touch = 0.5 + 0.5 * np.tanh(SHARPNESS * relief)
    ink = rng.uniform(45, 85) + 14 * smooth_noise(rng, relief.shape, 60)
    paper = rng.uniform(*conditions.paper) + 3 * smooth_noise(rng, relief.shape, 120)
    grey = cv2.GaussianBlur(paper + (ink - paper) * touch, (0, 0), 0.7)
    grey += conditions.noise * grain(rng, relief.shape, 0.6)
    return np.asarray(np.clip(np.rint(grey), 0, 255), np.uint8)
