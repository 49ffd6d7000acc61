"""Codes that are compared one by one: exact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from engine.gallery.index_model import CODE_BITS
from engine.gallery.nearest import Asked, Nearest, selector, use_one_thread
from engine.records import Float32Array, UInt8Array


@dataclass(frozen=True, slots=True, eq=False)
class ScannedCodes:
    """All codes of a segment.

    Attributes:
        index: FAISS binary index; its ids count the codes.
        rows: (C,) int64, minutia of each code, rising.
        norms: (C,) float32, root of the number of bits of each.
    """

    index: Any
    rows: NDArray[np.int64]
    norms: Float32Array
    finger: None = None
    place_each: float = 0.04
    """0.1 % of the codes; more brings chance hits, not mates."""
    place_least: int = 64

    @property
    def size(self) -> int:
        """See `CodePiece`."""
        return len(self.rows)

    def nearest(self, asked: Asked, count: int, selected: UInt8Array | None) -> Nearest:
        """See `CodePiece`."""
        wanted = None
        if selected is not None:
            bits = np.unpackbits(selected, bitorder="little")[self.rows]
            wanted = faiss.SearchParameters(sel=selector(np.packbits(bits, bitorder="little")))  # type: ignore[call-arg]  # C++ types
        codes = np.ascontiguousarray(asked.codes)
        use_one_thread()
        distances, ids = self.index.search(codes, count, params=wanted)
        found = ids >= 0
        norms = norms_of(codes)[:, None] + self.norms[ids]
        near = 1 - np.sqrt(distances, dtype=np.float32) / np.maximum(norms, np.float32(1e-6))
        return Nearest(np.where(found, self.rows[ids], -1), np.where(found & (norms > 0), near, 0))

    def to_bytes(self) -> UInt8Array:
        """The form that is stored, without `rows`."""
        return np.asarray(faiss.serialize_index_binary(self.index))


def norms_of(codes: UInt8Array) -> Float32Array:
    """(N,) float32, root of the number of bits of each code."""
    bits: Float32Array = np.bitwise_count(codes).sum(axis=1, dtype=np.uint16).astype(np.float32)
    return np.sqrt(bits)


def scan(codes: UInt8Array, rows: NDArray[np.int64]) -> ScannedCodes:
    """An exact index, which takes no time to build, whatever the number of codes."""
    index = faiss.IndexBinaryFlat(CODE_BITS)
    index.add(np.ascontiguousarray(codes))
    return ScannedCodes(index, rows, norms_of(codes))


def read_scanned(data: UInt8Array, rows: NDArray[np.int64]) -> ScannedCodes:
    """The index from its stored form. Raises RuntimeError if it is none."""
    index = faiss.deserialize_index_binary(data)
    if index.d != CODE_BITS or index.ntotal != len(rows):
        raise RuntimeError(f"{index.ntotal} codes of {index.d} bits for {len(rows)} minutiae")
    codes = faiss.vector_to_array(index.xb)  # type: ignore[attr-defined]  # C++ types
    return ScannedCodes(index, rows, norms_of(codes.reshape(-1, CODE_BITS // 8)))
