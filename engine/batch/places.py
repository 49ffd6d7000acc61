"""The two passes of a search for many probes at once."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np

from engine.descriptor.features import Features
from engine.gallery.code_index import CodePiece
from engine.gallery.question import Question, ask_of
from engine.gallery.segment import Int64Array, Segment
from engine.gallery.shortlist import Listed, shortlist
from engine.matcher.grouped import compare_grouped
from engine.scope import Found, Part, narrow, shortlist_size

TOGETHER = 16
"""Probes whose codes ask the index in one call: more take no less time."""

_Place = tuple[Part, CodePiece]


def list_together(
    probes: Sequence[Features], parts: Sequence[Part], threads: int
) -> list[list[Found]]:
    """For each probe the prints that deserve an exact comparison, as `shortlist_parts` finds."""
    places = [(part, piece) for part in parts for piece in part.segment.pieces]
    # alike in size, so that none asks for more than it needs
    order = np.argsort([len(probe) for probe in probes], kind="stable")
    chunks = [order[start : start + TOGETHER] for start in range(0, len(order), TOGETHER)]
    size = shortlist_size(sum(part.size for part in parts))
    chosen: dict[int, list[Found]] = {}
    with ThreadPoolExecutor(threads) as pool:
        for chunk in chunks:  # what a probe lists before the choice takes megabytes
            some = [probes[row] for row in chunk]
            listed = list(pool.map(partial(_list, ask_of(some)), places))
            found = pool.map(partial(_choose, places, size), some, zip(*listed, strict=True))
            chosen |= dict(zip(chunk.tolist(), found, strict=True))
    return [chosen[row] for row in range(len(probes))]


def _list(question: Question, place: _Place) -> list[Listed]:
    """What the first pass finds in a piece."""
    part, piece = place
    return shortlist(question, part.segment, piece, part.allowed)


def _choose(
    places: Sequence[_Place], size: int, probe: Features, listed: Sequence[Listed]
) -> list[Found]:
    """The best of what was listed for a probe, after a look at where similar minutiae lie."""
    return narrow(probe, [part.segment for part, _ in places], listed, size)


def compare_together(
    probes: Sequence[Features], listed: Sequence[Sequence[Found]], threads: int
) -> list[list[Found]]:
    """The same prints with the scores of the exact comparison, a `Found` for each segment."""
    segments: dict[Segment, list[Int64Array]] = {}
    for number, found in enumerate(listed):
        for one in found:
            wanted = segments.setdefault(one.segment, [np.zeros(0, np.int64)] * len(probes))
            wanted[number] = np.concatenate([wanted[number], one.rows])
    scored: list[list[Found]] = [[] for _ in probes]
    for segment, every in segments.items():
        content = segment.content
        scores = compare_grouped(probes, content.places, content.offsets, every, threads)
        for number, (rows, values) in enumerate(zip(every, scores, strict=True)):
            scored[number].append(Found(segment, rows, values))
    return scored
