"""What the index holds, shard by shard."""

from __future__ import annotations

from dataclasses import dataclass

from engine.gallery.gallery import Snapshot
from engine.gallery.shards import Shard


@dataclass(frozen=True, slots=True)
class ShardStatus:
    """One shard.

    Attributes:
        shard: its name.
        prints: that are searched; `recent` of them from memory.
        minutiae: of all of them.
        segments: files and portions in memory.
        recent: prints that no file holds yet.
        failed: why it cannot be searched; None if it can.
    """

    shard: str
    prints: int
    minutiae: int
    segments: int
    recent: int
    failed: str | None


def list_shards(snapshot: Snapshot) -> list[ShardStatus]:
    """All shards that hold prints or cannot be searched, by name."""
    shards = {segment.shard for segment in snapshot.segments} | set(snapshot.failed)
    return [_status(snapshot, shard) for shard in sorted(shards)]


def _status(snapshot: Snapshot, shard: Shard) -> ShardStatus:
    """One shard of a snapshot."""
    segments = [segment for segment in snapshot.segments if segment.shard == shard]
    recent = [segment for segment in snapshot.recent if segment.shard == shard]
    return ShardStatus(
        shard=shard.slug,
        prints=sum(map(snapshot.count, segments)),
        minutiae=sum(segment.minutiae for segment in segments),
        segments=len(segments),
        recent=sum(map(snapshot.count, recent)),
        failed=snapshot.failed.get(shard),
    )
