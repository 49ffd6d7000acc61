"""The file of checkpoints, outside the database: one line each, only ever added to."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from engine.audit.checkpoint import MAX_LINE, Checkpoint, parse_checkpoint
from engine.audit.row_hash import START
from engine.audit.signing import PublicKeys
from engine.errors import BadInput, CorruptFile, DiskFull, StorageError
from engine.settings import Settings

FILE_NAME = "audit-checkpoints.jsonl"

_TOLD = 100
"""Faults that are kept; a file of another kind would have one a line."""


def checkpoint_path(settings: Settings) -> Path:
    """Where the checkpoints are."""
    return settings.audit_checkpoints or settings.data_dir / FILE_NAME


class CheckpointReader:
    """Reads the good checkpoints of a file in order and keeps what is wrong with the others."""

    def __init__(self, path: Path, keys: PublicKeys) -> None:
        """Take a file and the keys that may have signed it."""
        self.path = path
        self.faults: list[str] = []
        self._keys = keys

    def __iter__(self) -> Iterator[Checkpoint]:
        """The checkpoints whose signature holds.

        Raises:
            StorageError: the file cannot be read.
        """
        digest, number = START, 0
        for place, line in enumerate(_lines(self.path), 1):
            try:
                one = parse_checkpoint(line.removesuffix(b"\n"), self._keys)
            except BadInput as error:
                if len(line) < MAX_LINE and not line.endswith(b"\n"):
                    return  # what a crash left of a line that nobody was told of
                self._tell(place, str(error))
                digest = ""
                continue
            if digest and one.claim.previous != digest:
                self._tell(place, "does not follow the line before: lines are missing or moved")
            digest = one.digest
            if one.claim.number < number:
                self._tell(place, f"is about row {one.claim.number}, before row {number}")
                continue
            number = one.claim.number
            yield one

    def _tell(self, place: int, fault: str) -> None:
        """Keep a fault of a line."""
        if len(self.faults) < _TOLD:
            self.faults.append(f"{self.path}: line {place} {fault}")


def _lines(path: Path) -> Iterator[bytes]:
    """The lines of a file with their ends; one that is too long comes in pieces.

    Raises:
        StorageError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            while line := file.readline(MAX_LINE):
                yield line
    except OSError as error:
        raise StorageError(f"{path}: {error.strerror}") from error


def last_checkpoint(path: Path, keys: PublicKeys) -> Checkpoint | None:
    """The last whole line; None if there is no file or nothing in it.

    Raises:
        StorageError: the file cannot be read.
        CorruptFile: that line is damaged or forged.
    """
    try:
        with path.open("rb") as file:
            whole = _ending(file).rpartition(b"\n")[0]
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StorageError(f"{path}: {error.strerror}") from error
    if not whole:
        return None
    try:
        return parse_checkpoint(whole.rpartition(b"\n")[2], keys)
    except BadInput as error:
        raise CorruptFile(f"{path}: its last line {error}") from error


def append_checkpoint(path: Path, one: Checkpoint) -> None:
    """Add a line and wait until it is on the disk. Callers take turns by the catalogue's clock.

    What a crash left of a line goes: nobody was told that it was written.

    Raises:
        DiskFull: no space left.
        StorageError: the file cannot be written.
    """
    try:
        new = not path.exists()
        with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
            torn = len(_ending(file).rpartition(b"\n")[2])
            file.seek(-torn, os.SEEK_END)
            file.truncate()
            file.write(one.line.encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        if new:
            _sync_folder(path.parent)
    except OSError as error:
        full = DiskFull if error.errno in (errno.ENOSPC, errno.EDQUOT) else StorageError
        raise full(f"{path}: not written: {error.strerror}") from error


def _ending(file: BinaryIO) -> bytes:
    """The end of a file, long enough for a line and what a crash left of the next."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 2 * MAX_LINE))
    return file.read()


def _sync_folder(folder: Path) -> None:
    """Wait until the name of a new file is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
