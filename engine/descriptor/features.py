"""Everything that searching needs of one print, made from its template."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.descriptor.cylinders import BoolArray, UInt64Array, fill_print, fill_prints
from engine.descriptor.parameters import INDEXING, MATCHING
from engine.descriptor.tables import Int64Array
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
    cylinders, fine = fine_cylinders(minutiae)
    codes, coarse = index_codes(minutiae)
    kept = np.flatnonzero(fine & coarse)
    return Features(
        xy=np.ascontiguousarray(minutiae.xy[kept] * np.array([1, -1], np.float32)),
        direction=minutiae.direction[kept],
        cylinders=cylinders[kept],
        codes=codes[kept],
        minutia=kept.astype(np.uint8),
    )


def fine_cylinders(minutiae: Minutiae) -> tuple[UInt64Array, BoolArray]:
    """Fine cylinder of every minutia, (N, 32) uint64, and (N,) bool, whether it is valid."""
    cylinders = np.empty((len(minutiae), CYLINDER_WORDS), np.uint64)
    valid = np.empty(len(minutiae), np.bool_)
    fill_print(minutiae, MATCHING, cylinders, valid)
    return cylinders, valid


def index_codes(minutiae: Minutiae) -> tuple[UInt8Array, BoolArray]:
    """Index code of every minutia, (N, 32) uint8, and (N,) bool, whether it is valid."""
    codes = np.empty((len(minutiae), CODE_BYTES), np.uint8)
    valid = np.empty(len(minutiae), np.bool_)
    fill_print(minutiae, INDEXING, codes.view(np.uint64), valid)
    return codes, valid


def index_codes_many(
    xy: Float32Array,
    direction: Float32Array,
    offsets: Int64Array,
    out_codes: UInt8Array,
    out_valid: BoolArray,
) -> None:
    """Index codes of many prints in one call, without the interpreter lock: threads can share.

    Args:
        xy, direction: (M, 2) and (M,) float32, minutiae of all prints as in `Minutiae`: y down.
        offsets: (P + 1,) int64, first minutia of each print.
        out_codes, out_valid: (M, 32) uint8, C-contiguous, and (M,) bool, as `index_codes` gives
            them.

    Raises:
        BadInput: a minutia that is not finite, a print of too many, sizes that do not agree.
    """
    fill_prints(xy, direction, offsets, INDEXING, out_codes.view(np.uint64), out_valid)


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
