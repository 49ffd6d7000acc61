"""A segment: the searchable form of some prints of one shard. It never changes once made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.descriptor.features import Features, concatenate, describe
from engine.gallery.code_index import CodeIndex
from engine.gallery.print_store import StoredTemplate
from engine.gallery.shards import Shard
from engine.records import Float32Array, UInt8Array

Int64Array = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """Some prints of one shard, in memory or mapped from a file.

    Attributes:
        shard: where they belong.
        name: of the file, or "recent".
        built_at: number of the change up to which removals are left out already.
        prints: (P,) int64, number of each print in the catalogue, rising.
        fingers: (P,) uint8, finger position of each.
        offsets: (P + 1,) int64, first row of each print in the features.
        features: of all prints, one after the other.
        index: over the codes; ids are rows of the features.
        owner: (M,) int32, row of the print that each feature row belongs to.
        code_norm: (M,) float32, root of the number of bits in each code.
    """

    shard: Shard
    name: str
    built_at: int
    prints: Int64Array
    fingers: UInt8Array
    offsets: Int64Array
    features: Features
    index: CodeIndex
    owner: NDArray[np.int32]
    code_norm: Float32Array

    def __len__(self) -> int:
        return len(self.prints)


@dataclass(frozen=True, slots=True, eq=False)
class SegmentContent:
    """What a segment's file holds; the rest follows from it."""

    shard: Shard
    built_at: int
    prints: Int64Array
    fingers: UInt8Array
    offsets: Int64Array
    features: Features


def describe_prints(
    shard: Shard, stored: Sequence[StoredTemplate], built_at: int
) -> SegmentContent:
    """Content of a segment of these prints."""
    features, offsets = concatenate([describe(one.template.minutiae) for one in stored])
    return SegmentContent(
        shard=shard,
        built_at=built_at,
        prints=np.array([one.id for one in stored], np.int64),
        fingers=np.array([one.finger for one in stored], np.uint8),
        offsets=offsets,
        features=features,
    )


def join_contents(contents: Sequence[SegmentContent], built_at: int) -> SegmentContent:
    """Several contents of one shard as one."""
    features, _ = concatenate([content.features for content in contents])
    sizes = np.concatenate([np.diff(content.offsets) for content in contents])
    return SegmentContent(
        shard=contents[0].shard,
        built_at=built_at,
        prints=np.concatenate([content.prints for content in contents]),
        fingers=np.concatenate([content.fingers for content in contents]),
        offsets=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        features=features,
    )


def keep_prints(content: SegmentContent, kept: BoolArray) -> SegmentContent:
    """The content without the prints that are not `kept` ((P,) bool)."""
    sizes = np.diff(content.offsets)
    rows = np.repeat(kept, sizes)
    f = content.features
    return SegmentContent(
        shard=content.shard,
        built_at=content.built_at,
        prints=content.prints[kept],
        fingers=content.fingers[kept],
        offsets=np.concatenate([[0], np.cumsum(sizes[kept])]).astype(np.int64),
        features=Features(
            f.xy[rows], f.direction[rows], f.cylinders[rows], f.codes[rows], f.minutia[rows]
        ),
    )


def features_of(segment: Segment, row: int) -> Features:
    """The features of one print of a segment."""
    start, end = segment.offsets[row], segment.offsets[row + 1]
    f = segment.features
    return Features(
        xy=f.xy[start:end],
        direction=f.direction[start:end],
        cylinders=f.cylinders[start:end],
        codes=f.codes[start:end],
        minutia=f.minutia[start:end],
    )


def make_segment(content: SegmentContent, name: str, index: CodeIndex) -> Segment:
    """A segment that can be searched."""
    bits = np.bitwise_count(content.features.codes).sum(axis=1, dtype=np.uint16)
    rows = np.arange(len(content.prints), dtype=np.int32)
    return Segment(
        shard=content.shard,
        name=name,
        built_at=content.built_at,
        prints=content.prints,
        fingers=content.fingers,
        offsets=content.offsets,
        features=content.features,
        index=index,
        owner=np.repeat(rows, np.diff(content.offsets)),
        code_norm=np.sqrt(bits.astype(np.float32)),
    )
