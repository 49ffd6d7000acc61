"""The five classes of Henry's system and how often nature makes them."""

from __future__ import annotations

from enum import Enum

import numpy as np


class Pattern(Enum):
    """Class of a finger's ridge flow."""

    ARCH = "arch"
    TENTED_ARCH = "tented_arch"
    LEFT_LOOP = "left_loop"
    RIGHT_LOOP = "right_loop"
    WHORL = "whorl"


FREQUENCY = {
    Pattern.ARCH: 0.037,
    Pattern.TENTED_ARCH: 0.029,
    Pattern.LEFT_LOOP: 0.338,
    Pattern.RIGHT_LOOP: 0.317,
    Pattern.WHORL: 0.279,
}
"""Natural frequencies over all ten fingers (Wilson, Candela and Watson, 1994)."""


def sample_pattern(rng: np.random.Generator) -> Pattern:
    """Draw a class by its natural frequency."""
    patterns = list(FREQUENCY)
    return patterns[int(rng.choice(len(patterns), p=list(FREQUENCY.values())))]
