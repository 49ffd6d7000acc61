"""What the index holds, shard by shard."""

from __future__ import annotations

from dataclasses import dataclass

from engine import audit
from engine.asker import Asker
from engine.gallery.gallery import Gallery, Snapshot
from engine.gallery.shards import Shard
from engine.identity.management import require_administrator
from engine.persons import GalleryKind


@dataclass(frozen=True, slots=True)
class ShardStatus:
    """One shard.

    Attributes:
        shard: its name.
        region: of the bureaus that own its prints.
        latents: whether it holds unsolved latents, and not tenprints.
        prints: that are searched; `recent` of them from memory.
        minutiae: of all of them.
        segments: files and portions in memory.
        recent: prints that no file holds yet.
        failed: why it cannot be searched; None if it can.
    """

    shard: str
    region: str
    latents: bool
    prints: int
    minutiae: int
    segments: int
    recent: int
    failed: str | None


def read_shards(gallery: Gallery, asker: Asker) -> list[ShardStatus]:
    """All shards, for whoever manages the whole network: their counts hold hidden prints too.

    Raises:
        Forbidden: the asker does not.
        CorruptFile: the index cannot be read.
    """
    require_administrator(asker)
    found = list_shards(gallery.snapshot())
    with gallery.catalogue.recording() as connection:
        audit.record(connection, asker, "read.index-state", "", {"shards": len(found)})
    return found


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
        region=shard.region,
        latents=shard.kind is not GalleryKind.TENPRINT,
        prints=sum(map(snapshot.count, segments)),
        minutiae=sum(segment.minutiae for segment in segments),
        segments=len(segments),
        recent=sum(map(snapshot.count, recent)),
        failed=snapshot.failed.get(shard),
    )
