"""Everything that searching needs of one print, made from its template."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.descriptor.cylinders import UInt64Array, build_cylinders
from engine.descriptor.parameters import INDEXING, MATCHING
from engine.records import Float32Array, Minutiae, UInt8Array

CYLINDER_WORDS = 32
"""64-bit words of one fine cylinder: 16 words of bits, then 16 words of mask."""

CODE_BYTES = 32
"""Bytes of one index code."""


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """The searchable form of one print or of many, one row a minutia with a valid cylinder.

    Attributes:
        xy: (M, 2) float32, pixels at 500 ppi, y up (unlike in a template).
        direction: (M,) float32, radians, counter-clockwise.
        cylinders: (M, 32) uint64, bits and mask of the fine cylinder.
        codes: (M, 32) uint8, the index code.
        minutia: (M,) uint8, row of the minutia in the print's template.
    """

    xy: Float32Array
    direction: Float32Array
    cylinders: UInt64Array
    codes: UInt8Array
    minutia: UInt8Array

    def __len__(self) -> int:
        return len(self.xy)


def describe(minutiae: Minutiae) -> Features:
    """The features of one print; minutiae without a valid cylinder are left out."""
    fine = build_cylinders(minutiae, MATCHING)
    coarse = build_cylinders(minutiae, INDEXING)
    kept = np.flatnonzero(fine.valid & coarse.valid)
    return Features(
        xy=np.ascontiguousarray(minutiae.xy[kept] * np.array([1, -1], np.float32)),
        direction=minutiae.direction[kept],
        cylinders=np.concatenate([fine.bits[kept], fine.masks[kept]], axis=1),
        codes=coarse.bits[kept].view(np.uint8),
        minutia=kept.astype(np.uint8),
    )


def concatenate(parts: list[Features]) -> tuple[Features, NDArray[np.int64]]:
    """Join the features of several prints; offset i is the first row of print i."""
    counts = [len(part) for part in parts]
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    if not parts:
        return describe(Minutiae.empty()), offsets
    return Features(
        xy=np.concatenate([part.xy for part in parts]),
        direction=np.concatenate([part.direction for part in parts]),
        cylinders=np.concatenate([part.cylinders for part in parts]),
        codes=np.concatenate([part.codes for part in parts]),
        minutia=np.concatenate([part.minutia for part in parts]),
    ), offsets
