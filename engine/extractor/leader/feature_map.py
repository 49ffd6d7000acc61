"""Feature maps, and the parts of them that are computed.

A map is a (height + 12, width + 18, channels) float32 array, channels in eights: the pixels
lie from row and column BORDER on, and around them stand zeros for the convolutions to read.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.extractor.leader.pixels import SPATIAL_PIXELS
from engine.records import Float32Array, UInt8Array

BORDER = 6
"""Zeros above, below and left: the widest convolution reaches so far."""

BORDER_RIGHT = 12
"""Zeros on the right: the last tile of a row reads beyond it."""

STRIP = 48
"""Pixels that go through a block together: few enough for their inner values to stay in the
processor's cache, and a multiple of the tiles' pixels."""

SPARE = SPATIAL_PIXELS
"""Pixels by which buffers are longer: the last tile of a strip writes beyond it."""

Int64Array = NDArray[np.int64]

Strips = NDArray[np.int64]
"""(N, 3): row, first column and number, at most STRIP, of pixels to compute."""


def size_of(array: Float32Array) -> tuple[int, int]:
    """Height and width of a map."""
    return array.shape[0] - 2 * BORDER, array.shape[1] - BORDER - BORDER_RIGHT


def strips_of(mask: UInt8Array) -> Strips:
    """Strips that cover the set pixels of a mask, and nothing else."""
    edges = np.diff(np.pad(mask.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    rows, starts = np.nonzero(edges > 0)
    ends = np.nonzero(edges < 0)[1]
    pieces = -(-(ends - starts) // STRIP)
    run = np.repeat(np.arange(len(rows)), pieces)
    piece = np.arange(len(run)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    first = starts[run] + STRIP * piece
    return np.stack([rows[run], first, np.minimum(ends[run] - first, STRIP)], axis=1)


def halve_mask(mask: UInt8Array) -> UInt8Array:
    """The mask at half the size: a pixel of which any part was set is set."""
    return np.maximum(
        np.maximum(mask[::2, ::2], mask[1::2, ::2]), np.maximum(mask[::2, 1::2], mask[1::2, 1::2])
    )


def widen(mask: UInt8Array, margin: int) -> UInt8Array:
    """The mask with a margin of so many pixels around."""
    square = np.ones((2 * margin + 1, 2 * margin + 1), np.uint8)
    return np.asarray(cv2.dilate(mask, square), np.uint8)


def fill_rows(mask: UInt8Array) -> UInt8Array:
    """The mask with each row filled from its first set pixel to its last."""
    after = np.maximum.accumulate(mask, axis=1)
    before = np.maximum.accumulate(mask[:, ::-1], axis=1)[:, ::-1]
    return np.minimum(after, before)
