"""FAISS indexes over the codes of a segment: exact for small ones, by cells for large ones.

A scan of all codes is exact, but its time grows with their number. From `CELLS_FROM` codes on, the
codes' bits are projected to 64 principal axes, filed in cells around trained centroids and
compared there by 4-bit product quantisation (FAISS `IVF,PQ32x4fs`); only the cells nearest to a
probe's code are looked at. Of the forms of FAISS that were tried it is the quickest that takes an
ID selector, so that what an asker may not see never takes a place. Axes and centroids are trained
once, on synthetic prints, and shared by all shards: see `benchmarks/index_model.py`.
Source: Jégou, Douze, Schmid, IEEE TPAMI 33(1), 2011; André, Kermarrec, Le Scouarnec, "Quick ADC".
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Protocol

import faiss
import numpy as np
from numpy.typing import NDArray

from engine.errors import CorruptFile
from engine.records import Float32Array, UInt8Array

CODE_BITS = 256

CELLS_FROM = 500_000
"""Codes of a segment that is filed in cells, about 12,000 prints. A scan for a probe takes 50 ms
there, the cells 9; among the first 1000 prints both hold as many mates."""

CELLS_SEEN = 64
"""Cells that each code of a probe looks into, of `CELLS`; twice as many find 0.2 of 100 mates
more, in 1.5 times the time (100,000 synthetic prints, probes of FVC2000 and FVC2002)."""

CELLS = 2048

AXES = 64

_PORTION = 200_000
"""Codes that are projected together; more need more memory."""

_BINARY = b"IB"
"""FAISS begins the files of binary indexes so."""


class CodeIndex(Protocol):
    """Finds the codes that lie nearest to given ones."""

    @property
    def size(self) -> int:
        """Codes in the index."""

    def nearest(
        self, codes: UInt8Array, count: int, selected: UInt8Array | None
    ) -> NDArray[np.int64]:
        """Rows of the nearest codes.

        Args:
            codes: (Q, 32) uint8.
            count: K, rows wanted for each.
            selected: bits of the rows that may be found, the lowest bit first; None is all.

        Returns:
            (Q, K) int64, -1 where there are no more.
        """

    def to_bytes(self) -> UInt8Array:
        """The form that is stored."""


@dataclass(frozen=True, slots=True, eq=False)
class _Faiss:
    """Around an index of FAISS, whose ids are the rows."""

    index: Any

    @property
    def size(self) -> int:
        """Codes in the index."""
        return int(self.index.ntotal)


class ScannedIndex(_Faiss):
    """Compares with every code: exact."""

    def nearest(
        self, codes: UInt8Array, count: int, selected: UInt8Array | None
    ) -> NDArray[np.int64]:
        """See `CodeIndex`."""
        selector = _selector(selected)
        wanted = None if selector is None else faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]  # C++ types
        return _search(self.index, np.ascontiguousarray(codes), count, wanted)

    def to_bytes(self) -> UInt8Array:
        """See `CodeIndex`."""
        return np.asarray(faiss.serialize_index_binary(self.index))


class CellIndex(_Faiss):
    """Looks into the nearest cells only."""

    def nearest(
        self, codes: UInt8Array, count: int, selected: UInt8Array | None
    ) -> NDArray[np.int64]:
        """See `CodeIndex`."""
        wanted = faiss.IVFSearchParameters(nprobe=CELLS_SEEN)  # type: ignore[call-arg]  # C++ types
        selector = _selector(selected)
        if selector is not None:
            wanted.sel = selector
        return _search(self.index, index_model().project(codes), count, wanted)

    def to_bytes(self) -> UInt8Array:
        """See `CodeIndex`."""
        return np.asarray(faiss.serialize_index(self.index))


def _search(index: Any, queries: Any, count: int, wanted: Any) -> NDArray[np.int64]:
    """Rows of the nearest codes, on the caller's thread: searches run beside each other."""
    faiss.omp_set_num_threads(1)  # of this thread alone
    _, rows = index.search(queries, count, params=wanted)
    return np.asarray(rows)


def _selector(selected: UInt8Array | None) -> Any:
    """What tells FAISS which codes to pass over."""
    return None if selected is None else faiss.IDSelectorBitmap(selected)  # type: ignore[call-arg, arg-type]  # C++ types


@dataclass(frozen=True, slots=True, eq=False)
class IndexModel:
    """What was trained: how codes are projected, and an index without codes.

    Attributes:
        mean: (256,) float32, how often each bit is set.
        axes: (256, 64) float32, principal axes of centred bits of length 1.
        empty: serialised FAISS index.
    """

    mean: Float32Array
    axes: Float32Array
    empty: UInt8Array

    def project(self, codes: UInt8Array) -> Float32Array:
        """(N, 64) float32: near each other where codes have like bits."""
        bits = np.unpackbits(codes, axis=1, bitorder="little").astype(np.float32) - self.mean
        lengths = np.linalg.norm(bits, axis=1, keepdims=True)
        return np.ascontiguousarray(bits @ self.axes / np.maximum(lengths, np.float32(1e-6)))


@cache
def index_model() -> IndexModel:
    """The model that comes with the program."""
    data = (resources.files("engine.reference") / "index_model.npz").read_bytes()
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        return IndexModel(arrays["mean"], arrays["axes"], arrays["empty"])


def build_index(codes: UInt8Array) -> CodeIndex:
    """An index over codes (N, 32) uint8 that suits their number; rows are its ids."""
    return scan(codes) if len(codes) < CELLS_FROM else file_in_cells(codes)


def scan(codes: UInt8Array) -> ScannedIndex:
    """An exact index, which takes no time to build, whatever the number of codes."""
    index = faiss.IndexBinaryFlat(CODE_BITS)
    index.add(np.ascontiguousarray(codes))
    return ScannedIndex(index)


def file_in_cells(codes: UInt8Array) -> CellIndex:
    """An index by cells, whatever the number of codes."""
    model = index_model()
    cells = faiss.deserialize_index(model.empty)
    for start in range(0, len(codes), _PORTION):
        cells.add(model.project(codes[start : start + _PORTION]))
    return CellIndex(cells)


def read_index(data: UInt8Array, name: str) -> CodeIndex:
    """An index from its stored form, whose checksum was found right.

    Raises:
        CorruptFile: it is no such index.
    """
    try:
        if data[: len(_BINARY)].tobytes() == _BINARY:
            return ScannedIndex(faiss.deserialize_index_binary(data))
        return CellIndex(faiss.deserialize_index(data))
    except RuntimeError as error:
        raise CorruptFile(f"{name}: is no index: {str(error).splitlines()[0]}") from error
