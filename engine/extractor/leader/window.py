"""Cuts out of a print the part that the network has to see.

The network's cost grows with the area, and half of a scan is often empty. The window is
chosen on the grid of 32-pixel cells of the whole padded frame: the network's halvings then
fall on the same pixels, which keeps its answer closest to that on the whole frame.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

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


def choose_window(ridges: UInt8Array, size: tuple[int, int]) -> Window:
    """The least window of whole cells around the ridges.

    `ridges`: as `find_ridges` gives them; `size`: height and width of the print.
    """
    height, width = size
    left, top, across, down = (2 * side for side in cv2.boundingRect(ridges))
    first_x, cells_x = _cover(left - MARGIN, left + across + MARGIN, width)
    first_y, cells_y = _cover(top - MARGIN, top + down + MARGIN, height)
    return Window(first_x, first_y, cells_x * CELL, cells_y * CELL)


def cut(pixels: UInt8Array, window: Window, beyond: int) -> UInt8Array:
    """The window's pixels, (height, width) uint8; `beyond` where it reaches over the print."""
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
        value=[beyond],
    )
    return np.asarray(padded, np.uint8)


def find_ridges(pixels: UInt8Array) -> UInt8Array:
    """(H / 2, W / 2) uint8: 1 on all that is not empty ground; everywhere if nothing is.

    Source: the mask of GMFS (pyfing `segmentation.py`): blurred gradient magnitude over a
    share of its 95th percentile. Here at half size, with a lower share, without the filling of
    holes, and with every large part kept: what is not computed must hold no minutiae.
    """
    small = cv2.resize(pixels, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    gx, gy = cv2.spatialGradient(small)
    magnitude = cv2.magnitude(gx.astype(np.float32), gy.astype(np.float32))
    blurred = cv2.GaussianBlur(magnitude, (0, 0), BLUR_SIGMA)
    mask = (blurred > STRENGTH * np.percentile(magnitude, 95)).astype(np.uint8)
    opened = cv2.morphologyEx(mask, cv2.MORPH_OPEN, OPENING)
    ridges = _drop_dust(np.asarray(opened, np.uint8))
    return ridges if ridges.any() else np.ones_like(ridges)


def _drop_dust(mask: UInt8Array) -> UInt8Array:
    """The mask without the parts that are specks of dust."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask)
    area = stats[:, cv2.CC_STAT_AREA]
    kept = area >= MIN_PART * area[1:].max(initial=0)
    kept[0] = False
    return np.asarray(kept[labels], np.uint8)


def _cover(first: int, last: int, size: int) -> tuple[int, int]:
    """Start and number of the cells that cover first..last, on the padded frame's grid."""
    cells = -(-size // CELL)
    start = -((cells * CELL - size) // 2)
    begin = max((first - start) // CELL, 0)
    end = min(-(-(last - start) // CELL), cells)
    return start + begin * CELL, end - begin


def halve_window(window: Window) -> Window:
    """The same window in pixels of the halved print."""
    return Window(window.left // 2, window.top // 2, window.width // 2, window.height // 2)
