"""Cuts out of a print the part that the network has to see.

The network's cost grows with the area, and half of a scan is often empty. The window is
chosen on the grid of 32-pixel cells of the whole padded frame: the network's halvings then
fall on the same pixels, which keeps its answer closest to that on the whole frame.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.extractor.leader.parameters import (
    BLUR_SIGMA,
    CELL,
    MARGIN,
    MIN_PART,
    OPENING_SIZE,
    STRENGTH,
)
from engine.records import UInt8Array

OPENING = np.ones((OPENING_SIZE, OPENING_SIZE), np.uint8)


@dataclass(frozen=True, slots=True)
class Window:
    """A rectangle in the print's pixels; it may reach beyond the print.

    Attributes:
        left, top: first column and row; may be negative.
        width, height: multiples of 32.
    """

    left: int
    top: int
    width: int
    height: int


def choose_window(pixels: UInt8Array) -> Window:
    """The least window of whole cells around the ridges of a print, (H, W) uint8."""
    height, width = pixels.shape
    left, top, right, bottom = find_ridges(pixels)
    first_x, cells_x = _cover(left - MARGIN, right + MARGIN, width)
    first_y, cells_y = _cover(top - MARGIN, bottom + MARGIN, height)
    return Window(first_x, first_y, cells_x * CELL, cells_y * CELL)


def cut(pixels: UInt8Array, window: Window) -> UInt8Array:
    """The window's pixels, (height, width) uint8; beyond the print, its corner's grey level."""
    height, width = pixels.shape
    right, bottom = window.left + window.width, window.top + window.height
    inner = pixels[max(window.top, 0) : bottom, max(window.left, 0) : right]
    padded = cv2.copyMakeBorder(
        inner,
        max(-window.top, 0),
        max(bottom - height, 0),
        max(-window.left, 0),
        max(right - width, 0),
        cv2.BORDER_CONSTANT,
        value=[int(pixels[0, 0])],
    )
    return np.asarray(padded, np.uint8)


def find_ridges(pixels: UInt8Array) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of all that is not empty ground; the whole print if nothing is.

    Source: the mask of GMFS (pyfing `segmentation.py`): blurred gradient magnitude over a
    fifth of its 95th percentile. Here at half size, without the filling of holes, and with
    every large part kept: a box must only miss nothing.
    """
    height, width = pixels.shape
    small = cv2.resize(pixels, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    gx, gy = cv2.spatialGradient(small)
    magnitude = cv2.magnitude(gx.astype(np.float32), gy.astype(np.float32))
    blurred = cv2.GaussianBlur(magnitude, (0, 0), BLUR_SIGMA)
    mask = (blurred > STRENGTH * np.percentile(magnitude, 95)).astype(np.uint8)
    opened = cv2.morphologyEx(mask, cv2.MORPH_OPEN, OPENING)
    parts = _find_parts(np.asarray(opened, np.uint8))
    if not len(parts):
        return 0, 0, width, height
    left, top = 2 * parts[:, :2].min(0)
    right, bottom = 2 * (parts[:, :2] + parts[:, 2:]).max(0)
    return int(left), int(top), min(int(right), width), min(int(bottom), height)


def _find_parts(mask: NDArray[np.uint8]) -> NDArray[np.int32]:
    """(N, 4) int32: left, top, width, height of each part that is no speck of dust."""
    stats = np.asarray(cv2.connectedComponentsWithStats(mask)[2], np.int32)[1:]
    area = stats[:, cv2.CC_STAT_AREA]
    return stats[area >= MIN_PART * area.max(initial=0), :4]


def _cover(first: int, last: int, size: int) -> tuple[int, int]:
    """Start and number of the cells that cover first..last, on the padded frame's grid."""
    cells = -(-size // CELL)
    start = -((cells * CELL - size) // 2)
    begin = max((first - start) // CELL, 0)
    end = min(-(-(last - start) // CELL), cells)
    return start + begin * CELL, end - begin
