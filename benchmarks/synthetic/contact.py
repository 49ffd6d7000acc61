"""Where and how firmly the finger touches the sensor."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from benchmarks.synthetic.conditions import Conditions
from benchmarks.synthetic.noise import smooth_noise
from benchmarks.synthetic.placement import PAD_CENTRE, Placement
from engine.records import Float32Array

Float64 = NDArray[np.float64]

HALF_WIDTH = 142.0
HALF_LENGTH_UP = 205.0
HALF_LENGTH_DOWN = 190.0
"""A flat index finger touches about 14 x 20 mm; pixels from the middle of the pad."""

ROUNDNESS = 2.3
"""Power of the superellipse: 2 is an oval, more is boxier."""


def firmness(
    placement: Placement, conditions: Conditions, rng: np.random.Generator
) -> Float32Array:
    """Compute what pressure adds to the relief before it is cut into black and white.

    Returns:
        (H, W) float32 in units of ridge height: near the moisture drawn inside the contact,
        falling steeply outside until nothing touches.
    """
    shape = placement.x.shape
    length, width = rng.uniform(*conditions.area, 2)
    middle = PAD_CENTRE + placement.off_centre
    x = (placement.x - middle.real) / (HALF_WIDTH * width)
    down = placement.y - middle.imag
    y = down / (length * np.where(down < 0, HALF_LENGTH_UP, HALF_LENGTH_DOWN))
    rim = np.abs(x) ** ROUNDNESS + np.abs(y) ** ROUNDNESS
    rim = rim + 0.05 * smooth_noise(rng, shape, 60) + 0.03 * smooth_noise(rng, shape, 16)
    moisture = rng.uniform(*conditions.moisture)
    pressure = moisture + conditions.unevenness * smooth_noise(rng, shape, 70)
    return np.asarray(pressure - _falling(rim), np.float32)


def _falling(rim: Float64) -> Float64:
    """Loss of contact: nothing well inside the rim, two ridge heights a little beyond it."""
    return np.asarray(0.25 * np.clip(rim, 0, 1) ** 4 + 9.0 * np.clip(rim - 0.94, 0, None))
