"""Prints with light ridges on a dark ground, found and turned round.

Ridges and valleys are about equally wide, so the ridges themselves hardly tell. The ground
does: around a print it has the level of the valleys, and at its edge the print breaks up into
islands of ridge in that ground, so that the grey levels there lean to one side. Both must
agree; if unsure, the print stays as it is, because a print turned round by mistake has no
minutia right, and a negative can still be marked by whoever enrols it. The method and its
numbers are our own; on the 640 prints of FVC2000 and FVC2002 (sets B) no print is called
inverted, and about four fifths of their negatives are.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.records import Float32Array, UInt8Array

_BLOCK = 16  # pixels at 500 ppi: two ridges, so that a block on the print sees both levels
_MARGIN = 4  # pixels: scanners draw frames
_CONTRAST_RANK = 95  # percentile of block contrast that stands for clear ridges
_SMOOTH = 0.2  # of that contrast: the noise of the ground; wet skin has more
_CLEAR = 0.5  # of that contrast: certainly ridges
_FAINT = 0.25  # of that contrast: ridges at the edge of the print
_LEVELS = (10, 90)  # percentiles of ridge and valley within clear blocks
_MIN_GROUND = 0.03  # part of the blocks; less says nothing
_MIN_DARKNESS = 0.2  # of ridge to valley: how far below their middle the ground must lie
_MIN_SKEW = 0.1  # median skewness at the edge; negatives of the FVC sets have about 1
_BLACK = 20  # grey level of padding, with the ringing of a strong JPEG
_MIN_CONTENT = 0.05  # part of a row or column that must not be black


@dataclass(frozen=True, slots=True, eq=False)
class _Blocks:
    """Blocks of an image: levels (rows, columns, 256) float32; mean and contrast per block."""

    levels: Float32Array
    mean: Float32Array
    contrast: Float32Array


def is_inverted(pixels: UInt8Array) -> bool:
    """Whether an (H, W) image at 500 ppi surely shows light ridges on a dark ground."""
    content = _strip_padding(pixels)[_MARGIN:-_MARGIN, _MARGIN:-_MARGIN]
    if min(content.shape) < 3 * _BLOCK:
        return False
    blocks = _cut(content)
    clear = np.percentile(blocks.contrast, _CONTRAST_RANK)
    ground = _touching_border(blocks.contrast < _SMOOTH * clear)
    if ground.mean() < _MIN_GROUND:
        return False
    edge = _dilate(ground) & ~ground & (blocks.contrast > _FAINT * clear)
    ridges = blocks.contrast > _CLEAR * clear
    return _darkness(blocks, ground, ridges) > _MIN_DARKNESS and _skewness(blocks, edge) > _MIN_SKEW


def invert(pixels: UInt8Array) -> UInt8Array:
    """The negative of an image."""
    return 255 - pixels


def _strip_padding(pixels: UInt8Array) -> UInt8Array:
    """Without black rows and columns around it: padding is not ground."""
    bright = cv2.blur(pixels, (3, 3)) > _BLACK
    rows = np.flatnonzero(bright.mean(axis=1) > _MIN_CONTENT)
    columns = np.flatnonzero(bright.mean(axis=0) > _MIN_CONTENT)
    if not len(rows) or not len(columns):
        return pixels
    return pixels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _cut(pixels: UInt8Array) -> _Blocks:
    rows, columns = pixels.shape[0] // _BLOCK, pixels.shape[1] // _BLOCK
    whole = pixels[: rows * _BLOCK, : columns * _BLOCK].astype(np.float32)
    tiles = whole.reshape(rows, _BLOCK, columns, _BLOCK).swapaxes(1, 2)
    levels = tiles.reshape(rows, columns, _BLOCK * _BLOCK)
    return _Blocks(levels, levels.mean(axis=2), levels.std(axis=2))


def _touching_border(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The parts of a mask that reach the border: smooth blots of wet skin do not."""
    _, labels = cv2.connectedComponents(mask.astype(np.uint8), connectivity=4)
    rim = np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
    return np.isin(labels, rim[rim > 0])


def _dilate(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return cv2.dilate(mask.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0


def _darkness(blocks: _Blocks, ground: NDArray[np.bool_], ridges: NDArray[np.bool_]) -> float:
    """How far the ground lies below the middle of ridge and valley, in parts of their distance."""
    low, high = np.percentile(blocks.levels[ridges], _LEVELS)
    return float(((low + high) / 2 - np.median(blocks.mean[ground])) / max(high - low, 1.0))


def _skewness(blocks: _Blocks, edge: NDArray[np.bool_]) -> float:
    """Median skewness of grey levels in the blocks at the edge: above 0 is light on dark."""
    if not edge.any():
        return 0.0
    deviation = blocks.levels[edge] - blocks.mean[edge][:, None]
    return float(np.median((deviation**3).mean(axis=1) / blocks.contrast[edge] ** 3))
