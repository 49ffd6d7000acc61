"""Pattern class and singular points of a finger, as in `benchmarks.synthetic.layout`."""

from __future__ import annotations

import cmath
import math

from benchmarks.background.dice import State, between, normal, uniform
from benchmarks.background.flow import Field
from engine.kernels import kernel

ARCH, TENTED_ARCH, LEFT_LOOP, RIGHT_LOOP, WHORL, DOUBLE_LOOP = range(6)
"""Codes of the pattern classes, those of the image generator and the double loop."""


@kernel
def draw_pattern(
    state: State, liability: float, limits: tuple[float, float, float], right: bool
) -> int:
    """Class of a finger from how far it inclines to rich patterns.

    Arches, radial loops, ulnar loops and whorls lie in this order on one scale; a finger falls
    between the limits of its position.

    Args:
        state: random numbers.
        liability: standard normal over all persons.
        limits: upper ends of arches, radial loops and ulnar loops.
        right: whether the finger is of the right hand: its ulnar loops are right loops.
    """
    if liability < limits[0]:
        return TENTED_ARCH if uniform(state) < 0.44 else ARCH
    if liability < limits[1]:
        return LEFT_LOOP if right else RIGHT_LOOP
    if liability < limits[2]:
        return RIGHT_LOOP if right else LEFT_LOOP
    return DOUBLE_LOOP if uniform(state) < 0.18 else WHORL


@kernel
def draw_layout(state: State, pattern: int, field: Field) -> None:
    """Place the singular points of a finger of this class."""
    field.shape[0], field.shape[1] = between(state, 225, 300), 0.0
    field.counts[:] = 0
    if pattern == ARCH:
        field.shape[1] = between(state, 0.6, 1.0)
    elif pattern == TENTED_ARCH:
        field.counts[:] = 1
        field.cores[0] = _point(state, 0, 245, 12)
        field.deltas[0] = field.cores[0] + complex(5 * normal(state), -between(state, 60, 95))
    elif pattern in (LEFT_LOOP, RIGHT_LOOP):
        side = 1 if pattern == LEFT_LOOP else -1
        field.counts[:] = 1
        field.cores[0] = _point(state, 5 * side, 280, 12)
        field.deltas[0] = complex(side * between(state, 50, 110), 162 + 16 * normal(state))
    else:
        _draw_whorl(state, pattern, field)


@kernel
def _draw_whorl(state: State, pattern: int, field: Field) -> None:
    """Two cores that face each other, far apart and aslant in a double loop; two deltas."""
    field.counts[:] = 2
    middle = _point(state, 0, 268, 12)
    if pattern == WHORL:
        half = between(state, 8, 42) * cmath.exp(1j * (0.5 * math.pi + 0.5 * normal(state)))
    else:
        side = 1 if uniform(state) < 0.5 else -1
        slant = side * between(state, 0.5, 1.1)
        half = between(state, 35, 60) * cmath.exp(1j * (0.5 * math.pi + slant))
    field.cores[0], field.cores[1] = middle + half, middle - half
    field.deltas[0] = complex(-between(state, 95, 145), 142 + 16 * normal(state))
    field.deltas[1] = complex(between(state, 95, 145), 142 + 16 * normal(state))


@kernel
def _point(state: State, x: float, y: float, spread: float) -> complex:
    """Draw a place near another."""
    return complex(x + spread * normal(state), y + spread * normal(state))
