"""The same searches without an index: what the index costs in hits."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import numpy as np

from benchmarks.protocols.base import telling
from benchmarks.scale.probes import MatedProbe
from engine.descriptor.features import Features, concatenate, describe
from engine.gallery.code_index import ScannedCodes, scan
from engine.gallery.gallery import Snapshot
from engine.gallery.print_store import prints_of
from engine.gallery.question import ask_of
from engine.gallery.segment import Int64Array, Segment, coded_rows, features_of
from engine.gallery.shortlist import Listed, check_agreement, check_overlay, shortlist
from engine.matcher.comparison import compare_many
from engine.records import Float32Array
from engine.scope import CHECKED, OVERLAID, Found, best_listed, compare_found, shortlist_size
from engine.search import Searcher

_PORTION = 2000
"""Prints whose fine cylinders are held at a time: 20 MB."""


def compare_everything(searcher: Searcher, probes: Sequence[MatedProbe]) -> list[int]:
    """Rank of each probe's mate by exact comparison with every print."""
    snapshot = searcher.gallery.snapshot()
    described = [describe(probe.template.minutiae) for probe in probes]
    mates = [_mate_scores(searcher, snapshot, p, d) for p, d in zip(probes, described, strict=True)]
    above = np.zeros(len(probes), np.int64)
    total = sum(map(len, snapshot.segments))
    with (
        telling("Comparing everything", total) as progress,
        ThreadPoolExecutor(searcher.threads) as pool,
    ):
        for segment in snapshot.segments:
            for start in range(0, len(segment), _PORTION):
                rows = range(start, min(start + _PORTION, len(segment)))
                features, offsets = concatenate([features_of(segment, row) for row in rows])
                count = partial(_above, features, offsets)
                above += list(pool.map(count, described, mates))
                progress(len(rows))
    return [int(1 + better) if mate > 0 else 0 for better, mate in zip(above, mates, strict=True)]


def _above(features: Features, offsets: Int64Array, probe: Features, mate: float) -> int:
    """Number of prints that score higher than the mate."""
    rows = np.arange(len(offsets) - 1, dtype=np.int64)
    return int((compare_many(probe, features, offsets, rows) > np.float32(mate)).sum())


def _mate_scores(
    searcher: Searcher, snapshot: Snapshot, probe: MatedProbe, described: Features
) -> float:
    """Score of the probe's mate."""
    with searcher.gallery.catalogue.reading() as connection:
        numbers = [record.id for record in prints_of(connection, probe.person)]
    scores = [0.0]
    for segment in snapshot.segments:
        rows = np.flatnonzero(np.isin(segment.prints, numbers)).astype(np.int64)
        found = compare_found(described, [Found(segment, rows, np.zeros(len(rows), np.float32))], 1)
        scores += [float(score) for one in found for score in one.scores]
    return max(scores)


def scan_everything(searcher: Searcher, probes: Sequence[MatedProbe]) -> list[tuple[bool, int]]:
    """Whether each mate is in the shortlist, and its rank, where all codes are compared.

    One segment at a time, so that memory holds the codes of one.
    """
    described = [describe(probe.template.minutiae) for probe in probes]
    snapshot = searcher.gallery.snapshot()
    size = shortlist_size(sum(map(len, snapshot.segments)))
    listed: list[list[tuple[Segment, Listed]]] = [[] for _ in probes]
    total = len(probes) * len(snapshot.segments)
    with (
        telling("Scanning all codes", total) as progress,
        ThreadPoolExecutor(searcher.threads) as pool,
    ):
        for segment in snapshot.segments:
            piece = scan(*coded_rows(segment.content))
            work = partial(_scan, segment, piece, size)
            for number, one in enumerate(pool.map(work, described)):
                listed[number].append((segment, one))
                progress(1)
    return [
        _place(searcher, probe, _compare(one, there, size, searcher.threads))
        for probe, one, there in zip(probes, described, listed, strict=True)
    ]


def _scan(segment: Segment, piece: ScannedCodes, size: int, probe: Features) -> Listed:
    """What a comparison with all codes of a segment lists, checked and laid over the probe."""
    everything = ask_of([probe], most=len(probe))
    found = shortlist(everything, replace(segment, pieces=(piece,)), piece, None)
    (likely,) = best_listed(found, CHECKED * size)
    (likely,) = best_listed([check_agreement(probe, segment, likely)], OVERLAID * size)
    return check_overlay(probe, segment, likely)


def _compare(
    probe: Features, listed: Sequence[tuple[Segment, Listed]], size: int, threads: int
) -> list[Found]:
    """The best of what was listed, with exact scores."""
    chosen = best_listed([one for _, one in listed], size)
    found = [
        Found(segment, one.rows, one.scores)
        for (segment, _), one in zip(listed, chosen, strict=True)
    ]
    return compare_found(probe, found, threads)


def _place(searcher: Searcher, probe: MatedProbe, scored: Sequence[Found]) -> tuple[bool, int]:
    """Whether the mate was compared, and its rank."""
    with searcher.gallery.catalogue.reading() as connection:
        mates = [record.id for record in prints_of(connection, probe.person)]
    numbers: Int64Array = np.concatenate([one.segment.prints[one.rows] for one in scored])
    scores: Float32Array = np.concatenate([one.scores for one in scored])
    mine = np.isin(numbers, mates)
    best = scores[mine].max(initial=0)
    rank = 1 + int((scores[~mine] > best).sum()) if best > 0 else 0
    return bool(mine.any()), rank
