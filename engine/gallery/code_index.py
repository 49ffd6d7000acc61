"""FAISS indexes over the codes of a segment: exact for small ones, by cells for large ones.

A scan of all codes is exact, but its time grows with their number. From `CELLS_FROM` codes on, the
codes of each finger position make a piece of their own, in which they are filed in cells and
compared by 4-bit product quantisation; a search looks only into pieces of its finger, and there
only into the cells nearest to the probe's codes. Of the forms of FAISS that were tried it is the
quickest that takes an ID selector, so that what an asker may not see never takes a place.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.gallery.celled_codes import CelledCodes, file_in_cells
from engine.gallery.nearest import Asked, Nearest
from engine.gallery.scanned_codes import ScannedCodes, scan
from engine.records import UInt8Array

CELLS_FROM = 500_000
"""Codes of a segment that is filed in cells, about 12,000 prints. A scan for a probe takes 50 ms
there."""


class CodePiece(Protocol):
    """Codes of a segment that are searched together."""

    @property
    def finger(self) -> int | None:
        """Position that all of its prints have; None if it holds every print of the segment."""

    @property
    def size(self) -> int:
        """Number of codes."""

    @property
    def place_each(self) -> float:
        """Nearest codes that are worth asking for, for each print that may be found."""

    @property
    def place_least(self) -> int:
        """Nearest codes that are asked for in any case."""

    def nearest(self, asked: Asked, count: int, selected: UInt8Array | None) -> Nearest:
        """The codes that lie nearest to given ones.

        Args:
            asked: Q codes.
            count: K, wanted for each.
            selected: bits of the rows that may be found, the lowest bit first; None is all.
        """

    def to_bytes(self) -> UInt8Array:
        """The FAISS index in the form that is stored."""


def build_pieces(
    codes: UInt8Array, rows: NDArray[np.int64], fingers: UInt8Array
) -> tuple[CodePiece, ...]:
    """An index that suits the number of codes.

    Args:
        codes: (C, 32) uint8.
        rows: (C,) int64, minutia of the segment that each code belongs to, rising.
        fingers: (C,) uint8, its finger position.
    """
    return (scan(codes, rows),) if len(codes) < CELLS_FROM else file_by_finger(codes, rows, fingers)


def file_by_finger(
    codes: UInt8Array, rows: NDArray[np.int64], fingers: UInt8Array
) -> tuple[CelledCodes, ...]:
    """An index by finger position and cells, whatever the number of codes."""

    def file_finger(finger: int) -> CelledCodes:
        mine = np.flatnonzero(fingers == finger)
        return file_in_cells(codes[mine], rows[mine], finger)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return tuple(pool.map(file_finger, np.unique(fingers).tolist()))


__all__ = ["CelledCodes", "CodePiece", "ScannedCodes", "build_pieces", "file_by_finger", "scan"]
