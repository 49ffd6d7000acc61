"""Many probes with many stored prints: each print is described once for all who ask for it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import NamedTuple

import numpy as np

from engine.descriptor.features import Features, concatenate
from engine.descriptor.redescribing import Bench, UInt16Array, make_bench, redescribe
from engine.kernels import kernel
from engine.matcher.pair import PairSpace, compare_pair, make_space
from engine.matcher.pairing import Int64Array
from engine.matcher.parameters import DEFAULT
from engine.matcher.sides import Side, side_of
from engine.matcher.tables import KernelTables, tables_of
from engine.records import Float32Array
from engine.templates.quantised import Places

_PIECE = 256
"""Stored prints that a thread takes at a time."""


class Wanted(NamedTuple):
    """Comparisons in the order of the stored prints.

    Attributes:
        prints: (G,) int64, the stored prints that are wanted, each once.
        starts: (G + 1,) int64, first comparison of each.
        probes: (N,) int64, the probe of each comparison.
    """

    prints: Int64Array
    starts: Int64Array
    probes: Int64Array


def compare_grouped(
    probes: Sequence[Features],
    places: Places,
    offsets: Int64Array,
    wanted: Sequence[Int64Array],
    threads: int,
) -> list[Float32Array]:
    """Scores of several probes against stored prints, as `compare_stored` gives them.

    Args:
        probes: P prints.
        places: of many prints, one after the other.
        offsets: (G + 1,) int64, first minutia of each.
        wanted: for each probe (K,) int64, the prints to compare it with.
        threads: that share the work.
    """
    sizes = [len(one) for one in wanted]
    asking = np.repeat(np.arange(len(probes)), sizes)
    rows = np.concatenate([np.zeros(0, np.int64), *wanted])
    order = np.argsort(rows, kind="stable")
    prints, starts = np.unique(rows[order], return_index=True)
    groups = Wanted(prints, np.append(starts, len(rows)).astype(np.int64), asking[order])
    features, bounds = concatenate(list(probes))
    scores = np.zeros(len(rows), np.float32)
    work = partial(
        _compare_piece, groups, (side_of(features), bounds), (places, offsets), order, scores
    )
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, range(0, len(prints), _PIECE)))
    return np.split(scores, np.cumsum(sizes)[:-1]) if sizes else []


def _compare_piece(
    groups: Wanted,
    probes: tuple[Side, Int64Array],
    gallery: tuple[Places, Int64Array],
    order: Int64Array,
    scores: Float32Array,
    first: int,
) -> None:
    """Compare what a piece of the stored prints is wanted for."""
    places, offsets = gallery
    tables = tables_of(DEFAULT)
    start = groups.starts[first]
    part = slice(start, groups.starts[min(first + _PIECE, len(groups.prints))])
    out = np.zeros(part.stop - part.start, np.float32)
    prints = groups.prints[first : first + _PIECE]
    bounds = groups.starts[first : first + len(prints) + 1] - start
    _compare_groups(
        (prints, bounds, groups.probes[part]),
        probes,
        (places.xy, places.direction, offsets),
        make_bench(),
        tables,
        make_space(tables),
        out,
    )
    scores[order[part]] = out


@kernel
def _compare_groups(  # noqa: PLR0913 - a kernel takes plain arrays
    wanted: tuple[Int64Array, Int64Array, Int64Array],
    probes: tuple[Side, Int64Array],
    gallery: tuple[UInt16Array, UInt16Array, Int64Array],
    bench: Bench,
    tables: KernelTables,
    space: PairSpace,
    out: Float32Array,
) -> None:
    """Describe each print once and compare it with every probe that wants it."""
    prints, starts, asking = wanted
    side, bounds = probes
    xy, direction, offsets = gallery
    for k in range(len(prints)):
        start, end = offsets[prints[k]], offsets[prints[k] + 1]
        count = redescribe(xy[start:end], direction[start:end], bench)
        candidate = Side(
            bench.points[:count],
            bench.directions[:count],
            bench.cylinders[:count],
            bench.codes[:count],
        )
        for n in range(starts[k], starts[k + 1]):
            low, high = bounds[asking[n]], bounds[asking[n] + 1]
            if count and high > low:
                probe = Side(
                    side.xy[low:high],
                    side.direction[low:high],
                    side.cylinders[low:high],
                    side.codes[low:high],
                )
                out[n] = compare_pair(probe, candidate, tables, space)[0]
