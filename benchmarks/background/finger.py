"""Draws fingers and their impressions: the kernel that all threads run."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.background.capture import Print, draw_pose, new_print, take_print
from benchmarks.background.dice import State, normal, reseed, uniform
from benchmarks.background.flow import Field, finish_field, new_field
from benchmarks.background.layout import draw_layout, draw_pattern
from benchmarks.background.parameters import Numbers
from benchmarks.background.points import Skin, draw_points, new_skin
from engine.kernels import kernel
from engine.records import MAX_MINUTIAE

FINGERS = 10
"""Fingers of a person: finger i belongs to person i // 10."""

PERSON, FINGER, IMPRESSION = 1, 2, 3
"""What a stream of random numbers is for."""


class Space(NamedTuple):
    """Working memory of one thread.

    Attributes:
        state: random numbers.
        field, skin: of the finger at hand.
        taken: its impression.
    """

    state: State
    field: Field
    skin: Skin
    taken: Print


class Drawn(NamedTuple):
    """What a thread draws: prints one after the other.

    Attributes:
        xy, direction, type, quality: see `capture.Print`, of all prints.
        counts: (P,) int64, minutiae of each print.
        pattern: (P,) uint8, see `layout`.
        scanner: (P,) uint8, row in `Numbers.scanners`.
    """

    xy: NDArray[np.int16]
    direction: NDArray[np.uint8]
    type: NDArray[np.uint8]
    quality: NDArray[np.uint8]
    counts: NDArray[np.int64]
    pattern: NDArray[np.uint8]
    scanner: NDArray[np.uint8]


def new_drawn(prints: int) -> Drawn:
    """Room for this many prints."""
    most = prints * MAX_MINUTIAE
    return Drawn(
        np.empty((most, 2), np.int16),
        np.empty(most, np.uint8),
        np.empty(most, np.uint8),
        np.empty(most, np.uint8),
        np.zeros(prints, np.int64),
        np.zeros(prints, np.uint8),
        np.zeros(prints, np.uint8),
    )


def new_space() -> Space:
    """Working memory."""
    return Space(np.zeros(1, np.uint64), new_field(), new_skin(), new_print())


@kernel
def draw_prints(
    seed: int,
    fingers: NDArray[np.int64],
    impression: int,
    numbers: Numbers,
    space: Space,
    out: Drawn,
) -> int:
    """Draw one impression of each of these fingers; returns the number of minutiae.

    Args:
        seed: of the gallery.
        fingers: (P,) int64, their numbers.
        impression: its number; 0 is what the gallery holds.
        numbers: of the gallery.
        space: working memory.
        out: filled; room for P prints of 255 minutiae.
    """
    filled = 0
    taken = space.taken
    for i in range(len(fingers)):
        pattern, which, count = _draw_print(seed, fingers[i], impression, numbers, space)
        out.pattern[i], out.scanner[i], out.counts[i] = pattern, which, count
        out.xy[filled : filled + count] = taken.xy[:count]
        out.direction[filled : filled + count] = taken.direction[:count]
        out.type[filled : filled + count] = taken.type[:count]
        out.quality[filled : filled + count] = taken.quality[:count]
        filled += count
    return filled


@kernel
def _draw_print(
    seed: int, finger: int, impression: int, numbers: Numbers, space: Space
) -> tuple[int, int, int]:
    """Draw an impression of a finger: its class, its scanner, its number of minutiae."""
    state, points, people = space.state, numbers.points, numbers.people
    reseed(state, seed, PERSON, finger // FINGERS)
    which = _choose_scanner(state, numbers)
    scanner = numbers.scanners[which]
    incline, rich, large = normal(state), normal(state), normal(state)
    reseed(state, seed, FINGER, finger)
    position = finger % FINGERS
    shared, own = math.sqrt(people.pattern_share), math.sqrt(1 - people.pattern_share)
    pattern = draw_pattern(
        state, shared * incline + own * normal(state), people.limits[position % 5], position < 5
    )
    shared, own = math.sqrt(points.person_share), math.sqrt(1 - points.person_share)
    richness = math.exp(points.density_spread * (shared * rich + own * normal(state)))
    size = math.exp(scanner.spread * (shared * large + own * normal(state)))
    draw_layout(state, pattern, space.field)
    finish_field(space.field, numbers.flow, state)
    available = draw_points(state, space.field, richness * scanner.found, numbers, space.skin)
    reseed(state, seed + (impression << 32), IMPRESSION, finger)
    pose = draw_pose(state, scanner, size, numbers.capture)
    whole = (space.field, space.skin, available)
    return pattern, which, take_print(state, scanner, pose, whole, numbers, space.taken)


@kernel
def _choose_scanner(state: State, numbers: Numbers) -> int:
    """Draw the scanner of a person's prints."""
    left = uniform(state)
    for which in range(len(numbers.scanners)):
        left -= numbers.scanners[which].share
        if left < 0:
            return which
    return len(numbers.scanners) - 1
