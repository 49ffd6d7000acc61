"""A whole finger before anybody takes its print."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.synthetic.layout import Layout, sample_layout
from benchmarks.synthetic.orientation import orientation_field, to_pixels
from benchmarks.synthetic.parameters import (
    MASTER_HEIGHT,
    MASTER_WIDTH,
    OUTLINE_POWER,
)
from benchmarks.synthetic.pattern import Pattern, sample_pattern
from benchmarks.synthetic.period import period_map
from benchmarks.synthetic.pores import pore_map
from benchmarks.synthetic.ridges import grow_ridges
from engine.records import Float32Array


@dataclass(frozen=True, slots=True, eq=False)
class Master:
    """The skin of one finger, (H, W) = (MASTER_HEIGHT, MASTER_WIDTH) pixels at 500 ppi.

    Attributes:
        seed: what it was grown from.
        layout: its class and singular points.
        relief: (H, W) float32, -1 (valley) to 1 (ridge), 0 outside the skin.
        pores: (H, W) float32, 0 to 1 in the middle of a sweat pore.
        orientation: (H, W) float32, radians in [0, pi), y up.
        period: (H, W) float32, pixels from ridge to ridge.
    """

    seed: int
    layout: Layout
    relief: Float32Array
    pores: Float32Array
    orientation: Float32Array
    period: Float32Array

    @property
    def pattern(self) -> Pattern:
        """The finger's class."""
        return self.layout.pattern

    @property
    def cores(self) -> Float32Array:
        """(N, 2) float32, x and y in pixels."""
        return to_pixels(self.layout.cores)

    @property
    def deltas(self) -> Float32Array:
        """(N, 2) float32, x and y in pixels."""
        return to_pixels(self.layout.deltas)


def make_master(seed: int, pattern: Pattern | None = None) -> Master:
    """Grow a finger; the same seed and class give the same finger.

    Args:
        seed: 0 or more.
        pattern: its class; None draws one by natural frequency.
    """
    rng = np.random.default_rng(seed)
    drawn = sample_pattern(rng)
    layout = sample_layout(pattern or drawn, rng)
    orientation = orientation_field(layout, rng)
    period = period_map(layout, rng)
    relief = grow_ridges(orientation, period, skin_area(), rng)
    return Master(seed, layout, relief, pore_map(relief, rng), orientation, period)


def skin_area() -> NDArray[np.bool_]:
    """Where a master finger has skin: (H, W), a superellipse that fills the frame."""
    rows, columns = np.mgrid[:MASTER_HEIGHT, :MASTER_WIDTH]
    x = np.abs(columns / (MASTER_WIDTH - 1) * 2 - 1) ** OUTLINE_POWER
    y = np.abs(rows / (MASTER_HEIGHT - 1) * 2 - 1) ** OUTLINE_POWER
    return np.asarray(x + y < 1.0)
