"""What a search may look at, and the two passes over it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from engine.candidates import SearchRequest
from engine.descriptor.features import Features
from engine.fingers import Finger
from engine.gallery.code_index import CodePiece
from engine.gallery.gallery import Snapshot
from engine.gallery.question import Question, ask_of
from engine.gallery.segment import BoolArray, Int64Array, Segment
from engine.gallery.shards import Shard
from engine.gallery.shortlist import Listed, check_agreement, check_overlay, shortlist
from engine.gallery.visibility import shown_in
from engine.in_threads import in_threads
from engine.matcher.comparison import compare_stored
from engine.records import Float32Array

SHORTLIST_LEAST = 100
"""Prints that are compared exactly whatever the size of the gallery; see `engine.gallery.overlay`
for what a longer list would hold."""

SHORTLIST_SHARE = 0.0001
"""Prints that are compared exactly, as a share of a large gallery."""

OVERLAID = 40
"""Times as many prints are laid over the probe first. Of 245 FVC probes among a million synthetic
prints the first 100 by overlay held 97.6 % of the mates where 1500 were laid over, 98.4 % of
3000, 98.8 % of 9600."""

CHECKED = 80
"""Times as many prints have the places of their similar minutiae checked before that."""

_LARGE = 5000
"""Prints from which on several threads shorten the first pass."""

NOTHING: Int64Array = np.zeros(0, np.int64)
"""No print is hidden: for measurements, never for an answer."""

_PRINTS_A_THREAD = 20
"""Fewer prints than this are compared sooner than a thread has started."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A segment within the scope of a search.

    Attributes:
        segment: where to look.
        allowed: (P,) bool, the prints that may be found; None is all.
    """

    segment: Segment
    allowed: BoolArray | None

    @property
    def size(self) -> int:
        """Prints that may be found."""
        return len(self.segment) if self.allowed is None else int(self.allowed.sum())


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Prints of one part with their scores.

    Attributes:
        segment: where they are.
        rows: (K,) int64, rows of the prints in the segment.
        scores: (K,) float32.
    """

    segment: Segment
    rows: Int64Array
    scores: Float32Array


def choose_parts(
    snapshot: Snapshot, request: SearchRequest, finger: Finger, hidden: Int64Array = NOTHING
) -> list[Part]:
    """The segments of the shards asked for, less what is removed, hidden or another finger.

    Args:
        snapshot: the gallery now.
        request: what is asked for.
        finger: of the probe.
        hidden: (H,) int64, rising: numbers of the prints that the asker may not find.
    """
    wanted = {Shard(region, request.kind) for region in request.regions} - set(snapshot.failed)
    return [
        Part(segment, _allowed(snapshot, segment, finger, hidden))
        for segment in snapshot.segments
        if segment.shard in wanted
    ]


def _allowed(
    snapshot: Snapshot, segment: Segment, finger: Finger, hidden: Int64Array
) -> BoolArray | None:
    """(P,) bool, the prints of a segment that may be found; None is all."""
    there = _both(snapshot.alive(segment), shown_in(segment, hidden))
    return _both(there, _of_finger(segment, finger))


def _of_finger(segment: Segment, finger: Finger) -> BoolArray | None:
    """The prints that may be of this finger; those of unknown finger may."""
    if finger is Finger.UNKNOWN:
        return None
    fits: BoolArray = (segment.fingers == finger) | (segment.fingers == Finger.UNKNOWN)
    return fits


def _both(first: BoolArray | None, second: BoolArray | None) -> BoolArray | None:
    """What both allow."""
    if first is None or second is None:
        return second if first is None else first
    return first & second


def shortlist_parts(probe: Features, parts: Sequence[Part], threads: int) -> list[Found]:
    """The prints of all parts that deserve an exact comparison, by the index."""
    seen = sum(part.size for part in parts)
    size = shortlist_size(seen)
    threads = threads if seen > _LARGE else 1
    pieces = [(part, piece) for part in parts for piece in part.segment.pieces]
    listed = in_threads(partial(_shortlist, ask_of([probe])), pieces, threads)
    segments = [part.segment for part, _ in pieces]
    return narrow(probe, segments, listed, size, threads)


def narrow(
    probe: Features,
    segments: Sequence[Segment],
    listed: Sequence[Listed],
    size: int,
    threads: int = 1,
) -> list[Found]:
    """The best `size` prints of what the first pass came upon, by ever closer looks.

    Args:
        probe: features of the probe.
        segments: where each of `listed` was found.
    """
    likely = best_listed(listed, CHECKED * size)
    checked = _look(partial(_check_agreement, probe), segments, likely, threads)
    likely = best_listed(checked, OVERLAID * size)
    checked = _look(partial(_check_overlay, probe), segments, likely, threads)
    by_segment: dict[Segment, list[Listed]] = {}
    for segment, one in zip(segments, best_listed(checked, size), strict=True):
        by_segment.setdefault(segment, []).append(one)
    return [_together(segment, some) for segment, some in by_segment.items()]


def _look(
    check: Callable[[tuple[Segment, Listed]], Listed],
    segments: Sequence[Segment],
    listed: Sequence[Listed],
    threads: int,
) -> list[Listed]:
    """What was listed, with the scores of a closer look."""
    return in_threads(check, list(zip(segments, listed, strict=True)), threads)


def _together(segment: Segment, listed: Sequence[Listed]) -> Found:
    """What was listed in the pieces of a segment: compared at once, not in fifty small portions."""
    rows, scores = [one.rows for one in listed], [one.scores for one in listed]
    return Found(segment, np.concatenate(rows), np.concatenate(scores))


def shortlist_size(seen: int) -> int:
    """Prints that are compared exactly, of those that may be found."""
    return max(SHORTLIST_LEAST, round(SHORTLIST_SHARE * seen))


def best_listed(listed: Sequence[Listed], count: int) -> list[Listed]:
    """The `count` prints of highest score, and those equal to the last."""
    every = np.concatenate([one.scores for one in listed]) if listed else np.zeros(0, np.float32)
    if len(every) <= count:
        return list(listed)
    least = np.partition(every, -count)[-count]
    return [one.above(least) for one in listed]


def all_prints(parts: Sequence[Part]) -> list[Found]:
    """Every print that may be found, for an exhaustive search."""
    found = []
    for part in parts:
        allowed = np.ones(len(part.segment), bool) if part.allowed is None else part.allowed
        rows = np.flatnonzero(allowed)
        found.append(Found(part.segment, rows, np.zeros(len(rows), np.float32)))
    return found


def compare_found(probe: Features, found: Sequence[Found], threads: int) -> list[Found]:
    """The same prints with the scores of the exact comparison."""
    pieces = [piece for one in found for piece in _split(one, threads)]
    total = sum(len(one.rows) for one in found)
    few = total < 2 * _PRINTS_A_THREAD
    return in_threads(partial(_compare, probe), pieces, 1 if few else threads)


def _shortlist(question: Question, place: tuple[Part, CodePiece]) -> Listed:
    """What the first pass finds in a piece of a part."""
    part, piece = place
    (listed,) = shortlist(question, part.segment, piece, part.allowed)
    return listed


def _check_agreement(probe: Features, place: tuple[Segment, Listed]) -> Listed:
    """The same prints with the places of their similar minutiae checked."""
    return check_agreement(probe, *place)


def _check_overlay(probe: Features, place: tuple[Segment, Listed]) -> Listed:
    """The same prints, laid over the probe."""
    return check_overlay(probe, *place)


def _split(found: Found, threads: int) -> list[Found]:
    """Pieces of about equal size, one for each thread if it is worth it."""
    count = max(1, min(threads, len(found.rows) // _PRINTS_A_THREAD))
    rows, scores = np.array_split(found.rows, count), np.array_split(found.scores, count)
    return [Found(found.segment, r, s) for r, s in zip(rows, scores, strict=True)]


def _compare(probe: Features, found: Found) -> Found:
    """Exact scores of these prints."""
    content = found.segment.content
    scores = compare_stored(probe, content.places, content.offsets, found.rows)
    return Found(found.segment, found.rows, scores)
