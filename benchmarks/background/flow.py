"""Ridge flow at single places of a finger: the model of `benchmarks.synthetic.orientation`.

There the flow is computed for whole pictures; here only where a minutia may lie. The angles of
all singular points are multiplied as complex numbers, so one arc tangent yields their sum.
"""

from __future__ import annotations

import cmath
import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.background.dice import State, normal
from benchmarks.background.parameters import FlowNumbers
from engine.kernels import kernel

Float64 = NDArray[np.float64]

BEND_ROWS, BEND_COLUMNS = 16, 14
"""Size of the grid of bends; with two places beyond each side it spans every finger."""


class Field(NamedTuple):
    """The flow of one finger, as kernels take it; filled anew for each finger.

    Attributes:
        cores, deltas: (2,) complex128, pixels right of the axis and above the crease.
        counts: (2,) int64, cores and deltas in use.
        shape: (2,) float64, reach and rise, see `benchmarks.synthetic.layout.Layout`.
        openings: (2,) complex128, direction in which the loop of each core opens, length 1.
        bends: (BEND_ROWS, BEND_COLUMNS) float64, coefficients of individual bends, radians.
    """

    cores: NDArray[np.complex128]
    deltas: NDArray[np.complex128]
    counts: NDArray[np.int64]
    shape: Float64
    openings: NDArray[np.complex128]
    bends: Float64


def new_field() -> Field:
    """Memory for a field."""
    return Field(
        np.zeros(2, np.complex128),
        np.zeros(2, np.complex128),
        np.zeros(2, np.int64),
        np.zeros(2),
        np.zeros(2, np.complex128),
        np.zeros((BEND_ROWS, BEND_COLUMNS)),
    )


@kernel
def finish_field(field: Field, numbers: FlowNumbers, state: State) -> None:
    """Work out the openings of a field with singular points, and draw its bends."""
    for c in range(field.counts[0]):
        field.openings[c] = cmath.exp(2j * _model_angle(field, field.cores[c], c))
    for row in range(BEND_ROWS):
        for column in range(BEND_COLUMNS):
            field.bends[row, column] = numbers.bend * normal(state)


@kernel
def _model_angle(field: Field, z: complex, without: int) -> float:
    """Flow of arches and singular points, modulo pi; a core left out keeps its mirror image."""
    arches = field.shape[0] ** 2 - z * z
    turns = arches * arches
    for c in range(field.counts[0]):
        if c != without:
            turns *= z - field.cores[c]
        turns *= z - field.cores[c].conjugate()
    for d in range(field.counts[1]):
        seen = (z - field.deltas[d]) * (z - field.deltas[d].conjugate())
        turns *= seen.conjugate()
    return 0.5 * math.atan2(turns.imag, turns.real)


@kernel
def flow_angle(field: Field, z: complex, numbers: FlowNumbers) -> float:
    """Ridge orientation at a place of the finger: radians modulo pi, counter-clockwise."""
    return flow_change(field, z, numbers)[0]


@kernel
def flow_change(field: Field, z: complex, numbers: FlowNumbers) -> tuple[float, float, float]:
    """Ridge orientation at a place of the finger, and its change a pixel right and up."""
    bend, bend_right, bend_up = smooth(field.bends, z, numbers.bend_scale)
    angle = _model_angle(field, z, -1) + bend
    change = _model_change(field, z)
    right, up = bend_right + change.imag, bend_up + change.real
    for c in range(field.counts[0]):
        seen, opening = z - field.cores[c], field.openings[c]
        away = math.sqrt(seen.real * seen.real + seen.imag * seen.imag) + 1e-9
        turn = seen.imag * opening.real - seen.real * opening.imag
        pull = -0.5 * numbers.loop_tightness / field.counts[0]
        fade = pull * math.exp(-away / numbers.loop_reach) / away
        fading = -fade * (1 / away + 1 / numbers.loop_reach) / away
        angle += turn * fade
        right += turn * fading * seen.real - opening.imag * fade
        up += turn * fading * seen.imag + opening.real * fade
    if field.shape[1] > 0.0:
        x, y = z.real / 90, (z.imag - 200) / 70
        hill = -field.shape[1] * math.exp(-0.5 * (x * x + y * y))
        steep = math.tanh(z.real / 35)
        angle += hill * steep
        right += hill * ((1 - steep * steep) / 35 - steep * x / 90)
        up -= hill * steep * y / 70
    return angle, right, up


@kernel
def _model_change(field: Field, z: complex) -> complex:
    """Change of the model's angle: upwards (real part) and to the right (imaginary part)."""
    change = -2.0 * z * _inverse(field.shape[0] ** 2 - z * z)
    for c in range(field.counts[0]):
        core = field.cores[c]
        change += 0.5 * (_inverse(z - core) + _inverse(z - core.conjugate()))
    for d in range(field.counts[1]):
        delta = field.deltas[d]
        change -= 0.5 * (_inverse(z - delta) + _inverse(z - delta.conjugate()))
    return change


@kernel
def _inverse(z: complex) -> complex:
    """1 / z, without the care that Python takes of extreme values."""
    size = 1.0 / (z.real * z.real + z.imag * z.imag + 1e-12)
    return complex(z.real * size, -z.imag * size)


@kernel
def smooth(grid: Float64, z: complex, scale: float) -> tuple[float, float, float]:
    """A smooth function of the place, and its change a pixel right and up.

    A cubic B-spline with these coefficients: if they are normal with deviation 1, its own
    deviation is about 0.48.
    """
    u, v = z.real / scale + 0.5 * grid.shape[1], z.imag / scale + 1.5
    u, v = min(max(u, 1.0), grid.shape[1] - 2.001), min(max(v, 1.0), grid.shape[0] - 2.001)
    column, row = int(u), int(v)
    across, across_change = _weights(u - column)
    along, along_change = _weights(v - row)
    value = right = up = 0.0
    for i in range(4):
        line = change = 0.0
        for j in range(4):
            coefficient = grid[row - 1 + i, column - 1 + j]
            line += across[j] * coefficient
            change += across_change[j] * coefficient
        value += along[i] * line
        right += along[i] * change
        up += along_change[i] * line
    return value, right / scale, up / scale


@kernel
def _weights(
    t: float,
) -> tuple[tuple[float, float, float, float], tuple[float, float, float, float]]:
    """Weights of the four coefficients around a place, and their change (uniform B-spline)."""
    s, t2 = 1 - t, t * t
    weights = (
        s * s * s / 6,
        (3 * t2 * t - 6 * t2 + 4) / 6,
        (-3 * t2 * t + 3 * t2 + 3 * t + 1) / 6,
        t2 * t / 6,
    )
    return weights, (-0.5 * s * s, 1.5 * t2 - 2 * t, -1.5 * t2 + t + 0.5, 0.5 * t2)


@kernel
def steepest(field: Field, z: complex) -> float:
    """An upper bound of how fast ridges fan out, 1/pixels; near the truth at cores and deltas only.

    A singular point turns the flow by half of its angle, 1/(2 r), a core with its correction by
    at most 1/r; a plain arch by its rise over 35 pixels; mirror images and bends together stay
    below 0.008 nearly always.
    """
    bound = 0.008 + field.shape[1] / 35
    for c in range(field.counts[0]):
        seen = z - field.cores[c]
        bound += 1.0 / math.sqrt(seen.real * seen.real + seen.imag * seen.imag + 1e-9)
    for d in range(field.counts[1]):
        seen = z - field.deltas[d]
        bound += 0.5 / math.sqrt(seen.real * seen.real + seen.imag * seen.imag + 1e-9)
    return bound  # type: ignore[no-any-return]
