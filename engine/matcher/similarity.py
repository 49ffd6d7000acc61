"""Similarity of every cylinder of one print to every cylinder of another.

gamma = 1 - |a xor b| / (|a| + |b|), with |.| the root of the number of bits within the cells
that both cylinders have. Source: TPAMI 2010, section 4.4 (bit-based).
"""

from __future__ import annotations

import math

import numpy as np

from engine.descriptor.cylinders import UInt64Array
from engine.kernels import kernel, popcount
from engine.matcher.tables import KernelTables
from engine.records import Float32Array

WORDS = 16
_FIELD = 0xFFFF


@kernel
def counts(a: UInt64Array, b: UInt64Array) -> int:
    """Four bit counts of two cylinders, 16 bits each, from the lowest: in a, in b, apart, common.

    They are summed in one word, so that the loop needs a single sum over its vector lanes.

    Args:
        a, b: (32,) uint64, 16 words of bits, then 16 words of mask.
    """
    total = 0
    for w in range(WORDS):
        mask = a[WORDS + w] & b[WORDS + w]
        in_a, in_b = popcount(a[w] & mask), popcount(b[w] & mask)
        apart = popcount((a[w] ^ b[w]) & mask)
        total += in_a + (in_b << 16) + (apart << 32) + (popcount(mask) << 48)
    return total


@kernel
def gamma(a: UInt64Array, b: UInt64Array, tables: KernelTables) -> float:
    """Similarity of two cylinders in [0, 1]; 0 if they share too few cells."""
    packed = counts(a, b)
    norm = tables.root[packed & _FIELD] + tables.root[(packed >> 16) & _FIELD]
    if packed >> 48 < tables.min_common or norm == 0:
        return np.float32(0)  # type: ignore[return-value]
    return np.float32(1) - tables.root[(packed >> 32) & _FIELD] / norm  # type: ignore[no-any-return]


@kernel
def fill_similarity(
    direction_a: Float32Array,
    cylinders_a: UInt64Array,
    direction_b: Float32Array,
    cylinders_b: UInt64Array,
    tables: KernelTables,
    out: Float32Array,
) -> None:
    """Similarity of every minutia of a to every minutia of b.

    Args:
        direction_a, direction_b: (A,) and (B,) float32, radians.
        cylinders_a, cylinders_b: (A, 32) and (B, 32) uint64.
        tables: see `KernelTables`.
        out: (A, B) float32, filled; 0 where the directions differ too much.
    """
    turn = np.float32(2 * math.pi)
    for i in range(len(direction_a)):
        for j in range(len(direction_b)):
            apart = abs(direction_a[i] - direction_b[j])
            out[i, j] = 0
            if min(apart, turn - apart) <= tables.max_turn:
                out[i, j] = gamma(cylinders_a[i], cylinders_b[j], tables)
