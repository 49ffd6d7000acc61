"""Similarity of every cylinder of one print to every cylinder of another.

The index codes, an eighth of the data, tell which pairs are worth a look at the fine cylinders.
There, gamma = 1 - |a xor b| / (|a| + |b|), with |.| the root of the number of bits within the cells
that both cylinders have. Source: TPAMI 2010, section 4.4 (bit-based).
"""

from __future__ import annotations

import math

import numpy as np

from engine.descriptor.cylinders import UInt64Array
from engine.kernels import kernel, popcount
from engine.matcher.sides import Side
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
def code_bits(codes: UInt64Array, row: int) -> int:
    """Number of bits in one index code of four words."""
    return (  # type: ignore[no-any-return]
        popcount(codes[row, 0])
        + popcount(codes[row, 1])
        + popcount(codes[row, 2])
        + popcount(codes[row, 3])
    )


@kernel
def fill_similarity(
    a: Side, b: Side, tables: KernelTables, norms: Float32Array, out: Float32Array
) -> None:
    """Similarity of every minutia of a to every minutia of b.

    Args:
        a, b: prints with A and B minutiae.
        tables: see `KernelTables`.
        norms: (>= B,) float32, working space.
        out: (A, B) float32, filled; 0 where directions or codes differ too much.
    """
    turn = np.float32(2 * math.pi)
    for j in range(len(b.direction)):
        norms[j] = tables.root[code_bits(b.codes, j)]
    for i in range(len(a.direction)):
        norm = tables.root[code_bits(a.codes, i)]
        word0, word1, word2, word3 = a.codes[i]
        for j in range(len(b.direction)):
            out[i, j] = 0
            apart = abs(a.direction[i] - b.direction[j])
            if min(apart, turn - apart) > tables.max_turn:
                continue
            differing = (
                popcount(word0 ^ b.codes[j, 0])
                + popcount(word1 ^ b.codes[j, 1])
                + popcount(word2 ^ b.codes[j, 2])
                + popcount(word3 ^ b.codes[j, 3])
            )
            if tables.root[differing] <= tables.max_code_distance * (norm + norms[j]):
                out[i, j] = gamma(a.cylinders[i], b.cylinders[j], tables)
