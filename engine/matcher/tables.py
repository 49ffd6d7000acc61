"""Functions of the comparison as tables, so that its inner loops hold no exp, acos or sqrt."""

from __future__ import annotations

import math
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.matcher.parameters import MatchParameters, Sigmoid
from engine.records import MAX_MINUTIAE, Float32Array

STEPS = 2048
"""Entries of a sigmoid's table; its error stays below 0.003."""

BITS = 1020
"""Bits of one fine cylinder."""


class KernelTables(NamedTuple):
    """Tables and numbers of one set of parameters, as kernels take them.

    Attributes:
        root: (1021,) float32, square root of a number of bits.
        distance: (STEPS + 1,) float32, Z over a relative difference in [0, 1].
        turn, bearing: (STEPS + 1,) float32, Z(acos(c)) over a cosine c in [-1, 1].
        scored: (256,) int64, pairs that make the score, by the smaller print's minutiae.
        max_code_distance: share of the summed roots of bits by which two codes may differ.
        min_common: bits that two cylinders must share.
        max_turn: largest turn of a pair, radians.
        max_relaxed, rounds, inertia: see `MatchParameters`.
    """

    root: Float32Array
    distance: Float32Array
    turn: Float32Array
    bearing: Float32Array
    scored: NDArray[np.int64]
    max_code_distance: float
    min_common: int
    max_turn: float
    max_relaxed: int
    rounds: int
    inertia: float


@cache
def tables_of(parameters: MatchParameters) -> KernelTables:
    """The tables of these parameters."""
    angles = np.arccos(np.linspace(-1, 1, STEPS + 1))
    spread = parameters.max_scored - parameters.min_scored
    scored = [parameters.scored(n) * spread for n in range(MAX_MINUTIAE + 1)]
    return KernelTables(
        root=np.sqrt(np.arange(BITS + 1, dtype=np.float32)),
        distance=_tabulate(parameters.distance, np.linspace(0, 1, STEPS + 1)),
        turn=_tabulate(parameters.turn, angles),
        bearing=_tabulate(parameters.bearing, angles),
        scored=parameters.min_scored + np.rint(scored).astype(np.int64),
        max_code_distance=1 - parameters.min_code_similarity,
        min_common=math.ceil(parameters.min_common_cells * BITS),
        max_turn=parameters.max_turn,
        max_relaxed=parameters.max_relaxed,
        rounds=parameters.rounds,
        inertia=parameters.inertia,
    )


def _tabulate(sigmoid: Sigmoid, values: NDArray[np.float64]) -> Float32Array:
    """Values of a sigmoid as float32."""
    return np.array([sigmoid(float(value)) for value in values], np.float32)
