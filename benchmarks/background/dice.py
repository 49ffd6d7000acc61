"""Random numbers inside kernels: every finger has its own stream, whoever draws it and when.

SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): one word of state, any word is a good seed, and
numpy's generators would cost more to seed than a finger costs to draw.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from engine.kernels import kernel

State = NDArray[np.uint64]
"""(1,) uint64; each draw changes it."""


@kernel
def _mix(word: np.uint64) -> np.uint64:
    """Scatter the bits of a word."""
    word = (word ^ (word >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    word = (word ^ (word >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return word ^ (word >> np.uint64(31))


@kernel
def reseed(state: State, seed: int, what: int, number: int) -> None:
    """Begin the stream of one thing: a person, a finger or an impression, by its number."""
    word = _mix(np.uint64(seed) + np.uint64(0x9E3779B97F4A7C15))
    word = _mix(word ^ (np.uint64(what) * np.uint64(0xD1B54A32D192ED03)))
    state[0] = _mix(word ^ (np.uint64(number) + np.uint64(0x632BE59BD9B4E019)))


@kernel
def uniform(state: State) -> float:
    """Draw from [0, 1)."""
    state[0] += np.uint64(0x9E3779B97F4A7C15)
    return np.float64(_mix(state[0]) >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@kernel
def between(state: State, low: float, high: float) -> float:
    """Draw evenly from [low, high)."""
    return low + (high - low) * uniform(state)


@kernel
def normal(state: State) -> float:
    """Draw from the standard normal distribution (Box and Muller)."""
    length = math.sqrt(-2.0 * math.log(1.0 - uniform(state)))
    return length * math.cos(2.0 * math.pi * uniform(state))


@kernel
def poisson(state: State, mean: float) -> int:
    """Draw a count of mean `mean`, for small means (Knuth)."""
    limit, product, count = math.exp(-mean), uniform(state), 0
    while product > limit:
        product *= uniform(state)
        count += 1
    return count
