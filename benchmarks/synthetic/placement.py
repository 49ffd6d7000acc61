"""How a finger lies on the sensor: turned, shifted, and its skin dragged.

The drag follows the plastic model of Cappelli, Maio and Maltoni (ICAPR 2001): the middle of the
contact is held by pressure, the skin outside moves with the finger, and between the two it
stretches smoothly.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.synthetic.conditions import Conditions
from benchmarks.synthetic.noise import smooth_noise
from benchmarks.synthetic.parameters import CREASE_ROW, MASTER_WIDTH
from engine.records import Float32Array

Complex = NDArray[np.complex128]

PAD_CENTRE = complex(MASTER_WIDTH / 2, CREASE_ROW - 262)
"""Where a flat finger touches first: near the core of most fingers."""

HELD = 0.45
"""Radius of the held middle, as a share of the contact's half length (170 pixels)."""


@dataclass(frozen=True, slots=True, eq=False)
class Placement:
    """Which point of the skin each pixel of the picture shows.

    Attributes:
        x, y: (H, W) float32, pixels of the master finger.
        off_centre: complex, from the middle of the pad to the middle of the contact, master
            pixels.
    """

    x: Float32Array
    y: Float32Array
    off_centre: complex


def place(conditions: Conditions, rng: np.random.Generator) -> Placement:
    """Draw how the finger lies."""
    rows, columns = np.mgrid[: conditions.height, : conditions.width]
    middle = complex(conditions.width / 2, conditions.height / 2)
    middle += conditions.shift * complex(*rng.uniform(-1, 1, 2))
    angle = np.deg2rad(rng.uniform(*conditions.rotation)) * rng.choice([-1, 1])
    off_centre = _off_centre(conditions, rng)
    skin = (columns + 1j * rows - middle) * np.exp(1j * angle)
    skin = skin + _drag(skin, rng.uniform(*conditions.distortion), rng)
    skin += PAD_CENTRE + off_centre
    return Placement(skin.real.astype(np.float32), skin.imag.astype(np.float32), off_centre)


def _off_centre(conditions: Conditions, rng: np.random.Generator) -> complex:
    direction = rng.uniform(0, 2 * np.pi)
    # Half as far sideways: a finger is half as wide as it is long.
    return rng.uniform(*conditions.off_centre) * complex(0.5 * np.cos(direction), np.sin(direction))


def _drag(skin: Complex, amount: float, rng: np.random.Generator) -> Complex:
    """Displacement of the skin: (H, W) complex, about `amount` pixels at the rim."""
    distance = np.abs(skin) / 170.0
    freed = 0.5 - 0.5 * np.cos(np.pi * np.clip((distance - HELD) / (1.0 - HELD), 0.0, 1.0))
    direction = np.exp(1j * rng.uniform(0, 2 * np.pi))
    twist = rng.normal(0, 0.5) * amount / 170.0
    dragged = freed * (amount * direction + 1j * twist * skin)
    stretch = smooth_noise(rng, skin.shape, 80) + 1j * smooth_noise(rng, skin.shape, 80)
    return np.asarray(dragged + 0.25 * amount * stretch)
