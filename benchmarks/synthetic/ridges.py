"""Ridges that grow from scattered seeds until they cover the finger.

The method of SFinGe (Cappelli, in Maltoni et al., Handbook of Fingerprint Recognition, ch. 6):
filter again and again with the Gabor filters of the local flow. Minutiae are nobody's choice;
they remain where growing ridges meet out of step and where the flow spreads.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.synthetic.gabor import context, filter_once
from benchmarks.synthetic.noise import smooth_noise
from benchmarks.synthetic.parameters import (
    GROWTH_GAIN,
    GROWTH_STEPS,
    LINEAR_GAIN,
    RIDGE_CONTRAST,
    SEED_DENSITY,
    THICKNESS_NOISE,
    THICKNESS_NOISE_SCALE,
    WAVINESS,
    WAVINESS_SCALE,
)
from engine.records import Float32Array


def grow_ridges(
    orientation: Float32Array,
    period: Float32Array,
    skin: NDArray[np.bool_],
    rng: np.random.Generator,
) -> Float32Array:
    """Grow the relief of a master finger.

    Args:
        orientation: (H, W) radians, y up; H and W even.
        period: (H, W) pixels.
        skin: (H, W), where ridges grow.
        rng: where the seeds fall.

    Returns:
        (H, W) float32, height of the skin from -1 (valley) to 1 (ridge), 0 outside.
    """
    # Half size holds the ridges (4 to 6 pixels a period) at a sixteenth of the cost.
    half_period = np.asarray(period[::2, ::2] / 2, np.float32)
    where = context(orientation[::2, ::2], half_period, skin[::2, ::2])
    density = np.exp(rng.uniform(*np.log(SEED_DENSITY)))
    field = (rng.random(where.choice.shape) < density).astype(np.float32)
    for _ in range(GROWTH_STEPS):
        field = filter_once(field, where, GROWTH_GAIN)
    # A last step so weak that nothing saturates: plain waves, which enlarge without steps.
    waves = filter_once(field, where, LINEAR_GAIN) / LINEAR_GAIN
    relief = cv2.resize(waves, orientation.shape[::-1], interpolation=cv2.INTER_LANCZOS4)
    return _individual(np.asarray(relief, np.float32), rng) * skin


def _individual(relief: Float32Array, rng: np.random.Generator) -> Float32Array:
    """Give single ridges their small bends and their own thickness."""
    rows, columns = np.indices(relief.shape)
    shape = (relief.shape[0], relief.shape[1])
    x = np.asarray(columns + WAVINESS * smooth_noise(rng, shape, WAVINESS_SCALE), np.float32)
    y = np.asarray(rows + WAVINESS * smooth_noise(rng, shape, WAVINESS_SCALE), np.float32)
    bent = cv2.remap(relief, x, y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    thickness = THICKNESS_NOISE * smooth_noise(rng, shape, THICKNESS_NOISE_SCALE)
    return np.asarray(np.tanh(RIDGE_CONTRAST * (bent + thickness)), np.float32)
