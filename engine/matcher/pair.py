"""Two prints: similarity, pairing, relaxation, score."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from engine.kernels import kernel
from engine.matcher.pairing import Int32Array, Int64Array, pair_greedily
from engine.matcher.relaxation import compatibility, relax
from engine.matcher.sides import Side
from engine.matcher.similarity import fill_similarity
from engine.matcher.tables import KernelTables
from engine.records import MAX_MINUTIAE, Float32Array


class PairSpace(NamedTuple):
    """Working memory of one thread, so that no pair allocates."""

    similarity: Float32Array
    norms: Float32Array
    order: Int32Array
    first: Int64Array
    second: Int64Array
    pairs: Float32Array
    start: Float32Array
    value: Float32Array
    rho: Float32Array
    chosen: Int64Array


def make_space(tables: KernelTables) -> PairSpace:
    """Working memory for prints of the largest size."""
    pairs = tables.max_relaxed
    return PairSpace(
        similarity=np.empty(MAX_MINUTIAE**2, np.float32),
        norms=np.empty(MAX_MINUTIAE, np.float32),
        order=np.empty(MAX_MINUTIAE**2, np.int32),
        first=np.empty(pairs, np.int64),
        second=np.empty(pairs, np.int64),
        pairs=np.empty((6, pairs), np.float32),
        start=np.empty(pairs, np.float32),
        value=np.empty(pairs, np.float32),
        rho=np.empty((pairs, pairs), np.float32),
        chosen=np.empty(pairs, np.int64),
    )


@kernel
def _precedes(a: Side, b: Side) -> bool:
    """A fixed order of two prints, so that the score does not depend on which is the probe."""
    if len(a.xy) != len(b.xy):
        return len(a.xy) < len(b.xy)
    for i in range(len(a.xy)):
        if a.direction[i] != b.direction[i]:
            return a.direction[i] < b.direction[i]  # type: ignore[no-any-return]
        if a.xy[i, 0] != b.xy[i, 0]:
            return a.xy[i, 0] < b.xy[i, 0]  # type: ignore[no-any-return]
        if a.xy[i, 1] != b.xy[i, 1]:
            return a.xy[i, 1] < b.xy[i, 1]  # type: ignore[no-any-return]
    return True


@kernel
def _gather(a: Side, b: Side, similarity: Float32Array, space: PairSpace, count: int) -> None:
    """Copy what relaxation needs of the chosen pairs next to each other."""
    for p in range(count):
        i, j = space.first[p], space.second[p]
        space.pairs[0, p], space.pairs[1, p] = a.xy[i, 0], a.xy[i, 1]
        space.pairs[2, p], space.pairs[3, p] = b.xy[j, 0], b.xy[j, 1]
        turn = b.direction[j] - a.direction[i]
        space.pairs[4, p], space.pairs[5, p] = math.cos(turn), math.sin(turn)
        space.start[p] = similarity[i, j]


@kernel
def _choose(space: PairSpace, count: int, wanted: int) -> float:
    """Put the pairs that kept most of their value first in `chosen`; their mean value."""
    total = 0.0
    for c in range(wanted):
        best, at = np.float32(-1), 0
        for p in range(count):
            kept = space.value[p] / space.start[p]
            if kept > best:
                taken = False
                for d in range(c):
                    taken = taken or space.chosen[d] == p
                if not taken:
                    best, at = kept, p
        space.chosen[c] = at
        total += space.value[at]
    return total / wanted


@kernel
def _score(a: Side, b: Side, tables: KernelTables, space: PairSpace) -> tuple[float, int]:
    """Score of two prints in their fixed order, and the number of pairs that made it."""
    n_a, n_b = len(a.xy), len(b.xy)
    similarity = space.similarity[: n_a * n_b].reshape(n_a, n_b)
    fill_similarity(a, b, tables, space.norms, similarity)
    limit = min(tables.max_relaxed, n_a, n_b)
    count = pair_greedily(similarity, limit, space.order, space.first, space.second)
    wanted = tables.scored[min(n_a, n_b)]
    if count == 0:
        return 0.0, 0
    _gather(a, b, similarity, space, count)
    compatibility(space.pairs[:, :count], tables, space.rho)
    relax(space.rho, space.start[:count], tables.rounds, tables.inertia, space.value[:count])
    made_of = min(count, wanted)
    return _choose(space, count, made_of) * made_of / wanted, made_of


@kernel
def compare_pair(
    probe: Side, candidate: Side, tables: KernelTables, space: PairSpace
) -> tuple[float, int, bool]:
    """Score, number of scored pairs, and whether `first` and `second` are swapped."""
    if _precedes(probe, candidate):
        score, count = _score(probe, candidate, tables, space)
        return score, count, False
    score, count = _score(candidate, probe, tables, space)
    return score, count, True
