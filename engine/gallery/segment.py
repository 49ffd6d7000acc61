"""A segment: the searchable form of some prints of one shard. It never changes once made."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from engine.descriptor.features import CODE_BYTES, Features, describe, index_codes_many
from engine.gallery.code_index import CodePiece, build_pieces
from engine.gallery.print_store import StoredTemplate
from engine.gallery.shards import Shard
from engine.records import Minutiae, UInt8Array
from engine.templates.quantised import Places, join_places, place_many, to_minutiae

Int64Array = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

_TOGETHER = 5000
"""Prints whose codes one thread makes at a time."""

BLOCK = 32
"""Minutiae whose first owner is noted, so that any minutia's owner is found in a few steps."""


@dataclass(frozen=True, slots=True, eq=False)
class SegmentContent:
    """What a segment's file holds; the index follows from it.

    Attributes:
        shard: where the prints belong.
        built_at: number of the change up to which removals are left out already.
        prints: (P,) int64, number of each print in the catalogue, rising.
        fingers: (P,) uint8, finger position of each.
        subjects: (P,) uint64, `subject_key` of the person of each.
        offsets: (P + 1,) int64, first minutia of each print.
        places: the minutiae of all prints, one after the other.
    """

    shard: Shard
    built_at: int
    prints: Int64Array
    fingers: UInt8Array
    subjects: NDArray[np.uint64]
    offsets: Int64Array
    places: Places

    def __len__(self) -> int:
        return len(self.prints)


@dataclass(frozen=True, eq=False)
class Segment:
    """Some prints of one shard, in memory or mapped from a file.

    Attributes:
        name: of the file, or "recent".
        content: the prints.
        pieces: index over the codes of their minutiae; its rows are rows of `content.places`.
    """

    name: str
    content: SegmentContent
    pieces: tuple[CodePiece, ...]

    def __len__(self) -> int:
        return len(self.content)

    @property
    def shard(self) -> Shard:
        """Where the prints belong."""
        return self.content.shard

    @property
    def built_at(self) -> int:
        """See `SegmentContent`."""
        return self.content.built_at

    @property
    def prints(self) -> Int64Array:
        """See `SegmentContent`."""
        return self.content.prints

    @property
    def fingers(self) -> UInt8Array:
        """See `SegmentContent`."""
        return self.content.fingers

    @property
    def minutiae(self) -> int:
        """Number of minutiae of all prints."""
        return len(self.content.places)

    @cached_property
    def by_subject(self) -> Int64Array:
        """(P,) int64, rows of the prints in the order of their subjects' keys."""
        return np.argsort(self.content.subjects, kind="stable")

    def rows_of(self, subjects: NDArray[np.uint64]) -> Int64Array:
        """Rows of all prints of some persons, rising."""
        order = self.by_subject
        keys = self.content.subjects
        first = np.searchsorted(keys, subjects, "left", sorter=order)
        last = np.searchsorted(keys, subjects, "right", sorter=order)
        spans = [order[a:b] for a, b in zip(first, last, strict=True)]
        return np.sort(np.concatenate([np.zeros(0, np.int64), *spans]))

    @cached_property
    def block_owner(self) -> NDArray[np.int32]:
        """(M / BLOCK,) int32, row of the print that each block's first minutia belongs to."""
        starts = np.arange(0, self.minutiae, BLOCK)
        owners = np.searchsorted(self.content.offsets, starts, side="right") - 1
        return owners.astype(np.int32)


def subject_key(person_id: str) -> int:
    """What stands for a person in a segment: 64 bits of a digest of the id."""
    return int.from_bytes(hashlib.sha256(person_id.encode()).digest()[:8], "little")


def gather_prints(shard: Shard, stored: Sequence[StoredTemplate], built_at: int) -> SegmentContent:
    """Content of a segment of these prints."""
    places, offsets = place_many([one.template for one in stored])
    return SegmentContent(
        shard=shard,
        built_at=built_at,
        prints=np.array([one.id for one in stored], np.int64),
        fingers=np.array([one.finger for one in stored], np.uint8),
        subjects=np.array([subject_key(one.person_id) for one in stored], np.uint64),
        offsets=offsets,
        places=places,
    )


def join_contents(contents: Sequence[SegmentContent], built_at: int) -> SegmentContent:
    """Several contents of one shard as one."""
    sizes = np.concatenate([np.diff(content.offsets) for content in contents])
    return SegmentContent(
        shard=contents[0].shard,
        built_at=built_at,
        prints=np.concatenate([content.prints for content in contents]),
        fingers=np.concatenate([content.fingers for content in contents]),
        subjects=np.concatenate([content.subjects for content in contents]),
        offsets=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        places=join_places([content.places for content in contents]),
    )


def keep_prints(content: SegmentContent, kept: BoolArray) -> SegmentContent:
    """The content without the prints that are not `kept` ((P,) bool)."""
    sizes = np.diff(content.offsets)
    return SegmentContent(
        shard=content.shard,
        built_at=content.built_at,
        prints=content.prints[kept],
        fingers=content.fingers[kept],
        subjects=content.subjects[kept],
        offsets=np.concatenate([[0], np.cumsum(sizes[kept])]).astype(np.int64),
        places=content.places.rows(np.repeat(kept, sizes)),
    )


def build_index(content: SegmentContent) -> tuple[CodePiece, ...]:
    """The index over the codes of all prints."""
    codes, rows = coded_rows(content)
    fingers = np.repeat(content.fingers, np.diff(content.offsets))[rows]
    return build_pieces(codes, rows, fingers)


def coded_rows(content: SegmentContent) -> tuple[UInt8Array, Int64Array]:
    """The codes (C, 32) of all minutiae that have a valid one, and their rows (C,)."""
    count = len(content.places)
    codes, valid = np.empty((count, CODE_BYTES), np.uint8), np.empty(count, np.bool_)
    starts = range(0, len(content), _TOGETHER)
    with ThreadPoolExecutor(min(len(starts), os.cpu_count() or 1) or 1) as pool:
        for _ in pool.map(partial(_code, content, codes, valid), starts):
            pass
    rows = np.flatnonzero(valid)
    return codes[rows], rows


def _code(content: SegmentContent, codes: UInt8Array, valid: BoolArray, first: int) -> None:
    """Fill in the codes of some prints, from a row on."""
    offsets = content.offsets[first : first + _TOGETHER + 1]
    part = slice(int(offsets[0]), int(offsets[-1]))
    minutiae = to_minutiae(content.places.rows(part))
    moved = offsets - offsets[0]
    index_codes_many(minutiae.xy, minutiae.direction, moved, codes[part], valid[part])


def features_of(segment: Segment, row: int) -> Features:
    """The features of one print of a segment."""
    content = segment.content
    return describe(minutiae_of(content, row))


def minutiae_of(content: SegmentContent, row: int) -> Minutiae:
    """The minutiae of one print, as its template has them, without type and quality."""
    start, end = int(content.offsets[row]), int(content.offsets[row + 1])
    return to_minutiae(content.places.rows(slice(start, end)))
