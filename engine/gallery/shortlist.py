"""The first pass: which prints of a segment deserve an exact comparison.

Every code of the probe asks FAISS for its nearest codes. A print's score is the sum of the
largest similarities that different probe codes found in it: a mate need share only a part of the
print, and many weak chance hits do not add up to it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.descriptor.features import Features
from engine.gallery.agreement import WEIGHT, Pairs, agreement
from engine.gallery.code_index import CodePiece
from engine.gallery.nearest import Nearest
from engine.gallery.overlay import AGREEMENT, overlay
from engine.gallery.question import Question
from engine.gallery.segment import BLOCK, BoolArray, Int64Array, Segment
from engine.kernels import kernel
from engine.records import Float32Array, UInt8Array
from engine.templates.quantised import RADIANS, UInt16Array

Int32Array = NDArray[np.int32]

SUMMED = 8
"""Similarities that make a print's score; measured best of 4 to 16."""

KEPT = 12
"""Pairs that are kept of a print, for what comes after."""

MAX_TURN = math.radians(60)
"""Largest difference of direction of two minutiae that may be one; prints stand roughly upright."""

USUAL_CODES = 40
"""Codes for which the pieces' numbers of nearest are meant. Where fewer ask, each asks for so many
more that the probe hears of as many prints: two probes of 9 and 13 minutiae found no mate among
3,248 prints without."""


@dataclass(frozen=True, slots=True, eq=False)
class Listed:
    """Prints that the first pass came upon.

    Attributes:
        rows: (K,) int64, of the prints in their segment.
        scores: (K,) float32, up to 8.
        pairs: of minutiae with similar codes.
    """

    rows: Int64Array
    scores: Float32Array
    pairs: Pairs

    def above(self, least: float) -> Listed:
        """The prints with a score from `least` on."""
        kept = self.scores >= least
        return Listed(self.rows[kept], self.scores[kept], self.pairs.rows(kept))


_NO_PAIRS = Pairs(
    np.zeros((0, KEPT), np.float32), np.zeros((0, KEPT), np.int32), np.zeros((0, KEPT), np.int64)
)
_NOBODY = Listed(np.zeros(0, np.int64), np.zeros(0, np.float32), _NO_PAIRS)


def shortlist(
    question: Question, segment: Segment, piece: CodePiece, allowed: BoolArray | None
) -> list[Listed]:
    """Prints of a piece of a segment that codes of each probe came near.

    Args:
        question: of the probes.
        segment: where to look.
        piece: one of its pieces.
        allowed: (P,) bool, the prints that may be found; None is all.
    """
    there = _prints(segment, piece, allowed)
    if not len(question.asked) or not there or not piece.size:
        return [_NOBODY] * len(question.probes)
    counts = [_count(piece, there, max(1, len(rows))) for rows in question.rows]
    nearest = piece.nearest(question.asked, max(counts), _selected(segment, piece, allowed))
    # the nearest come first, so that a probe that wants fewer takes the first of them
    return [
        _list(probe, rows, segment, nearest.part(place, count))
        for count, (probe, rows, place) in zip(counts, question.parts(), strict=True)
    ]


def _list(probe: Features, asking: Int64Array, segment: Segment, nearest: Nearest) -> Listed:
    """The prints that a probe's codes came near."""
    content = segment.content
    rows, scores, best, probes, minutiae = _sum_best(
        (np.ascontiguousarray(nearest.rows), np.ascontiguousarray(nearest.similarities)),
        (asking, probe.direction),
        content.places.direction,
        (segment.block_owner, content.offsets),
    )
    return Listed(rows, scores, Pairs(best, probes, minutiae))


def check_agreement(probe: Features, segment: Segment, listed: Listed) -> Listed:
    """The prints with their scores raised by how well their pairs agree in place."""
    raised = listed.scores + np.float32(WEIGHT) * agreement(probe, listed.pairs, segment.content)
    return Listed(listed.rows, raised, listed.pairs)


def check_overlay(probe: Features, segment: Segment, listed: Listed) -> Listed:
    """The prints with scores by how well their minutiae meet the probe's, besides agreement."""
    met = overlay(probe, listed.pairs, listed.rows, segment.content)
    return Listed(listed.rows, met + np.float32(AGREEMENT) * listed.scores, listed.pairs)


def _prints(segment: Segment, piece: CodePiece, allowed: BoolArray | None) -> int:
    """Number of prints of a piece that may be found."""
    if piece.finger is None:
        return len(segment) if allowed is None else int(allowed.sum())
    mine = segment.fingers == piece.finger
    return int((mine if allowed is None else mine & allowed).sum())


def _count(piece: CodePiece, there: int, asking: int) -> int:
    """Nearest codes that each of the probe's `asking` codes wants, of `there` prints.

    Prints that may not be found do not count: they must change no answer.
    """
    each = max(piece.place_least, round(piece.place_each * there))
    return max(each, each * USUAL_CODES // asking)


def _selected(segment: Segment, piece: CodePiece, allowed: BoolArray | None) -> UInt8Array | None:
    """The minutiae that may be found as bits; None if all of the piece may."""
    if allowed is None:
        return None
    hidden = ~allowed if piece.finger is None else ~allowed & (segment.fingers == piece.finger)
    rows = np.flatnonzero(hidden)
    if not len(rows):
        return None
    bits = np.full((segment.minutiae + 7) // 8, 255, np.uint8)
    _clear(bits, rows, segment.content.offsets)
    return bits


@kernel
def _clear(bits: UInt8Array, prints: Int64Array, offsets: Int64Array) -> None:
    """Clear the bits of the minutiae of some prints."""
    for p in prints:
        for row in range(offsets[p], offsets[p + 1]):
            bits[row >> 3] &= np.uint8(255 ^ (1 << (row & 7)))


@kernel
def _owner(row: int, block_owner: Int32Array, offsets: Int64Array) -> int:
    """Row of the print that a minutia belongs to."""
    owner = int(block_owner[row // BLOCK])
    while offsets[owner + 1] <= row:
        owner += 1
    return owner


@kernel
def _sum_best(
    nearest: tuple[Int64Array, Float32Array],
    probe: tuple[Int64Array, Float32Array],
    direction: UInt16Array,
    owners: tuple[Int32Array, Int64Array],
) -> tuple[Int64Array, Float32Array, Float32Array, Int32Array, Int64Array]:
    """Add up, print by print, the largest similarities of different probe codes.

    Returns:
        Rows and scores of the prints, and their `Pairs`, array by array.
    """
    minutiae, similarities = nearest
    asking_rows, probe_direction = probe
    block_owner, offsets = owners
    queries, count = minutiae.shape
    prints = len(offsets) - 1
    slot = np.full(prints, -1, np.int32)
    touched = np.empty(min(queries * count, prints), np.int64)
    best = np.zeros((len(touched), KEPT), np.float32)
    probes = np.zeros((len(touched), KEPT), np.int32)
    rows = np.zeros((len(touched), KEPT), np.int64)
    # the best pair of the probe code now asking
    asking = np.full(len(touched), -1, np.int32)
    current = np.zeros(len(touched), np.float32)
    current_row = np.zeros(len(touched), np.int64)
    found = 0
    circle = np.float32(2 * math.pi)
    for place in range(queries):
        q = asking_rows[place]
        for k in range(count):
            row = minutiae[place, k]
            similarity = similarities[place, k]
            if row < 0:
                break
            apart = abs(probe_direction[q] - np.float32(direction[row] * RADIANS))
            if similarity <= 0 or min(apart, circle - apart) > MAX_TURN:
                continue
            owner = _owner(row, block_owner, offsets)
            at = slot[owner]
            if at < 0:
                at = found
                slot[owner], touched[at] = at, owner
                found += 1
            if asking[at] != q:
                _insert(best[at], probes[at], rows[at], current[at], asking[at], current_row[at])
                asking[at], current[at], current_row[at] = q, similarity, row
            elif similarity > current[at]:
                current[at], current_row[at] = similarity, row
    scores = np.empty(found, np.float32)
    for at in range(found):
        _insert(best[at], probes[at], rows[at], current[at], asking[at], current_row[at])
        scores[at] = best[at, :SUMMED].sum()
    return touched[:found], scores, best[:found], probes[:found], rows[:found]


@kernel
def _insert(
    best: Float32Array,
    probes: Int32Array,
    rows: Int64Array,
    similarity: float,
    probe: int,
    row: int,
) -> None:
    """Put a pair in its place among the best, in falling order; the last drops out."""
    place = len(best) - 1
    if similarity <= best[place]:
        return
    while place > 0 and best[place - 1] < similarity:
        best[place], probes[place], rows[place] = (
            best[place - 1],
            probes[place - 1],
            rows[place - 1],
        )
        place -= 1
    best[place], probes[place], rows[place] = similarity, probe, row
