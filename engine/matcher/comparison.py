"""Compare one print with one or many."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.descriptor.features import Features
from engine.descriptor.redescribing import Bench, UInt16Array, make_bench, redescribe
from engine.kernels import kernel
from engine.matcher.pair import PairSpace, compare_pair, make_space
from engine.matcher.pairing import Int64Array
from engine.matcher.parameters import DEFAULT, MatchParameters
from engine.matcher.sides import Side, side_of
from engine.matcher.tables import KernelTables, tables_of
from engine.records import Float32Array
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
            side_of(probe), side_of(gallery), offsets, prints, tables, make_space(tables), out
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
        _compare_stored(side_of(probe), gallery, make_bench(), tables, make_space(tables), out)
    return out


def compare(probe: Features, candidate: Features, parameters: MatchParameters = DEFAULT) -> Scored:
    """Score of two prints with the pairs that made it."""
    if not len(probe) or not len(candidate):
        return Scored(0.0, np.zeros((0, 2), np.int64), np.zeros(0, np.float32))
    tables = tables_of(parameters)
    space = make_space(tables)
    score, count, swapped = compare_pair(side_of(probe), side_of(candidate), tables, space)
    chosen = space.chosen[:count]
    pairs = np.stack([space.first[chosen], space.second[chosen]], axis=1)
    return Scored(float(score), pairs[:, ::-1] if swapped else pairs, space.value[chosen])


@kernel
def _compare_many(  # noqa: PLR0913 - a kernel takes plain arrays
    probe: Side,
    gallery: Side,
    offsets: Int64Array,
    prints: Int64Array,
    tables: KernelTables,
    space: PairSpace,
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
        out[k] = compare_pair(probe, candidate, tables, space)[0]


@kernel
def _compare_stored(
    probe: Side,
    gallery: tuple[UInt16Array, UInt16Array, Int64Array, Int64Array],
    bench: Bench,
    tables: KernelTables,
    space: PairSpace,
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
            out[k] = compare_pair(probe, candidate, tables, space)[0]
