"""Segments on disk: one HDF5 file of minutiae and one file of their codes' index.

Both can be deleted at any time: they are made again from the catalogue. They are read only after
their checksums agree with the manifest, the HDF5 arrays mapped rather than loaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

import h5py
import numpy as np

from engine.errors import CorruptFile
from engine.gallery.files import DeferredErrors, check_file, write_whole
from engine.gallery.index_file import read_index, write_index
from engine.gallery.segment import Segment, SegmentContent, build_index
from engine.gallery.shards import Shard
from engine.persons import GalleryKind
from engine.templates.quantised import Places


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """A segment as the manifest names it.

    Attributes:
        name: of its files, without their endings `.h5` and `.faiss`.
        region, kind: its shard.
        built_at: see `Segment`.
        prints, minutiae: their numbers.
        minutiae_sha256, index_sha256: digests of the two files.
    """

    name: str
    region: str
    kind: str
    built_at: int
    prints: int
    minutiae: int
    minutiae_sha256: str
    index_sha256: str

    @property
    def shard(self) -> Shard:
        """The shard that the segment belongs to."""
        return Shard(self.region, GalleryKind(self.kind))


_PRINTS = ("prints", "fingers", "subjects", "offsets")
_PLACES = ("xy", "direction")


def write_segment(folder: Path, name: str, content: SegmentContent) -> SegmentEntry:
    """Write both files of a segment; it counts only once a manifest names it.

    Raises:
        StorageError: a file could not be written (DiskFull: no space); none is left.
    """
    minutiae_path, index_path = folder / f"{name}.h5", folder / f"{name}.faiss"
    minutiae_sha256 = write_whole(minutiae_path, lambda path: _write_minutiae(path, content))
    try:
        pieces = build_index(content)
        index_sha256 = write_whole(index_path, lambda path: write_index(path, pieces))
    except BaseException:
        minutiae_path.unlink(missing_ok=True)
        raise
    return SegmentEntry(
        name=name,
        region=content.shard.region,
        kind=content.shard.kind.value,
        built_at=content.built_at,
        prints=len(content),
        minutiae=len(content.places),
        minutiae_sha256=minutiae_sha256,
        index_sha256=index_sha256,
    )


def _write_minutiae(path: Path, content: SegmentContent) -> None:
    """Write the HDF5 file, every array in one piece so that it can be mapped."""
    with path.open("w+b", buffering=0) as stream:
        target = DeferredErrors(cast(BinaryIO, stream))
        with h5py.File(target, "w") as file:
            for name in _PRINTS:
                file.create_dataset(name, data=getattr(content, name))
            for name in _PLACES:
                file.create_dataset(name, data=getattr(content.places, name))
        target.raise_error()


def open_segment(folder: Path, entry: SegmentEntry) -> Segment:
    """Open a segment to search in it.

    Raises:
        CorruptFile: a file is missing or not what was written.
    """
    content = read_content(folder, entry)
    index_path = folder / f"{entry.name}.faiss"
    check_file(index_path, entry.index_sha256)
    return Segment(entry.name, content, read_index(index_path))


def read_content(folder: Path, entry: SegmentEntry) -> SegmentContent:
    """Map the minutiae of a segment.

    Raises:
        CorruptFile: the file is missing or not what was written.
    """
    path = folder / f"{entry.name}.h5"
    check_file(path, entry.minutiae_sha256)
    try:
        with h5py.File(path, "r") as file:
            prints = {name: np.asarray(file[name]) for name in _PRINTS}
            places = {name: _map(path, file[name]) for name in _PLACES}
    except (OSError, KeyError) as error:
        raise CorruptFile(f"{path}: is no segment file: {error}") from error
    return SegmentContent(
        shard=entry.shard, built_at=entry.built_at, places=Places(**places), **prints
    )


def _map(path: Path, dataset: Any) -> Any:
    """A dataset as an array backed by the file's pages, shared between processes."""
    offset = dataset.id.get_offset()
    if offset is None or dataset.size == 0:
        return np.asarray(dataset)
    mapped = np.memmap(path, dataset.dtype, "r", offset, dataset.shape)
    return mapped.view(np.ndarray)
