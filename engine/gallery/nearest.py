"""What an index is asked and answers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, NamedTuple

import faiss
import numpy as np
from numpy.typing import NDArray

from engine.gallery.index_model import index_model
from engine.records import Float32Array, UInt8Array

CELLS_SEEN = 16
"""Cells that each code of a probe looks into, of `CELLS`. Half as many take 0.7 of the time and
rank 1 to 2 mates of 100 FVC probes lower among 100,000 and among a million synthetic prints."""


class Cells(NamedTuple):
    """Cells that lie nearest to Q points.

    Attributes:
        numbers: (Q, N) int64.
        distances: (Q, N) float32, squared, rising.
    """

    numbers: NDArray[np.int64]
    distances: Float32Array


@dataclass(frozen=True, eq=False)
class Asked:
    """Codes whose nearest are wanted; what is made of them is made once for all pieces.

    Attributes:
        codes: (Q, 32) uint8.
        cells_seen: cells that each of them looks into.
    """

    codes: UInt8Array
    cells_seen: int = CELLS_SEEN

    def __len__(self) -> int:
        return len(self.codes)

    @cached_property
    def points(self) -> Float32Array:
        """(Q, 64) float32, the codes as points of the index model."""
        return index_model().project(self.codes)

    @cached_property
    def cells(self) -> Cells:
        """The cells that each of them looks into."""
        use_one_thread()
        distances, numbers = _centres().search(self.points, self.cells_seen)
        return Cells(numbers, distances)


class Nearest(NamedTuple):
    """Codes that lie nearest to Q given ones, K each.

    Attributes:
        rows: (Q, K) int64, their minutiae in the segment, -1 where there are no more.
        similarities: (Q, K) float32, of the codes, 1 if they are equal.
    """

    rows: NDArray[np.int64]
    similarities: Float32Array

    def part(self, asked: slice, count: int) -> Nearest:
        """The `count` nearest of some codes."""
        return Nearest(self.rows[asked, :count], self.similarities[asked, :count])


def selector(selected: UInt8Array) -> Any:
    """What tells FAISS which ids to pass over."""
    return faiss.IDSelectorBitmap(selected)  # type: ignore[call-arg, arg-type]  # C++ types


def use_one_thread() -> None:
    """Let FAISS search on the caller's thread alone: searches run beside each other."""
    faiss.omp_set_num_threads(1)  # counts for the calling thread


@cache
def _centres() -> Any:
    """FAISS index of the centres of all cells."""
    index: Any = faiss.deserialize_index(index_model().empty)
    return faiss.clone_index(faiss.downcast_index(index.quantizer))  # outlives the other
