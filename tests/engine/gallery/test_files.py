"""Writing files whole."""

from __future__ import annotations

import errno
import resource
import signal
from pathlib import Path

import pytest

from engine.errors import CorruptFile, DiskFull, StorageError
from engine.gallery.files import check_file, sha256_of, write_whole
from engine.gallery.gallery import Gallery
from indexer.builder import build, sole_writer
from support import make_template


def test_a_file_appears_whole(tmp_path: Path) -> None:
    """The file has its content and the digest is that of the content."""
    path = tmp_path / "a"
    assert write_whole(path, lambda beside: _fill(beside, b"new")) == sha256_of(path)
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def _fill(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    """When the disk is full the old content stays and no part is left beside."""
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def fail(beside: Path) -> None:
        beside.write_bytes(b"ne")
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(DiskFull, match="a: not written, no space left"):
        write_whole(path, fail)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_changed_or_missing_file_is_named(tmp_path: Path) -> None:
    """Both messages name the file and the remedy."""
    path = tmp_path / "a"
    with pytest.raises(CorruptFile, match="a: missing; run `whorl index rebuild`"):
        check_file(path, "0")
    path.write_bytes(b"x")
    with pytest.raises(CorruptFile, match="a: changed since it was written"):
        check_file(path, "0")


def test_a_full_disk_during_a_segment_write_loses_nothing(
    embedded: Gallery, enrol_template
) -> None:
    """With files limited to 3 kB no segment can be written; prints stay found, then are built."""
    for number in range(4):
        enrol_template(embedded, f"P{number}", make_template(number))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3_000, hard))
    try:
        with pytest.raises(StorageError, match=r"europe-tp.*\.h5: not written"):
            build(embedded.catalogue, embedded.folder)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, ignored)
    assert [path.name for path in embedded.folder.iterdir()] == ["writer.lock"]
    assert sum(len(segment) for segment in embedded.snapshot().segments) == 4
    assert build(embedded.catalogue, embedded.folder).added == 4


def test_there_is_one_builder_at_a_time(embedded: Gallery) -> None:
    """A second one is refused with the reason."""
    with (
        sole_writer(embedded.folder),
        pytest.raises(StorageError.__base__, match="another process is building"),
    ):
        build(embedded.catalogue, embedded.folder)
