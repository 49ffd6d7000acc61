"""What an index answers, and how FAISS is asked."""

from __future__ import annotations

from typing import Any, NamedTuple

import faiss
import numpy as np
from numpy.typing import NDArray

from engine.records import Float32Array, UInt8Array


class Nearest(NamedTuple):
    """Codes that lie nearest to Q given ones, K each.

    Attributes:
        rows: (Q, K) int64, their minutiae in the segment, -1 where there are no more.
        similarities: (Q, K) float32, of the codes, 1 if they are equal.
    """

    rows: NDArray[np.int64]
    similarities: Float32Array


def ask(index: Any, queries: Any, count: int, wanted: Any) -> tuple[Any, Any]:
    """Distances and ids by FAISS, on the caller's thread: searches run beside each other."""
    faiss.omp_set_num_threads(1)  # of this thread alone
    distances, ids = index.search(queries, count, params=wanted)
    return distances, ids


def selector(selected: UInt8Array) -> Any:
    """What tells FAISS which ids to pass over."""
    return faiss.IDSelectorBitmap(selected)  # type: ignore[call-arg, arg-type]  # C++ types
