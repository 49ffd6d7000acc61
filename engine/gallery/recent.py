"""Prints that no segment file holds yet: described and searched from memory.

New prints come in small portions. Portions of like size are joined, so that there are never more
of them than the logarithm of the number of prints, and no print is copied more often than that.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.gallery.code_index import scan
from engine.gallery.print_store import StoredTemplate
from engine.gallery.segment import (
    Segment,
    SegmentContent,
    coded_rows,
    gather_prints,
    join_contents,
)
from engine.gallery.shards import Shard

RECENT = "recent"


def add_recent(
    held: Sequence[Segment], added: Sequence[StoredTemplate], clock: int
) -> tuple[Segment, ...]:
    """The recent segments with these prints added.

    Args:
        held: recent segments so far.
        added: prints that are not in them.
        clock: number of the latest change that `added` was read at.
    """
    by_shard: dict[Shard, list[Segment]] = {}
    for segment in held:
        by_shard.setdefault(segment.shard, []).append(segment)
    portions: dict[Shard, list[StoredTemplate]] = {}
    for stored in added:
        portions.setdefault(stored.shard, []).append(stored)
    for shard, portion in portions.items():
        segments = by_shard.setdefault(shard, [])
        segments.append(_segment(gather_prints(shard, portion, clock)))
        _join_alike(segments)
    return tuple(segment for segments in by_shard.values() for segment in segments)


def _join_alike(segments: list[Segment]) -> None:
    """Join the last segments of a shard as long as they are of like size."""
    while len(segments) > 1 and len(segments[-2]) <= 2 * len(segments[-1]):
        last, before = segments.pop(), segments.pop()
        built_at = min(before.built_at, last.built_at)
        segments.append(_segment(join_contents([before.content, last.content], built_at)))


def _segment(content: SegmentContent) -> Segment:
    """A recent segment. It is made while a search waits: filing codes in cells takes too long."""
    return Segment(RECENT, content, (scan(*coded_rows(content)),))
