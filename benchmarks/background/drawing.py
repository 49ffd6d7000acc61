"""Draws chunks with all processors; who draws which print changes nothing."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from benchmarks.background.chunk import Chunk
from benchmarks.background.finger import FINGERS, Drawn, draw_prints, new_drawn, new_space
from benchmarks.background.parameters import PLAIN, Numbers
from benchmarks.background.points import CELL, CELLS
from engine.errors import BadInput

PORTION = 500
"""Fingers that a thread draws before it takes more: long enough to forget what a thread costs."""

HIGHEST_SEED = 2**31 - 1
"""Seeds and numbers of impressions share one word."""


def draw_chunk(
    fingers: NDArray[np.int64],
    seed: int,
    impression: int = 0,
    numbers: Numbers = PLAIN,
    workers: int | None = None,
) -> Chunk:
    """Draw one impression of each of these fingers.

    Args:
        fingers: (P,) int64, their numbers, 0 or more, in any order.
        seed: of the gallery, 0 to 2**31 - 1.
        impression: 0 is the one that the gallery holds, others are mates of it.
        numbers: of the gallery.
        workers: threads; None for one a processor.

    Raises:
        BadInput: a number is out of range.
    """
    check_seed(seed)
    check_seed(impression, "impression")
    _check_numbers(numbers)
    fingers = np.ascontiguousarray(fingers, np.int64)
    if fingers.ndim != 1 or (len(fingers) and fingers.min() < 0):
        raise BadInput("fingers: needs a list of numbers from 0")
    portions = [fingers[at : at + PORTION] for at in range(0, len(fingers), PORTION)]
    with ThreadPoolExecutor(workers or os.cpu_count()) as pool:
        drawn = list(pool.map(lambda some: _draw(some, seed, impression, numbers), portions))
    return _join(fingers, drawn, numbers)


def check_seed(seed: int, name: str = "seed") -> None:
    """Refuse a seed that is out of range. Raises BadInput."""
    if not 0 <= seed <= HIGHEST_SEED:
        raise BadInput(f"{name} {seed}: must be 0 to {HIGHEST_SEED}")


def _check_numbers(numbers: Numbers) -> None:
    """Refuse numbers for which the kernels have no room. Raises BadInput."""
    points, half = numbers.points, CELL * (CELLS // 2 - 1)
    if not (points.half_width <= half and 0 <= points.bottom < points.top <= 2 * half):
        raise BadInput(f"numbers: the skin must lie within {half} pixels of the axis")
    if not points.hard_core < points.soft_core <= CELL:
        raise BadInput(f"numbers: soft_core must be above hard_core, and at most {CELL}")
    if not numbers.scanners:
        raise BadInput("numbers: needs a scanner")


def _draw(fingers: NDArray[np.int64], seed: int, impression: int, numbers: Numbers) -> Drawn:
    """Draw some prints in this thread."""
    room = new_drawn(len(fingers))
    filled = draw_prints(seed, fingers, impression, numbers, new_space(), room)
    return room._replace(
        xy=room.xy[:filled].copy(),
        direction=room.direction[:filled].copy(),
        type=room.type[:filled].copy(),
        quality=room.quality[:filled].copy(),
    )


def _join(fingers: NDArray[np.int64], drawn: list[Drawn], numbers: Numbers) -> Chunk:
    """Prints of all threads in their order."""
    parts = drawn or [new_drawn(0)]
    whole = Drawn(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))
    sizes = np.array([(one.width, one.height) for one in numbers.scanners], np.uint16)
    return Chunk(
        whole.xy,
        whole.direction,
        whole.type,
        whole.quality,
        np.concatenate([[0], np.cumsum(whole.counts)]).astype(np.int64),
        fingers,
        (fingers % FINGERS + 1).astype(np.uint8),
        whole.pattern,
        sizes[whole.scanner],
    )
