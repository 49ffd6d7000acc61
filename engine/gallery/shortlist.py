"""The first pass: which prints of a segment deserve an exact comparison.

Every code of the probe asks FAISS for its nearest codes. A print's score is the sum of the
largest similarities that different probe codes found in it: a mate need share only a part of the
print, and many weak chance hits do not add up to it.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from engine.descriptor.cylinders import UInt64Array
from engine.descriptor.features import Features
from engine.gallery.code_index import CellIndex, CodeIndex
from engine.gallery.segment import BoolArray, Int64Array, Segment
from engine.kernels import kernel, popcount
from engine.records import Float32Array, UInt8Array

Int32Array = NDArray[np.int32]

SUMMED = 8
"""Similarities that make a print's score; measured best of 4 to 16."""

MAX_TURN = math.radians(60)
"""Largest difference of direction of two minutiae that may be one; prints stand roughly upright."""

NEAREST_SHARE = 0.001
"""Nearest codes asked for, as a share of the segment's; more brings chance hits, not mates."""

NEAREST_LEAST = 64

USUAL_CODES = 40
"""Codes of a usual probe. One with fewer asks for so many more of each that it hears of as many
prints: two probes of 9 and 13 minutiae found no mate among 3,248 prints without."""

NEAREST_IN_CELLS = 512
"""Nearest codes asked for where codes lie in cells: 2048 found no more mates among 100,000."""


def shortlist(probe: Features, segment: Segment, allowed: BoolArray | None) -> Float32Array:
    """Score of every print of a segment.

    Args:
        probe: features of the probe.
        segment: where to look.
        allowed: (P,) bool, the prints that may be found; None is all.

    Returns:
        (P,) float32, 0 for prints that no code of the probe came near, else up to 8.
    """
    scores = np.zeros(len(segment), np.float32)
    if not len(probe) or not segment.index.size:
        return scores
    selected = _selected(segment, allowed)
    seen = segment.index.size if selected is None else int(np.bitwise_count(selected).sum())
    nearest = segment.index.nearest(probe.codes, _count(segment.index, seen, len(probe)), selected)
    norms = np.sqrt(np.bitwise_count(probe.codes).sum(axis=1, dtype=np.uint16).astype(np.float32))
    features = segment.features
    _sum_best(
        nearest,
        (probe.codes.view(np.uint64), norms, probe.direction),
        (features.codes.view(np.uint64), segment.code_norm, features.direction, segment.owner),
        scores,
    )
    return scores


def _count(index: CodeIndex, seen: int, asking: int) -> int:
    """Nearest codes that each of the probe's `asking` codes wants, of the `seen` that it may find.

    Codes that may not be found do not count: they must change no answer.
    """
    least = max(NEAREST_LEAST, round(NEAREST_SHARE * seen))
    each = NEAREST_IN_CELLS if isinstance(index, CellIndex) else least
    return max(1, min(seen, max(each, each * USUAL_CODES // asking)))


def _selected(segment: Segment, allowed: BoolArray | None) -> UInt8Array | None:
    """The codes that may be found as bits; None if all may."""
    if allowed is None or allowed.all():
        return None
    return np.packbits(allowed[segment.owner], bitorder="little")


@kernel
def _sum_best(
    nearest: Int64Array,
    probe: tuple[UInt64Array, Float32Array, Float32Array],
    gallery: tuple[UInt64Array, Float32Array, Float32Array, Int32Array],
    scores: Float32Array,
) -> None:
    """Add up, print by print, the largest similarities of different probe codes."""
    probe_code, probe_norm, probe_direction = probe
    code, code_norm, direction, owner = gallery
    queries, count = nearest.shape
    slot = np.full(len(scores), -1, np.int32)
    touched = np.empty(queries * count, np.int32)
    largest = np.zeros((queries * count, SUMMED), np.float32)
    current = np.zeros(queries * count, np.float32)  # best of the probe code now asking
    asking = np.full(queries * count, -1, np.int32)
    found = 0
    circle = np.float32(2 * math.pi)
    for q in range(queries):
        for k in range(count):
            row = nearest[q, k]
            if row < 0:
                break
            norm = probe_norm[q] + code_norm[row]
            apart = abs(probe_direction[q] - direction[row])
            if norm == 0 or min(apart, circle - apart) > MAX_TURN:
                continue
            differing = 0
            for w in range(4):
                differing += popcount(probe_code[q, w] ^ code[row, w])
            similarity = np.float32(1) - np.sqrt(np.float32(differing)) / norm
            at = slot[owner[row]]
            if at < 0:
                at = found
                slot[owner[row]], touched[at] = at, owner[row]
                found += 1
            if asking[at] != q:
                _insert(largest[at], current[at])
                asking[at], current[at] = q, similarity
            elif similarity > current[at]:
                current[at] = similarity
    for at in range(found):
        _insert(largest[at], current[at])
        scores[touched[at]] = largest[at].sum()


@kernel
def _insert(largest: Float32Array, value: float) -> None:
    """Put a value in its place among the largest, in falling order; the smallest drops out."""
    place = len(largest) - 1
    if value <= largest[place]:
        return
    while place > 0 and largest[place - 1] < value:
        largest[place] = largest[place - 1]
        place -= 1
    largest[place] = value
