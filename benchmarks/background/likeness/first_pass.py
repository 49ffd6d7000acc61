"""Similarities of index codes of different fingers, exhaustively: what the first pass sees.

The formulas are those of `engine.gallery.shortlist`, without FAISS between.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.background.likeness.sample import Sample
from engine.descriptor.cylinders import UInt64Array
from engine.gallery.shortlist import MAX_TURN, SUMMED
from engine.kernels import kernel, popcount
from engine.records import MAX_MINUTIAE, Float32Array

LEVELS = 1000
"""Steps of similarity that are told apart."""


@dataclass(frozen=True, slots=True, eq=False)
class FirstPass:
    """What the first pass finds among impostors.

    Attributes:
        gammas: (LEVELS + 1,) int64, pairs of codes by similarity in thousandths.
        scores: (K,) float32, scores of pairs of prints, 0 to 8.
    """

    gammas: NDArray[np.int64]
    scores: Float32Array


class _Codes(NamedTuple):
    """Index codes of a sample, as kernels take them."""

    bits: UInt64Array
    norm: Float32Array
    direction: Float32Array
    offsets: NDArray[np.int64]
    owners: NDArray[np.int64]


def first_pass(probes: Sample, gallery: Sample) -> FirstPass:
    """Compare all prints of different fingers; each pair once if both samples are the same one."""
    gammas = np.zeros(LEVELS + 1, np.int64)
    scores = np.full((len(probes), len(gallery)), -1, np.float32)
    _compare(_codes(probes), _codes(gallery), probes is gallery, gammas, scores)
    return FirstPass(gammas, scores[scores >= 0])


def _codes(sample: Sample) -> _Codes:
    """The codes of a sample."""
    bits = np.ascontiguousarray(sample.features.codes).view(np.uint64)
    norm = np.sqrt(np.bitwise_count(bits).sum(axis=1, dtype=np.uint16).astype(np.float32))
    return _Codes(bits, norm, sample.features.direction, sample.offsets, sample.owners)


@kernel
def _compare(
    probes: _Codes,
    gallery: _Codes,
    same: bool,
    gammas: NDArray[np.int64],
    scores: Float32Array,
) -> None:
    """Fill similarities of codes and scores of prints; pairs that are left out stay at -1."""
    best = np.zeros(MAX_MINUTIAE, np.float32)
    for p in range(len(probes.owners)):
        rows = probes.offsets[p + 1] - probes.offsets[p]
        for g in range(p + 1 if same else 0, len(gallery.owners)):
            if same and probes.owners[p] == gallery.owners[g]:
                continue
            for i in range(rows):
                best[i] = _nearest(probes, probes.offsets[p] + i, gallery, g, gammas)
            scores[p, g] = np.sort(best[:rows])[max(0, rows - SUMMED) :].sum()


@kernel
def _nearest(
    probes: _Codes, row: int, gallery: _Codes, print_: int, gammas: NDArray[np.int64]
) -> float:
    """The largest similarity of a code to those of a print; all of them are counted."""
    circle, most = np.float32(2 * math.pi), np.float32(MAX_TURN)
    best = np.float32(0)
    for other in range(gallery.offsets[print_], gallery.offsets[print_ + 1]):
        apart = abs(probes.direction[row] - gallery.direction[other])
        norm = probes.norm[row] + gallery.norm[other]
        if norm == 0 or min(apart, circle - apart) > most:
            continue
        distance = 0
        for word in range(probes.bits.shape[1]):
            distance += popcount(probes.bits[row, word] ^ gallery.bits[other, word])
        gamma = np.float32(1) - np.sqrt(np.float32(distance)) / norm
        gammas[max(0, int(gamma * LEVELS))] += 1
        best = max(best, gamma)
    return best  # type: ignore[return-value]
