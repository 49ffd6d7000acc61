"""Chunks on disk: one HDF5 file of plain arrays each, at a path made of all that it depends on."""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from dataclasses import fields
from functools import cache
from pathlib import Path

import h5py
import numpy as np

from benchmarks.background.chunk import Chunk
from benchmarks.background.parameters import Numbers
from benchmarks.code_digest import code_digest
from benchmarks.store.scores import write_arrays
from engine.errors import CorruptFile
from engine.records import MAX_MINUTIAE

Arrays = dict[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]]

_KINDS = {
    "xy": np.dtype(np.int16),
    "direction": np.dtype(np.uint8),
    "type": np.dtype(np.uint8),
    "quality": np.dtype(np.uint8),
    "offsets": np.dtype(np.int64),
    "fingers": np.dtype(np.int64),
    "position": np.dtype(np.uint8),
    "pattern": np.dtype(np.uint8),
    "size": np.dtype(np.uint16),
}


def chunk_path(folder: Path, seed: int, number: int, numbers: Numbers) -> Path:
    """Where a chunk is kept; other numbers or other code make another path."""
    digest = hashlib.sha256(f"{numbers} {_code()}".encode()).hexdigest()[:8]
    return folder / digest / f"seed-{seed}" / f"{number:06d}.h5"


def write_chunk(path: Path, chunk: Chunk) -> None:
    """Store a chunk, as a whole or not at all; two processes may store the same at once."""
    arrays: Arrays = {part.name: getattr(chunk, part.name) for part in fields(Chunk)}
    beside = path.with_name(f"{path.stem}-{os.getpid()}.h5")
    write_arrays(beside, arrays, {"crc32": _checksum(arrays)})
    beside.replace(path)


def read_chunk(path: Path, prints: int) -> Chunk:
    """Read a chunk of `prints` prints.

    Raises:
        CorruptFile: it is not what was written.
    """
    try:
        with h5py.File(path) as file:
            arrays: Arrays = {name: _read(file[name], name, prints) for name in _KINDS}
            stored = json.loads(file.attrs["facts"])["crc32"]
    except (OSError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise CorruptFile(f"{path}: no chunk of a background gallery: {error}") from error
    if stored != _checksum(arrays):
        raise CorruptFile(f"{path}: its content is not what was written (checksum)")
    return Chunk(**arrays)  # type: ignore[arg-type]  # types were checked one by one


def _read(data: h5py.Dataset, name: str, prints: int) -> np.ndarray[tuple[int, ...], np.dtype]:
    """An array of a file, if it is of the right kind and of a believable size."""
    if data.dtype != _KINDS[name] or data.shape[0] > (prints + 1) * MAX_MINUTIAE:
        raise ValueError(f"{name} is {data.dtype} of shape {data.shape}")
    return np.asarray(data[...])


def _checksum(arrays: Arrays) -> int:
    """CRC-32 of all arrays, in the order of their names."""
    check = 0
    for name in sorted(arrays):
        check = zlib.crc32(np.ascontiguousarray(arrays[name]).tobytes(), check)
    return check


@cache
def _code() -> str:
    """Digest of all that a chunk depends on."""
    here = "benchmarks/background"
    parts = ("capture", "chunk", "dice", "drawing", "finger", "flow", "layout", "points")
    return code_digest([*(f"{here}/{part}.py" for part in parts), "engine/kernels.py"])
