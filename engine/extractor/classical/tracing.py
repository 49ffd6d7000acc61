"""Ends of the lines of a skeleton, and where each line comes from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.extractor.classical.parameters import TRACING
from engine.extractor.classical.skeleton import DOWN, RIGHT, crossing_numbers
from engine.kernels import kernel
from engine.records import Float32Array, UInt8Array


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """What a skeleton shows.

    Attributes:
        tips: (N, 2) float32, x and y of the ends of lines, pixels.
        direction: (N,) float32, radians, y up: from the tip along its line.
        steps: (N,) float32, pixels followed before a fork, another end, or the limit.
        forks: (M, 2) float32, x and y of the pixels where lines meet.
    """

    tips: Float32Array
    direction: Float32Array
    steps: Float32Array
    forks: Float32Array


def trace(lines: UInt8Array, border: Float32Array) -> Lines:
    """Follow each line from its ends. `border`: px from each pixel to the rim of the mask."""
    numbers = crossing_numbers(lines)
    inside = border > TRACING.border
    ends = np.argwhere((numbers == 1) & inside)
    forks = np.argwhere(numbers >= 3)[:, ::-1].astype(np.float32)
    found = _follow(lines, numbers, ends, TRACING.longest, TRACING.aim)
    found = found[found[:, 4] >= TRACING.shortest]
    tips, aims = found[:, :2], found[:, 2:4]
    direction = np.arctan2(tips[:, 1] - aims[:, 1], aims[:, 0] - tips[:, 0])
    return Lines(tips, direction, found[:, 4], forks)


@kernel
def _follow(
    lines: UInt8Array,
    numbers: UInt8Array,
    ends: NDArray[np.int64],
    longest: int,
    aim: int,
) -> Float32Array:
    """(N, 5): x and y of the tip, x and y of the pixel aimed at, steps made."""
    found = np.empty((len(ends), 5), np.float32)
    for index in range(len(ends)):
        y, x = ends[index]
        found[index, 0] = x
        found[index, 1] = y
        last_y, last_x = y, x
        steps = 0
        while steps < longest:
            next_y, next_x = _next(lines, y, x, last_y, last_x)
            if next_y < 0:
                break
            last_y, last_x, y, x = y, x, next_y, next_x
            steps += 1
            if steps <= aim:
                found[index, 2] = x
                found[index, 3] = y
            if numbers[y, x] != 2:
                break
        found[index, 4] = steps
    return found


@kernel
def _next(lines: UInt8Array, y: int, x: int, last_y: int, last_x: int) -> tuple[int, int]:
    """The next pixel of a line that comes from the last one; (-1, -1) if there is none."""
    first = last_y == y and last_x == x
    for start in range(2):  # straight neighbours (even numbers) before diagonal ones
        for bit in range(start, 8, 2):
            to_y = y + DOWN[bit]
            to_x = x + RIGHT[bit]
            back = not first and abs(to_y - last_y) <= 1 and abs(to_x - last_x) <= 1
            if lines[to_y, to_x] and not back:
                return to_y, to_x
    return -1, -1
