"""What every writer of the index shares: the lock, leaving out prints, deleting old files."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from engine.errors import Conflict
from engine.gallery.catalogue import Catalogue, read_clock
from engine.gallery.erased_prints import erased_since
from engine.gallery.manifest import NAME, Manifest, read_manifest, swap_manifest
from engine.gallery.print_store import removed_since
from engine.gallery.segment import join_contents, keep_prints
from engine.gallery.segment_file import SegmentEntry, read_content, write_segment

LOCK = "writer.lock"

PATIENCE = 60.0
"""Seconds that a purge waits for a running indexer to end its portion."""


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge of the index files did.

    Attributes:
        prints: that are in no file any more.
        segments: that were written anew without them, or dropped.
    """

    prints: int
    segments: int


@contextmanager
def sole_writer(folder: Path, patience: float = 0.0) -> Iterator[None]:
    """Be the only writer of an index folder; wait for another one so many seconds.

    Raises:
        Conflict: another process is at it.
    """
    handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _take(handle, folder, time.monotonic() + patience)
        yield
    finally:
        os.close(handle)  # which gives up the lock


def _take(handle: int, folder: Path, until: float) -> None:
    """Take the lock, or give up after a time."""
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if time.monotonic() >= until:
                raise Conflict(f"{folder}: another process is building this index") from error
            time.sleep(0.2)
        else:
            return


def purge_index(catalogue: Catalogue, folder: Path, patience: float = PATIENCE) -> Purged:
    """Write those segments anew that hold removed prints, and delete the old files.

    When this returns no file of the index holds them. A running server takes up the new files
    by itself within seconds and lets go of the old, which are off the disk then.

    Raises:
        Conflict: another process was building for too long.
        StorageError: a file could not be written or read; the index is as it was.
    """
    if not folder.is_dir():
        return Purged(0, 0)
    with sole_writer(folder, patience):
        manifest = read_manifest(folder, catalogue.signer())
        with catalogue.reading() as connection:
            removed = removed_since(connection, _oldest(manifest))
        manifest, purged = _leave_out(catalogue, folder, manifest, removed)
        sweep(folder, manifest)
        return purged


def drop_erased(catalogue: Catalogue, folder: Path, manifest: Manifest) -> tuple[Manifest, Purged]:
    """Write those segments anew that hold erased prints; prints only removed wait for a merge."""
    with catalogue.reading() as connection:
        erased = erased_since(connection, _oldest(manifest))
    return _leave_out(catalogue, folder, manifest, erased)


def _oldest(manifest: Manifest) -> int:
    """Change up to which all segments have left out removed prints."""
    return min((entry.built_at for entry in manifest.segments), default=2**62)


def _leave_out(
    catalogue: Catalogue, folder: Path, manifest: Manifest, numbers: Collection[int]
) -> tuple[Manifest, Purged]:
    """Write those segments anew that hold any of these prints."""
    gone = np.fromiter(numbers, np.int64, len(numbers))
    prints, segments = 0, 0
    for entry in manifest.segments if len(gone) else ():
        held = np.isin(read_content(folder, entry).prints, gone).sum()
        if held:
            manifest = join_segments(catalogue, folder, manifest, [entry])
            prints, segments = prints + int(held), segments + 1
    return manifest, Purged(prints, segments)


def join_segments(
    catalogue: Catalogue, folder: Path, manifest: Manifest, entries: Collection[SegmentEntry]
) -> Manifest:
    """Replace segments of a shard by one that holds what is left of their prints."""
    contents = [read_content(folder, entry) for entry in entries]
    with catalogue.reading() as connection:
        clock = read_clock(connection)
        removed = removed_since(connection, min(entry.built_at for entry in entries))
    joined = join_contents(contents, clock)
    gone = np.isin(joined.prints, np.fromiter(removed, np.int64, len(removed)))
    joined = keep_prints(joined, ~gone)
    name = f"{joined.shard.slug}-{clock}-{os.urandom(3).hex()}"
    kept = [entry for entry in manifest.segments if entry not in entries]
    if len(joined.prints):
        kept.append(write_segment(folder, name, joined))
    return swap_manifest(folder, replace(manifest, segments=tuple(kept)), catalogue.signer())


def sweep(folder: Path, manifest: Manifest) -> None:
    """Delete files that no manifest names; readers that still map them are not disturbed."""
    named = {f"{entry.name}{end}" for entry in manifest.segments for end in (".h5", ".faiss")}
    for path in folder.iterdir():
        if path.name not in {NAME, LOCK} | named and path.is_file():
            path.unlink(missing_ok=True)
