"""Distance between neighbouring ridges over a whole finger."""

from __future__ import annotations

import numpy as np

from benchmarks.synthetic.layout import Layout
from benchmarks.synthetic.noise import smooth_noise
from benchmarks.synthetic.orientation import model_plane
from benchmarks.synthetic.parameters import (
    PERIOD_CORE_CHANGE,
    PERIOD_CREASE_CHANGE,
    PERIOD_LIMITS,
    PERIOD_MEAN,
    PERIOD_NOISE,
    PERIOD_NOISE_SCALE,
    PERIOD_SPREAD,
)
from engine.records import Float32Array


def period_map(layout: Layout, rng: np.random.Generator) -> Float32Array:
    """Draw the ridge period of a master finger.

    Returns:
        (MASTER_HEIGHT, MASTER_WIDTH) float32, pixels at 500 ppi from ridge to ridge.
    """
    z = model_plane()
    change = PERIOD_NOISE * smooth_noise(rng, z.shape, PERIOD_NOISE_SCALE)
    change = change + PERIOD_CREASE_CHANGE * np.exp(-0.5 * (z.imag / 110) ** 2)
    for core in layout.cores:
        nearness = np.exp(-0.5 * (np.abs(z - core) / 60) ** 2)
        change = change + PERIOD_CORE_CHANGE / len(layout.cores) * nearness
    period = rng.normal(PERIOD_MEAN, PERIOD_SPREAD) * (1.0 + change)
    return np.clip(period, *PERIOD_LIMITS).astype(np.float32)
