"""Turning committed prints into segments: one writer, beside any number of readers.

The builder follows the catalogue's clock. It writes new files beside the old, then swaps the
manifest; until the swap nothing has changed for a reader, and after a crash the next run starts
where the manifest says.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from engine.errors import StorageError
from engine.gallery.catalogue import Catalogue, read_clock
from engine.gallery.index_writing import drop_erased, join_segments, sole_writer, sweep
from engine.gallery.manifest import Manifest, read_manifest, swap_manifest
from engine.gallery.print_store import StoredTemplate, added_since
from engine.gallery.segment import gather_prints
from engine.gallery.segment_file import SegmentEntry, write_segment
from engine.gallery.shards import Shard

PORTION = 50_000
"""Prints that are read and written at a time: some 200 MB with their templates."""

MOST = 250_000
"""Prints of a segment. A larger shard has several: they are searched side by side, and what a
merge has to write stays bounded."""

Progress = Callable[[int], None]
"""Told how many prints have been indexed since it was last told."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a run of the builder did.

    Attributes:
        added: prints put into segments.
        merged: segments that were joined into larger ones.
        segments: in the index now.
        purged: erased prints that were taken out of segments.
    """

    added: int
    merged: int
    segments: int
    purged: int = 0


def build(catalogue: Catalogue, folder: Path, progress: Progress = lambda _: None) -> Built:
    """Put every committed print into segments, then join small ones.

    Raises:
        Conflict: another process is building.
        StorageError: a file could not be written; the index is as it was after the last swap.
    """
    with sole_writer(folder):
        manifest = read_manifest(folder, catalogue.signer())
        added = 0
        while True:
            manifest, count = _add_portion(catalogue, folder, manifest)
            if not count:
                break
            added += count
            progress(count)
        manifest, merged = _merge(catalogue, folder, manifest)
        manifest, purged = drop_erased(catalogue, folder, manifest)
        sweep(folder, manifest)
        return Built(added, merged, len(manifest.segments), purged.prints)


def rebuild(catalogue: Catalogue, folder: Path, progress: Progress = lambda _: None) -> Built:
    """Make the whole index again from the catalogue; readers keep the old one until the end.

    Raises:
        Conflict: another process is building.
        StorageError: a file could not be written; the old index still counts.
    """
    with sole_writer(folder):
        generation = _generation(catalogue, folder)
        manifest, added = Manifest(generation=generation), 0
        while True:
            manifest, count = _add_portion(catalogue, folder, manifest, swap=False)
            if not count:
                break
            added += count
            progress(count)
        manifest = swap_manifest(folder, manifest, catalogue.signer())
        manifest, merged = _merge(catalogue, folder, manifest)
        sweep(folder, manifest)
        return Built(added, merged, len(manifest.segments))


def _generation(catalogue: Catalogue, folder: Path) -> int:
    """Generation of the current manifest; 0 if it cannot be read."""
    try:
        return read_manifest(folder, catalogue.signer()).generation
    except StorageError:
        return 0


def _add_portion(
    catalogue: Catalogue, folder: Path, manifest: Manifest, *, swap: bool = True
) -> tuple[Manifest, int]:
    """Write the next portion of prints as one segment a shard; returns how many there were."""
    with catalogue.reading() as connection:
        stored = added_since(connection, manifest.covers, PORTION)
        clock = read_clock(connection)
    covers = stored[-1].added if stored else clock
    if covers == manifest.covers:
        return manifest, 0
    entries = [_write(folder, shard, prints, clock) for shard, prints in _by_shard(stored).items()]
    grown = replace(manifest, covers=covers, segments=(*manifest.segments, *entries))
    if swap:
        grown = swap_manifest(folder, grown, catalogue.signer())
    return grown, len(stored)


def _by_shard(stored: Sequence[StoredTemplate]) -> dict[Shard, list[StoredTemplate]]:
    """The prints of each shard, in their order."""
    shards: dict[Shard, list[StoredTemplate]] = {}
    for one in stored:
        shards.setdefault(one.shard, []).append(one)
    return shards


def _write(
    folder: Path, shard: Shard, prints: Sequence[StoredTemplate], clock: int
) -> SegmentEntry:
    """Write a segment of these prints."""
    name = f"{shard.slug}-{prints[0].added}-{prints[-1].added}-{os.urandom(3).hex()}"
    return write_segment(folder, name, gather_prints(shard, prints, clock))


def _merge(catalogue: Catalogue, folder: Path, manifest: Manifest) -> tuple[Manifest, int]:
    """Join the segments of each shard that are of like size, leaving out removed prints."""
    merged = 0
    for shard in sorted({entry.shard for entry in manifest.segments}):
        alike = choose_merge([e for e in manifest.segments if e.shard == shard])
        if len(alike) > 1:
            manifest = join_segments(catalogue, folder, manifest, alike)
            merged += len(alike)
    return manifest, merged


def choose_merge(entries: Sequence[SegmentEntry]) -> list[SegmentEntry]:
    """The last segments of a shard, as far back as each is at most twice what follows it.

    So the sizes of a shard's segments fall by half or more, and there are few of them; none grows
    beyond `MOST`.
    """
    chosen: list[SegmentEntry] = []
    size = 0
    for entry in reversed(entries):
        if chosen and (entry.prints > 2 * size or entry.prints + size > MOST):
            break
        chosen.insert(0, entry)
        size += entry.prints
    return chosen
