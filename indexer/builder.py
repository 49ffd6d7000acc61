"""Turning committed prints into segments: one writer, beside any number of readers.

The builder follows the catalogue's clock. It writes new files beside the old, then swaps the
manifest; until the swap nothing has changed for a reader, and after a crash the next run starts
where the manifest says.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from engine.errors import Conflict, StorageError
from engine.gallery.catalogue import Catalogue, read_clock
from engine.gallery.manifest import NAME, Manifest, read_manifest, swap_manifest
from engine.gallery.print_store import StoredTemplate, added_since, removed_since
from engine.gallery.segment import gather_prints, join_contents, keep_prints
from engine.gallery.segment_file import SegmentEntry, read_content, write_segment
from engine.gallery.shards import Shard

LOCK = "writer.lock"

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
    """

    added: int
    merged: int
    segments: int


@contextmanager
def sole_writer(folder: Path) -> Iterator[None]:
    """Be the only writer of an index folder.

    Raises:
        Conflict: another process is at it.
    """
    handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)
        raise Conflict(f"{folder}: another process is building this index") from error
    try:
        yield
    finally:
        os.close(handle)  # which gives up the lock


def build(catalogue: Catalogue, folder: Path, progress: Progress = lambda _: None) -> Built:
    """Put every committed print into segments, then join small ones.

    Raises:
        Conflict: another process is building.
        StorageError: a file could not be written; the index is as it was after the last swap.
    """
    with sole_writer(folder):
        manifest = read_manifest(folder)
        added = 0
        while True:
            manifest, count = _add_portion(catalogue, folder, manifest)
            if not count:
                break
            added += count
            progress(count)
        manifest, merged = _merge(catalogue, folder, manifest)
        _sweep(folder, manifest)
        return Built(added, merged, len(manifest.segments))


def rebuild(catalogue: Catalogue, folder: Path, progress: Progress = lambda _: None) -> Built:
    """Make the whole index again from the catalogue; readers keep the old one until the end.

    Raises:
        Conflict: another process is building.
        StorageError: a file could not be written; the old index still counts.
    """
    with sole_writer(folder):
        generation = _generation(folder)
        manifest, added = Manifest(generation=generation), 0
        while True:
            manifest, count = _add_portion(catalogue, folder, manifest, swap=False)
            if not count:
                break
            added += count
            progress(count)
        manifest = swap_manifest(folder, manifest)
        manifest, merged = _merge(catalogue, folder, manifest)
        _sweep(folder, manifest)
        return Built(added, merged, len(manifest.segments))


def _generation(folder: Path) -> int:
    """Generation of the current manifest; 0 if it cannot be read."""
    try:
        return read_manifest(folder).generation
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
        grown = swap_manifest(folder, grown)
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
            manifest = _join(catalogue, folder, manifest, alike)
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


def _join(
    catalogue: Catalogue, folder: Path, manifest: Manifest, alike: Sequence[SegmentEntry]
) -> Manifest:
    """Replace segments by one that holds what is left of their prints."""
    contents = [read_content(folder, entry) for entry in alike]
    with catalogue.reading() as connection:
        clock = read_clock(connection)
        removed = removed_since(connection, min(entry.built_at for entry in alike))
    joined = join_contents(contents, clock)
    gone = np.isin(joined.prints, np.fromiter(removed, np.int64, len(removed)))
    joined = keep_prints(joined, ~gone)
    name = f"{joined.shard.slug}-{clock}-{os.urandom(3).hex()}"
    entries = [entry for entry in manifest.segments if entry not in alike]
    if len(joined.prints):
        entries.append(write_segment(folder, name, joined))
    return swap_manifest(folder, replace(manifest, segments=tuple(entries)))


def _sweep(folder: Path, manifest: Manifest) -> None:
    """Delete files that no manifest names; readers that still map them are not disturbed."""
    named = {f"{entry.name}{end}" for entry in manifest.segments for end in (".h5", ".faiss")}
    for path in folder.iterdir():
        if path.name not in {NAME, LOCK} | named and path.is_file():
            path.unlink(missing_ok=True)
