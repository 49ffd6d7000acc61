"""Writing files so that a reader sees the old one or the new one, whole."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from engine.errors import CorruptFile, DiskFull, StorageError


def write_whole(path: Path, fill: Callable[[Path], None]) -> str:
    """Let `fill` write a file beside `path`, then put it in place; returns its SHA-256.

    On any failure nothing is left beside and what stood at `path` is untouched.

    Raises:
        DiskFull: no space left, or a quota reached.
        StorageError: any other failure of the file system.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        fill(beside)
        _sync(beside)
        digest = sha256_of(beside)
        beside.replace(path)
        _sync(path.parent)
    except OSError as error:
        raise _explain(error, path) from error
    finally:
        beside.unlink(missing_ok=True)
    return digest


def _explain(error: OSError, path: Path) -> StorageError:
    """The error of a file system as one of ours; HDF5 hides the number in its words."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    if full or "No space left" in str(error) or "File too large" in str(error):
        return DiskFull(f"{path}: not written, no space left on the disk; nothing was changed")
    return StorageError(f"{path}: not written: {error.strerror or error}")


def _sync(path: Path) -> None:
    """Wait until a file or folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sha256_of(path: Path) -> str:
    """Hex SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def check_file(path: Path, digest: str) -> None:
    """Compare a file with the digest that it had when it was written.

    Raises:
        CorruptFile: the file is missing or its bytes have changed.
    """
    mend = "run `whorl index rebuild` to make it again from the catalogue"
    try:
        found = sha256_of(path)
    except FileNotFoundError:
        raise CorruptFile(f"{path}: missing; {mend}") from None
    except OSError as error:
        raise CorruptFile(f"{path}: cannot be read: {error.strerror}; {mend}") from error
    if found != digest:
        raise CorruptFile(f"{path}: changed since it was written (checksum differs); {mend}")


class DeferredErrors:
    """A file for HDF5 to write to, which keeps a failure until `raise_error`.

    HDF5 ends the whole process if a write fails while it closes a file; so it is told that all
    is well, and the error comes up after it has gone. Lets through what h5py calls.
    """

    def __init__(self, stream: BinaryIO) -> None:
        """Take a file open for writing and reading."""
        self._stream = stream
        self._error: OSError | None = None

    def write(self, data: memoryview) -> int:
        """Write, unless writing has failed before."""
        if self._error is None:
            try:
                return self._stream.write(data)
            except OSError as error:
                self._error = error
        return len(data)

    def truncate(self, size: int) -> int:
        """Set the size, unless writing has failed before."""
        if self._error is None:
            try:
                return self._stream.truncate(size)
            except OSError as error:
                self._error = error
        return size

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place."""
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        """The current place."""
        return self._stream.tell()

    def read(self, size: int = -1) -> bytes:
        """Read what was written before."""
        return self._stream.read(size)

    def readinto(self, buffer: memoryview) -> int:
        """Read what was written before."""
        return self._stream.readinto(buffer)  # type: ignore[attr-defined,no-any-return]

    def flush(self) -> None:
        """Nothing is kept back: the file is not buffered."""

    def raise_error(self) -> None:
        """Raise the first failure, if there was one."""
        if self._error is not None:
            raise self._error
