"""Codes of one finger position in cells, quantised: a search looks only into the nearest cells.

Source: Jégou, Douze, Schmid, IEEE TPAMI 33(1), 2011; André, Kermarrec, Le Scouarnec, "Quick ADC",
ICMR 2017 (FAISS `IVF,PQ32x4fs`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from engine.gallery.index_model import AXES, index_model
from engine.gallery.nearest import Asked, Nearest, selector, use_one_thread
from engine.records import Float32Array, UInt8Array

_PORTION = 20_000
"""Codes that are projected together; more no longer fit into the processor's cache."""


@dataclass(frozen=True, slots=True, eq=False)
class CelledCodes:
    """The codes of one finger position.

    Attributes:
        index: FAISS index; its ids are minutiae of the segment.
        finger: position of all of its prints.
    """

    index: Any
    finger: int
    place_each: float = 0.002
    """0.005 % of the codes. Among a million synthetic prints twice as many find the mate of one
    FVC probe in 140 more, in 1.3 times the time; among 100,000 fewer find as many."""
    place_least: int = 8

    @property
    def size(self) -> int:
        """See `CodePiece`."""
        return int(self.index.ntotal)

    def nearest(self, asked: Asked, count: int, selected: UInt8Array | None) -> Nearest:
        """See `CodePiece`; similarities are expected ones, by the distance of quantised points."""
        wanted = faiss.IVFSearchParameters(nprobe=asked.cells_seen)  # type: ignore[call-arg]  # C++ types
        chosen = None if selected is None else selector(selected)  # lives as long as the search
        if chosen is not None:
            wanted.sel = chosen
        distances, ids = _search(self.index, asked, count, wanted)
        return Nearest(ids, np.where(ids < 0, 0, index_model().similarity(distances)))

    def to_bytes(self) -> UInt8Array:
        """The form that is stored."""
        return np.asarray(faiss.serialize_index(self.index))


def _search(
    index: Any, asked: Asked, count: int, wanted: Any
) -> tuple[Float32Array, NDArray[np.int64]]:
    """Distances and ids, in the cells that are known already.

    FAISS's own method of arrays takes no parameters here, so that this is its plain form.
    """
    points, cells = asked.points, asked.cells
    distances = np.empty((len(points), count), np.float32)
    ids = np.empty((len(points), count), np.int64)
    use_one_thread()
    here: Any = faiss.swig_ptr
    index.search_preassigned_c(
        len(points),
        here(points),
        count,
        here(cells.numbers),
        here(cells.distances),
        here(distances),
        here(ids),
        False,  # ids, not places in lists
        wanted,
    )
    return distances, ids


def file_in_cells(codes: UInt8Array, rows: NDArray[np.int64], finger: int) -> CelledCodes:
    """An index over codes (C, 32) uint8 of the minutiae `rows`."""
    model = index_model()
    index = faiss.deserialize_index(model.empty)
    use_one_thread()  # fingers are filed beside each other
    for start in range(0, len(codes), _PORTION):
        portion = slice(start, start + _PORTION)
        index.add_with_ids(model.project(codes[portion]), rows[portion])
    return CelledCodes(index, finger)


def read_celled(data: UInt8Array, finger: int) -> CelledCodes:
    """The index from its stored form. Raises RuntimeError if it is none."""
    index = faiss.deserialize_index(data)
    if index.d != AXES or not isinstance(index, faiss.IndexIVFPQFastScan):
        raise RuntimeError("it is no index of quantised codes")
    return CelledCodes(index, finger)
