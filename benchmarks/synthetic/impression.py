"""A print of a finger: the skin placed, pressed, and seen by a sensor."""

from __future__ import annotations

import cv2
import numpy as np

from benchmarks.synthetic.blemishes import blemishes
from benchmarks.synthetic.conditions import EVERYDAY, Conditions
from benchmarks.synthetic.contact import firmness
from benchmarks.synthetic.master import Master
from benchmarks.synthetic.noise import grain
from benchmarks.synthetic.placement import Placement, place
from benchmarks.synthetic.sensor import expose
from engine.records import Float32Array, UInt8Array


def make_impression(master: Master, seed: int, conditions: Conditions = EVERYDAY) -> UInt8Array:
    """Take a print; the same master, seed and conditions give the same pixels.

    Args:
        master: the finger.
        seed: 0 or more; other seeds give other impressions of the same finger.
        conditions: what may happen to it.

    Returns:
        (conditions.height, conditions.width) uint8 at 500 ppi, dark ridges on a light ground.
    """
    rng = np.random.default_rng([master.seed, seed])
    placement = place(conditions, rng)
    relief = _show(master.relief, placement)
    relief -= conditions.pores * _show(master.pores, placement)
    relief += firmness(placement, conditions, rng)
    relief += blemishes(relief.shape, conditions, rng)
    relief += conditions.roughness * _ragged(relief.shape, rng)
    return expose(relief, conditions, rng)


def _show(skin: Float32Array, placement: Placement) -> Float32Array:
    """Sample a map of the master finger at each pixel of the picture."""
    seen = cv2.remap(skin, placement.x, placement.y, cv2.INTER_LINEAR, borderValue=-1.0)
    return np.asarray(seen, np.float32)


def _ragged(shape: tuple[int, int], rng: np.random.Generator) -> Float32Array:
    """Skin at rest is not smooth: grain of pixel size, and gaps of a third of a ridge."""
    return np.asarray(0.7 * grain(rng, shape, 1.0) + 0.7 * grain(rng, shape, 2.2), np.float32)
