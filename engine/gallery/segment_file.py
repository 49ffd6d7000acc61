"""Segments on disk: one HDF5 file of features and one FAISS file of codes.

Both can be deleted at any time: they are made again from the catalogue. They are read only after
their checksums agree with the manifest, the HDF5 arrays mapped rather than loaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

import h5py
import numpy as np

from engine.descriptor.features import Features
from engine.errors import CorruptFile
from engine.gallery.code_index import build_index, read_index
from engine.gallery.files import DeferredErrors, check_file, write_whole
from engine.gallery.segment import Segment, SegmentContent, make_segment
from engine.gallery.shards import Shard
from engine.persons import GalleryKind


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """A segment as the manifest names it.

    Attributes:
        name: of its files, without their endings `.h5` and `.faiss`.
        region, kind: its shard.
        built_at: see `Segment`.
        prints, rows: numbers of prints and of feature rows.
        features_sha256, index_sha256: digests of the two files.
    """

    name: str
    region: str
    kind: str
    built_at: int
    prints: int
    rows: int
    features_sha256: str
    index_sha256: str

    @property
    def shard(self) -> Shard:
        """The shard that the segment belongs to."""
        return Shard(self.region, GalleryKind(self.kind))


_FEATURES = ("xy", "direction", "cylinders", "codes", "minutia")
_PRINTS = ("prints", "fingers", "offsets")


def write_segment(folder: Path, name: str, content: SegmentContent) -> SegmentEntry:
    """Write both files of a segment; it counts only once a manifest names it.

    Raises:
        StorageError: a file could not be written (DiskFull: no space); none is left.
    """
    features_path, index_path = folder / f"{name}.h5", folder / f"{name}.faiss"
    features_sha256 = write_whole(features_path, lambda path: _write_features(path, content))
    codes = build_index(content.features.codes).to_bytes()
    try:
        index_sha256 = write_whole(index_path, lambda path: _write_bytes(path, codes))
    except BaseException:
        features_path.unlink(missing_ok=True)
        raise
    return SegmentEntry(
        name=name,
        region=content.shard.region,
        kind=content.shard.kind.value,
        built_at=content.built_at,
        prints=len(content.prints),
        rows=len(content.features),
        features_sha256=features_sha256,
        index_sha256=index_sha256,
    )


def _write_features(path: Path, content: SegmentContent) -> None:
    """Write the HDF5 file, every array in one piece so that it can be mapped."""
    with path.open("w+b", buffering=0) as stream:
        target = DeferredErrors(cast(BinaryIO, stream))
        with h5py.File(target, "w") as file:
            for name in _PRINTS:
                file.create_dataset(name, data=getattr(content, name))
            for name in _FEATURES:
                file.create_dataset(name, data=getattr(content.features, name))
        target.raise_error()


def _write_bytes(path: Path, data: Any) -> None:
    """Write bytes."""
    path.write_bytes(memoryview(data))


def open_segment(folder: Path, entry: SegmentEntry) -> Segment:
    """Open a segment to search in it.

    Raises:
        CorruptFile: a file is missing or not what was written.
    """
    content = read_content(folder, entry)
    index_path = folder / f"{entry.name}.faiss"
    check_file(index_path, entry.index_sha256)
    index = read_index(np.fromfile(index_path, np.uint8), str(index_path))
    return make_segment(content, entry.name, index)


def read_content(folder: Path, entry: SegmentEntry) -> SegmentContent:
    """Map the features of a segment.

    Raises:
        CorruptFile: the file is missing or not what was written.
    """
    path = folder / f"{entry.name}.h5"
    check_file(path, entry.features_sha256)
    try:
        with h5py.File(path, "r") as file:
            prints = {name: np.asarray(file[name]) for name in _PRINTS}
            features = {name: _map(path, file[name]) for name in _FEATURES}
    except (OSError, KeyError) as error:
        raise CorruptFile(f"{path}: is no segment file: {error}") from error
    return SegmentContent(
        shard=entry.shard, built_at=entry.built_at, features=Features(**features), **prints
    )


def _map(path: Path, dataset: Any) -> Any:
    """A dataset as an array backed by the file's pages, shared between processes."""
    offset = dataset.id.get_offset()
    if offset is None or dataset.size == 0:
        return np.asarray(dataset)
    mapped = np.memmap(path, dataset.dtype, "r", offset, dataset.shape)
    return mapped.view(np.ndarray)
