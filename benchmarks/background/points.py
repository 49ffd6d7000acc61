"""The minutiae of a whole finger: where they lie and which way they point.

Ridges keep their distance, so where the flow fans out new ridges begin and where it narrows ridges
end: of the minutiae a square pixel, (pointing along t) - (pointing against t) = div t / period.
That is what makes minutiae dense and of one polarity near cores and deltas. The rest is chance with
a hard core: neighbours closer than two ridges tend to point against each other, those further
away with each other, and of two that point against each other the ones that face each other
(short ridges, lakes) are more frequent than those back to back, as measured on real prints. Above
the core more minutiae point down than up, below it more of them inwards: ridges are added from
the tip downwards on both sides, and from the sides towards the middle of the base.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.background.dice import State, between, normal, uniform
from benchmarks.background.flow import Field, flow_change, steepest
from benchmarks.background.parameters import Numbers
from engine.kernels import kernel

MOST = 640
"""Room for minutiae of one finger."""


CELL, CELLS = 16.0, 40
"""Side of the cells in which neighbours are looked up, no less than the soft core; and their
number along a side of a square that holds every finger."""


class Skin(NamedTuple):
    """All minutiae of one finger, as kernels take them; filled anew for each finger.

    Attributes:
        place: (MOST,) complex128, pixels right of the axis and above the crease.
        along: (MOST,) complex128, the flow in the sense in which it points, length 1.
        direction: (MOST,) float64, radians, counter-clockwise.
        clarity: (MOST,) float64, standard normal: how well it is seen in all impressions.
        bifurcation: (MOST,) bool.
        latest, before: (CELLS, CELLS) and (MOST,) int16, chains of the minutiae of each cell:
            the latest one, and before each the one that lay there before it; -1 ends a chain.
    """

    place: NDArray[np.complex128]
    along: NDArray[np.complex128]
    direction: NDArray[np.float64]
    clarity: NDArray[np.float64]
    bifurcation: NDArray[np.bool_]
    latest: NDArray[np.int16]
    before: NDArray[np.int16]


def new_skin() -> Skin:
    """Memory for a finger's minutiae."""
    return Skin(
        np.zeros(MOST, np.complex128),
        np.zeros(MOST, np.complex128),
        np.zeros(MOST),
        np.zeros(MOST),
        np.zeros(MOST, np.bool_),
        np.zeros((CELLS, CELLS), np.int16),
        np.zeros(MOST, np.int16),
    )


@kernel
def draw_points(state: State, field: Field, richness: float, numbers: Numbers, skin: Skin) -> int:
    """Fill a finger with minutiae; returns their number.

    Args:
        state: random numbers.
        field: the finger's flow.
        richness: its density of minutiae over that of all fingers.
        numbers: of the gallery.
        skin: filled.
    """
    points = numbers.points
    base = richness * points.density
    most = base * points.crowding
    fanning = points.fanning / points.period
    half_length = 0.5 * (points.top - points.bottom)
    skin.latest[:] = -1
    count = 0
    # As many as were all of the frame as crowded as can be.
    for _ in range(int(most * 4 * points.half_width * half_length)):
        if count == MOST:
            break
        x, y = between(state, -1, 1), between(state, -1, 1)
        if abs(x * x * x) + abs(y * y * y) > 1.0:
            continue
        z = complex(points.half_width * x, points.bottom + half_length * (y + 1))
        chosen = uniform(state) * most
        if chosen > base and chosen > math.hypot(base, fanning * steepest(field, z)):
            continue
        if not _has_room(state, skin, z, numbers):
            continue
        angle, right, up = flow_change(field, z, numbers.flow)
        along = complex(math.cos(angle), math.sin(angle))
        excess = fanning * (along.real * up - along.imag * right)
        density = min(most, math.sqrt(base * base + excess * excess))
        if chosen > density:
            continue
        excess = min(0.98, max(-0.98, excess / density))
        odds = math.log((1 + excess) / (1 - excess))
        odds += _trend(z, along, numbers) + _pull(skin, count, z, along, numbers)
        if uniform(state) > 1 / (1 + math.exp(-odds)):
            angle, along = angle + math.pi, -along
        skin.place[count], skin.along[count] = z, along
        skin.direction[count] = angle + points.deviation * normal(state)
        skin.clarity[count] = normal(state)
        skin.bifurcation[count] = uniform(state) < points.bifurcations
        row, column = _cell(z)
        skin.before[count], skin.latest[row, column] = skin.latest[row, column], count
        count += 1
    return count


@kernel
def _has_room(state: State, skin: Skin, z: complex, numbers: Numbers) -> bool:
    """Whether a minutia may lie there beside those that exist."""
    hard, soft = numbers.points.hard_core, numbers.points.soft_core
    row, column = _cell(z)
    chance = 1.0
    for i in range(row - 1, row + 2):
        for j in range(column - 1, column + 2):
            other = skin.latest[i, j]
            while other >= 0:
                away = skin.place[other] - z
                apart2 = away.real * away.real + away.imag * away.imag
                if apart2 < hard * hard:
                    return False
                if apart2 < soft * soft:
                    chance *= (math.sqrt(apart2) - hard) / (soft - hard)
                other = skin.before[other]
    return chance == 1.0 or uniform(state) < chance


@kernel
def _cell(z: complex) -> tuple[int, int]:
    """Row and column of the cell of a place; none lies in the outermost ones."""
    return int(z.imag / CELL) + 1, int(z.real / CELL + 0.5 * CELLS)


@kernel
def _trend(z: complex, along: complex, numbers: Numbers) -> float:
    """Log odds of pointing along the flow that come from the place on the finger alone."""
    points = numbers.points
    above = min(1.0, max(0.0, 0.5 + (z.imag - points.turning) / 60))
    sideways = min(1.0, max(-1.0, z.real / 60))
    return (
        -above * points.downward * along.imag - (1 - above) * points.inward * sideways * along.real
    )


@kernel
def _pull(skin: Skin, count: int, z: complex, along: complex, numbers: Numbers) -> float:
    """Log odds of pointing along the flow that the neighbours add."""
    points = numbers.points
    reach = max(points.pair_reach, points.facing_reach)
    total = 0.0
    for i in range(count):
        away = skin.place[i] - z
        apart2 = away.real * away.real + away.imag * away.imag
        if apart2 < reach * reach:
            apart, other = math.sqrt(apart2), skin.along[i]
            towards = (along.real * away.real + along.imag * away.imag) / apart
            total += towards * points.facing * max(0.0, 1 - apart / points.facing_reach)
            likeness = along.real * other.real + along.imag * other.imag
            total += likeness * _likeness(apart, numbers)
    return total


@kernel
def _likeness(apart: float, numbers: Numbers) -> float:
    """Log odds of the same polarity of two minutiae at this distance."""
    points = numbers.points
    if apart < points.pair_peak:
        share = (apart - points.hard_core) / (points.pair_peak - points.hard_core)
        return points.pair_near + share * (points.pair_far - points.pair_near)
    fading = (points.pair_reach - apart) / (points.pair_reach - points.pair_peak)
    return points.pair_far * max(0.0, fading)
