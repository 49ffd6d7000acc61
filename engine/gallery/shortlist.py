"""The first pass: which prints of a segment deserve an exact comparison.

Every code of the probe asks FAISS for its nearest codes. A print's score is the sum of the
largest similarities that different probe codes found in it: a mate need share only a part of the
print, and many weak chance hits do not add up to it.
"""

from __future__ import annotations

import math
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from engine.descriptor.features import Features
from engine.gallery.segment import BoolArray, Int64Array, Segment
from engine.kernels import kernel
from engine.records import Float32Array

Int32Array = NDArray[np.int32]

SUMMED = 8
"""Similarities that make a print's score; measured best of 4 to 16."""

MAX_TURN = math.radians(60)
"""Largest difference of direction of two minutiae that may be one; prints stand roughly upright."""

NEAREST_SHARE = 0.001
"""Nearest codes asked for, as a share of the segment's; more brings chance hits, not mates."""

NEAREST_LEAST = 64


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
    rows = len(segment.owner)
    if not len(probe) or not rows:
        return scores
    nearest = min(rows, max(NEAREST_LEAST, round(NEAREST_SHARE * rows)))
    faiss.omp_set_num_threads(1)  # of this thread: searches run beside each other, not inside
    distances, ids = segment.index.search(
        np.ascontiguousarray(probe.codes), nearest, params=_selection(segment, allowed)
    )
    norms = np.sqrt(np.bitwise_count(probe.codes).sum(axis=1, dtype=np.uint16).astype(np.float32))
    _sum_best(
        distances,
        ids,
        (norms, probe.direction),
        (segment.code_norm, segment.features.direction, segment.owner),
        scores,
    )
    return scores


def _selection(segment: Segment, allowed: BoolArray | None) -> Any:
    """What tells FAISS which codes to pass over; None to look at all."""
    if allowed is None or allowed.all():
        return None
    bitmap = np.packbits(allowed[segment.owner], bitorder="little")
    selector = faiss.IDSelectorBitmap(bitmap)  # type: ignore[call-arg, arg-type]  # C++ types
    return faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]  # C++ types


@kernel
def _sum_best(
    distances: Int32Array,
    ids: Int64Array,
    probe: tuple[Float32Array, Float32Array],
    gallery: tuple[Float32Array, Float32Array, Int32Array],
    scores: Float32Array,
) -> None:
    """Add up, print by print, the largest similarities of different probe codes."""
    probe_norm, probe_direction = probe
    code_norm, direction, owner = gallery
    queries, nearest = ids.shape
    slot = np.full(len(scores), -1, np.int32)
    touched = np.empty(queries * nearest, np.int32)
    largest = np.zeros((queries * nearest, SUMMED), np.float32)
    current = np.zeros(queries * nearest, np.float32)  # best of the probe code now asking
    asking = np.full(queries * nearest, -1, np.int32)
    count = 0
    circle = np.float32(2 * math.pi)
    for q in range(queries):
        for k in range(nearest):
            row = ids[q, k]
            if row < 0:
                break
            norm = probe_norm[q] + code_norm[row]
            apart = abs(probe_direction[q] - direction[row])
            if norm == 0 or min(apart, circle - apart) > MAX_TURN:
                continue
            similarity = np.float32(1) - np.sqrt(np.float32(distances[q, k])) / norm
            at = slot[owner[row]]
            if at < 0:
                at = count
                slot[owner[row]], touched[at] = at, owner[row]
                count += 1
            if asking[at] != q:
                _insert(largest[at], current[at])
                asking[at], current[at] = q, similarity
            elif similarity > current[at]:
                current[at] = similarity
    for at in range(count):
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
