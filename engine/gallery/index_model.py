"""What all large indexes share: how codes are projected, their cells, and their quantisation.

Trained once, on synthetic prints, so that no shard ever needs training to accept a print and
scores of all shards are comparable: see `benchmarks/index_model.py`.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from engine.records import Float32Array, UInt8Array

CODE_BITS = 256

CELLS = 256

AXES = 64


@dataclass(frozen=True, slots=True, eq=False)
class IndexModel:
    """What was trained.

    Attributes:
        mean: (256,) float32, how often each bit is set.
        axes: (256, 64) float32, principal axes of centred bits of length 1.
        line: (2,) float32, similarity of two codes at a distance d of their quantised points:
            line[0] + line[1] * d, the distance as FAISS gives it, squared.
        empty: serialised FAISS index.
    """

    mean: Float32Array
    axes: Float32Array
    line: Float32Array
    empty: UInt8Array

    def project(self, codes: UInt8Array) -> Float32Array:
        """(N, 64) float32: near each other where codes have like bits."""
        bits = np.unpackbits(codes, axis=1, bitorder="little").astype(np.float32) - self.mean
        lengths = np.linalg.norm(bits, axis=1, keepdims=True)
        return np.ascontiguousarray(bits @ self.axes / np.maximum(lengths, np.float32(1e-6)))

    def similarity(self, distances: Float32Array) -> Float32Array:
        """Expected similarity of the codes at these distances."""
        similarities: Float32Array = self.line[0] + self.line[1] * distances
        return similarities


@cache
def index_model() -> IndexModel:
    """The model that comes with the program."""
    data = (resources.files("engine.reference") / "index_model.npz").read_bytes()
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        return IndexModel(arrays["mean"], arrays["axes"], arrays["line"], arrays["empty"])
