"""The gallery as a search sees it: mapped segments, recent prints in memory, removals."""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from engine.errors import CorruptFile, NotFound
from engine.gallery.catalogue import Catalogue, has_catalogue, open_catalogue, read_clock
from engine.gallery.manifest import Manifest, manifest_stamp, read_manifest
from engine.gallery.print_store import added_since, removed_since
from engine.gallery.recent import RECENT, add_recent
from engine.gallery.segment import BoolArray, Segment
from engine.gallery.segment_file import open_segment
from engine.gallery.shards import Shard
from engine.persons import GalleryKind
from engine.settings import Settings

INDEX_FOLDER = "index"

OPEN_ATTEMPTS = 5
"""A merge may delete files between our reading of the manifest and our opening of them."""


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """The gallery at one moment; a search works on one from its start to its end.

    Attributes:
        manifest: the generation of the files.
        clock: number of the latest change in it.
        segments: those of files, then recent ones.
        removed: numbers of prints removed since the oldest segment was built.
        kept: (P,) bool of each segment that has removed prints, which are False.
        failed: shards that cannot be searched, with the reason.
    """

    manifest: Manifest = field(default_factory=Manifest)
    clock: int = -1
    segments: tuple[Segment, ...] = ()
    removed: frozenset[int] = frozenset()
    kept: Mapping[Segment, BoolArray] = field(default_factory=dict)
    failed: Mapping[Shard, str] = field(default_factory=dict)

    def alive(self, segment: Segment) -> BoolArray | None:
        """(P,) bool, the prints of a segment that are not removed; None if none is."""
        return self.kept.get(segment)

    def count(self, segment: Segment) -> int:
        """Number of prints of a segment that are not removed."""
        kept = self.kept.get(segment)
        return len(segment) if kept is None else int(kept.sum())

    @property
    def recent(self) -> tuple[Segment, ...]:
        """The segments that are not in files yet."""
        return tuple(segment for segment in self.segments if segment.name == RECENT)


class Gallery:
    """Follows the catalogue and the index files. Safe to share between threads."""

    def __init__(self, catalogue: Catalogue, folder: Path, only: GalleryKind | None = None) -> None:
        """Take a catalogue and the folder of its index files, which may be empty.

        `only`: follow shards of this kind alone; what searches nothing but latents need not hold
        a million prints in memory.
        """
        self.catalogue = catalogue
        self._only = only
        self.folder = folder
        self._snapshot = Snapshot()
        self._stamp: object = None
        self._lock = threading.Lock()

    def snapshot(self) -> Snapshot:
        """The gallery now, with every change that was acknowledged before this call.

        Raises:
            CorruptFile: the manifest cannot be read. A bad segment only fails its shard.
            BrokenSeal: a new print's template does not open.
        """
        with self._lock:
            stamp = manifest_stamp(self.folder)
            if stamp != self._stamp or self._snapshot.clock < 0:
                self._snapshot = self._follow(self._reopen())
                self._stamp = stamp
            elif self._snapshot.clock != self.catalogue.now():
                self._snapshot = self._follow(self._snapshot)
            return self._snapshot

    def _reopen(self) -> Snapshot:
        """The segments of the current manifest, without recent prints."""
        have = {segment.name: segment for segment in self._snapshot.segments}
        signer = self.catalogue.signer()
        for _ in range(OPEN_ATTEMPTS):
            manifest = read_manifest(self.folder, signer)
            snapshot = self._open(manifest, have)
            if not snapshot.failed or manifest == read_manifest(self.folder, signer):
                break
        return snapshot

    def _open(self, manifest: Manifest, have: Mapping[str, Segment]) -> Snapshot:
        """Open the segments that are not open yet; a bad file fails its whole shard."""
        opened: list[Segment] = []
        failed: dict[Shard, str] = {}
        for entry in manifest.segments:
            if self._only not in (None, entry.shard.kind):
                continue
            try:
                opened.append(have.get(entry.name) or open_segment(self.folder, entry))
            except CorruptFile as error:
                failed[entry.shard] = str(error)
        return Snapshot(manifest, manifest.covers, tuple(opened), failed=failed)

    def _follow(self, snapshot: Snapshot) -> Snapshot:
        """The snapshot with what the catalogue has got since."""
        with self.catalogue.reading() as connection:
            clock = read_clock(connection)
            added = added_since(connection, snapshot.clock)
            oldest = min((s.built_at for s in snapshot.segments), default=clock)
            removed = frozenset(removed_since(connection, oldest))
        wanted = [one for one in added if self._only in (None, one.shard.kind)]
        recent = add_recent(snapshot.recent, wanted, clock)
        files = snapshot.segments[: len(snapshot.segments) - len(snapshot.recent)]
        segments = (*files, *recent)
        kept = _keep(segments, removed)
        return Snapshot(snapshot.manifest, clock, segments, removed, kept, snapshot.failed)


def _keep(segments: Sequence[Segment], removed: Collection[int]) -> dict[Segment, BoolArray]:
    """What is left of each segment that has removed prints."""
    numbers = np.fromiter(removed, np.int64, len(removed))
    gone = {segment: np.isin(segment.prints, numbers) for segment in segments if len(numbers)}
    return {segment: ~mask for segment, mask in gone.items() if mask.any()}


def open_gallery(settings: Settings, *, create: bool = True) -> Gallery:
    """Open the gallery of these settings.

    Args:
        settings: where it lies.
        create: make an empty one if there is none. A search in a gallery that is not there must
            not answer with nobody.

    Raises:
        NotFound: there is none, and none was to be made.
        StorageError: it cannot be opened.
    """
    if not create and not has_catalogue(settings):
        raise NotFound(
            f"{settings.data_dir}: no gallery here; enrol prints first, or name another folder "
            "with --data-dir or WHORL_DATA_DIR"
        )
    catalogue = open_catalogue(settings)
    folder = settings.data_dir / INDEX_FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Gallery(catalogue, folder)
