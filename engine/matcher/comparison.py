"""Compare one print with many: similarity, pairing, relaxation, score."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from engine.descriptor.features import Features
from engine.descriptor.redescribing import Bench, UInt16Array, make_bench, redescribe
from engine.kernels import kernel
from engine.matcher.pairing import Int32Array, Int64Array, pair_greedily
from engine.matcher.parameters import DEFAULT, MatchParameters
from engine.matcher.relaxation import compatibility, relax
from engine.matcher.sides import Side, side_of
from engine.matcher.similarity import fill_similarity
from engine.matcher.tables import KernelTables, tables_of
from engine.records import MAX_MINUTIAE, Float32Array
from engine.templates.quantised import Places


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """A score and the pairs that made it.

    Attributes:
        score: 0 (nothing in common) to 1.
        pairs: (P, 2) int64, rows of the paired minutiae in the features of probe and candidate,
            the most supported first.
        weights: (P,) float32, value of each pair after relaxation.
    """

    score: float
    pairs: Int64Array
    weights: Float32Array


class _Space(NamedTuple):
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


def compare_many(
    probe: Features,
    gallery: Features,
    offsets: Int64Array,
    prints: Int64Array,
    parameters: MatchParameters = DEFAULT,
) -> Float32Array:
    """Scores of a probe against chosen prints of a gallery.

    Args:
        probe: features of one print.
        gallery: features of many prints, one after the other.
        offsets: (G + 1,) int64, first row of each print.
        prints: (K,) int64, the prints to compare with.

    Returns:
        (K,) float32, 0 to 1.
    """
    out = np.zeros(len(prints), np.float32)
    if len(probe) and len(prints):
        tables = tables_of(parameters)
        _compare_many(
            side_of(probe), side_of(gallery), offsets, prints, tables, _space(tables), out
        )
    return out


def compare_stored(
    probe: Features,
    places: Places,
    offsets: Int64Array,
    prints: Int64Array,
    parameters: MatchParameters = DEFAULT,
) -> Float32Array:
    """Scores of a probe against chosen prints of which only the minutiae's places are kept.

    Args:
        probe: features of one print.
        places: of many prints, one after the other.
        offsets: (G + 1,) int64, first minutia of each print.
        prints: (K,) int64, the prints to compare with.

    Returns:
        (K,) float32, 0 to 1, as `compare` of the described prints gives.
    """
    out = np.zeros(len(prints), np.float32)
    if len(probe) and len(prints):
        tables = tables_of(parameters)
        gallery = (places.xy, places.direction, offsets, prints)
        _compare_stored(side_of(probe), gallery, make_bench(), tables, _space(tables), out)
    return out


def compare(probe: Features, candidate: Features, parameters: MatchParameters = DEFAULT) -> Scored:
    """Score of two prints with the pairs that made it."""
    if not len(probe) or not len(candidate):
        return Scored(0.0, np.zeros((0, 2), np.int64), np.zeros(0, np.float32))
    tables = tables_of(parameters)
    space = _space(tables)
    score, count, swapped = _compare_pair(side_of(probe), side_of(candidate), tables, space)
    chosen = space.chosen[:count]
    pairs = np.stack([space.first[chosen], space.second[chosen]], axis=1)
    return Scored(float(score), pairs[:, ::-1] if swapped else pairs, space.value[chosen])


def _space(tables: KernelTables) -> _Space:
    """Working memory for prints of the largest size."""
    pairs = tables.max_relaxed
    return _Space(
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
def _gather(a: Side, b: Side, similarity: Float32Array, space: _Space, count: int) -> None:
    """Copy what relaxation needs of the chosen pairs next to each other."""
    for p in range(count):
        i, j = space.first[p], space.second[p]
        space.pairs[0, p], space.pairs[1, p] = a.xy[i, 0], a.xy[i, 1]
        space.pairs[2, p], space.pairs[3, p] = b.xy[j, 0], b.xy[j, 1]
        turn = b.direction[j] - a.direction[i]
        space.pairs[4, p], space.pairs[5, p] = math.cos(turn), math.sin(turn)
        space.start[p] = similarity[i, j]


@kernel
def _choose(space: _Space, count: int, wanted: int) -> float:
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
def _score(a: Side, b: Side, tables: KernelTables, space: _Space) -> tuple[float, int]:
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
def _compare_pair(
    probe: Side, candidate: Side, tables: KernelTables, space: _Space
) -> tuple[float, int, bool]:
    """Score, number of scored pairs, and whether `first` and `second` are swapped."""
    if _precedes(probe, candidate):
        score, count = _score(probe, candidate, tables, space)
        return score, count, False
    score, count = _score(candidate, probe, tables, space)
    return score, count, True


@kernel
def _compare_many(  # noqa: PLR0913 - a kernel takes plain arrays
    probe: Side,
    gallery: Side,
    offsets: Int64Array,
    prints: Int64Array,
    tables: KernelTables,
    space: _Space,
    out: Float32Array,
) -> None:
    """Scores of a probe against chosen prints."""
    for k in range(len(prints)):
        start, end = offsets[prints[k]], offsets[prints[k] + 1]
        if start == end:
            continue
        candidate = Side(
            gallery.xy[start:end],
            gallery.direction[start:end],
            gallery.cylinders[start:end],
            gallery.codes[start:end],
        )
        out[k] = _compare_pair(probe, candidate, tables, space)[0]


@kernel
def _compare_stored(
    probe: Side,
    gallery: tuple[UInt16Array, UInt16Array, Int64Array, Int64Array],
    bench: Bench,
    tables: KernelTables,
    space: _Space,
    out: Float32Array,
) -> None:
    """Scores of a probe against chosen prints, each described anew."""
    xy, direction, offsets, prints = gallery
    for k in range(len(prints)):
        start, end = offsets[prints[k]], offsets[prints[k] + 1]
        count = redescribe(xy[start:end], direction[start:end], bench)
        if count:
            candidate = Side(
                bench.points[:count],
                bench.directions[:count],
                bench.cylinders[:count],
                bench.codes[:count],
            )
            out[k] = _compare_pair(probe, candidate, tables, space)[0]
