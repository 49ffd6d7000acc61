"""The codes' index of a segment as one file.

    offset  size  field
         0     8  magic "WHRLCODE"
         8     4  number of pieces n, little-endian like all integers
               n times: kind (uint8: 0 scanned, 1 cells), finger position (uint8; 255 is none),
                  6 bytes 0, bytes of the FAISS index (uint64), number of minutiae named (uint64)
               n times: the FAISS index, then the minutiae (int32), which cells name by themselves

The FAISS parts are in FAISS's own form.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from engine.errors import CorruptFile
from engine.gallery.celled_codes import CelledCodes, read_celled
from engine.gallery.code_index import CodePiece
from engine.gallery.scanned_codes import ScannedCodes, read_scanned
from engine.records import UInt8Array

_MAGIC = b"WHRLCODE"
_COUNT = struct.Struct("<I")
_PIECE = struct.Struct("<BB6xQQ")
_SCANNED, _CELLS = 0, 1
_NO_FINGER = 255


def write_index(path: Path, pieces: Sequence[CodePiece]) -> None:
    """Write the file."""
    blobs = [(piece.to_bytes(), _rows(piece)) for piece in pieces]
    with path.open("wb") as stream:
        stream.write(_MAGIC + _COUNT.pack(len(pieces)))
        for piece, (blob, rows) in zip(pieces, blobs, strict=True):
            kind = _CELLS if isinstance(piece, CelledCodes) else _SCANNED
            finger = _NO_FINGER if piece.finger is None else piece.finger
            stream.write(_PIECE.pack(kind, finger, blob.size, rows.size))
        for blob, rows in blobs:
            stream.write(blob.tobytes())
            stream.write(rows.tobytes())


def _rows(piece: CodePiece) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    """The minutiae that the piece's ids stand for."""
    rows = piece.rows if isinstance(piece, ScannedCodes) else ()
    return np.asarray(rows, "<i4")


def read_index(path: Path) -> tuple[CodePiece, ...]:
    """Read a file whose checksum was found right.

    Raises:
        CorruptFile: it is no such file.
    """
    try:
        data = np.memmap(path, np.uint8, "r")
        return tuple(_pieces(data))
    except (RuntimeError, ValueError, struct.error) as error:
        reason = (str(error).splitlines() or ["empty"])[0]
        raise CorruptFile(f"{path}: is no index: {reason}") from error


def _pieces(data: UInt8Array) -> Iterator[CodePiece]:
    """The pieces, one after the other."""
    place = len(_MAGIC) + _COUNT.size
    if data[: len(_MAGIC)].tobytes() != _MAGIC:
        raise ValueError("it begins otherwise")
    (count,) = _COUNT.unpack(data[len(_MAGIC) : place].tobytes())
    heads = data[place : place + count * _PIECE.size].tobytes()
    if len(heads) != count * _PIECE.size:
        raise ValueError("it ends too early")
    place += len(heads)
    for kind, finger, size, named in _PIECE.iter_unpack(heads):
        blob, place = data[place : place + size], place + size
        rows, place = data[place : place + 4 * named].view("<i4"), place + 4 * named
        if place > len(data):
            raise ValueError("it ends too early")
        yield (
            read_celled(blob, finger)
            if kind == _CELLS
            else read_scanned(blob, rows.astype(np.int64))
        )
