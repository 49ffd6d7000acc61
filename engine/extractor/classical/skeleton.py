"""Lines of one pixel's width, by parallel thinning.

Source: Guo & Hall 1989 (their algorithm A1), whose rules for the eight neighbours are laid out
in two tables of 256 entries. Neighbours are numbered clockwise from the one above; bit `n` of a
neighbourhood's code is neighbour `n`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.kernels import kernel
from engine.records import UInt8Array

RIGHT = np.array([0, 1, 1, 1, 0, -1, -1, -1], np.int64)
"""Step to each neighbour in x."""

DOWN = np.array([-1, -1, 0, 1, 1, 1, 0, -1], np.int64)
"""Step to each neighbour in y."""


def thin(region: UInt8Array) -> UInt8Array:
    """The skeleton of the non-zero pixels: (H, W) uint8 of 0 and 1, empty along the edge.

    Lines are 8-connected; the parts of the region stay as connected as they were.
    """
    lines = np.zeros_like(region)
    lines[1:-1, 1:-1] = region[1:-1, 1:-1] != 0
    _thin(lines, _REMOVABLE)
    return lines


def crossing_numbers(lines: UInt8Array) -> UInt8Array:
    """Lines that leave each pixel of the skeleton: (H, W) uint8; 1 an end, 3 a fork.

    Source: Rutovitz 1966.
    """
    return _cross(lines, _CROSSINGS)


@kernel
def neighbourhood(lines: UInt8Array, y: int, x: int) -> int:
    """Code of the eight neighbours of an inner pixel."""
    code = 0
    for bit in range(8):
        code |= int(lines[y + DOWN[bit], x + RIGHT[bit]]) << bit
    return code


def _removable(code: int, second: bool) -> bool:
    """Whether Guo & Hall remove a pixel in the first or the second half of a round."""
    n, ne, e, se, s, sw, w, nw = (code >> bit & 1 for bit in range(8))
    parts = (1 - n & (ne | e)) + (1 - e & (se | s)) + (1 - s & (sw | w)) + (1 - w & (nw | n))
    pairs = min(
        (nw | n) + (ne | e) + (se | s) + (sw | w), (n | ne) + (e | se) + (s | sw) + (w | nw)
    )
    kept = (n | ne | 1 - se) & e if second else (s | sw | 1 - nw) & w
    return parts == 1 and 2 <= pairs <= 3 and not kept


def _crossings(code: int) -> int:
    bits = [code >> bit & 1 for bit in range(8)]
    return sum(bits[bit] < bits[(bit + 1) % 8] for bit in range(8))


_REMOVABLE = np.array([[_removable(c, half) for c in range(256)] for half in (False, True)])
_CROSSINGS = np.array([_crossings(code) for code in range(256)], np.uint8)


@kernel
def _thin(lines: UInt8Array, removable: NDArray[np.bool_]) -> None:
    """Remove in place, round after round, until both halves of a round remove nothing."""
    rows, columns = np.nonzero(lines)
    left = len(rows)
    removed = np.empty(left, np.int64)
    idle = 0
    half = 0
    while idle < 2:
        count = 0
        for index in range(left):
            if removable[half, neighbourhood(lines, rows[index], columns[index])]:
                removed[count] = index
                count += 1
        for index in removed[:count]:
            lines[rows[index], columns[index]] = 0
        left = _compact(lines, rows, columns, left) if count else left
        idle = 0 if count else idle + 1
        half = 1 - half


@kernel
def _compact(
    lines: UInt8Array,
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
    left: int,
) -> int:
    """Drop what was removed from the list of pixels; its new length."""
    kept = 0
    for index in range(left):
        if lines[rows[index], columns[index]]:
            rows[kept] = rows[index]
            columns[kept] = columns[index]
            kept += 1
    return kept


@kernel
def _cross(lines: UInt8Array, crossings: UInt8Array) -> UInt8Array:
    numbers = np.zeros_like(lines)
    height, width = lines.shape
    for y in range(1, height - 1):
        for x in range(1, width - 1):
            if lines[y, x]:
                numbers[y, x] = crossings[neighbourhood(lines, y, x)]
    return numbers
