"""Minutiae of a whole finger."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.background.flow import Field, finish_field, flow_angle, new_field
from benchmarks.background.layout import LEFT_LOOP, WHORL, draw_layout
from benchmarks.background.parameters import PLAIN, Numbers
from benchmarks.background.points import Skin, draw_points, new_skin


def _finger(pattern: int, seed: int, numbers: Numbers = PLAIN) -> tuple[Field, Skin, int]:
    state, field, skin = np.array([seed], np.uint64), new_field(), new_skin()
    draw_layout(state, pattern, field)
    finish_field(field, numbers.flow, state)
    return field, skin, draw_points(state, field, 1.0, numbers, skin)


@pytest.mark.parametrize("pattern", [LEFT_LOOP, WHORL])
def test_no_two_lie_in_the_hard_core(pattern: int) -> None:
    """The nearest two minutiae of a finger are at least the hard core apart."""
    _, skin, count = _finger(pattern, 5)
    places = skin.place[:count]
    apart = np.abs(places[:, None] - places[None]) + np.diag(np.full(count, np.inf))
    assert count > 60
    assert apart.min() >= PLAIN.points.hard_core


def test_directions_follow_the_flow() -> None:
    """Modulo half a turn, with the lasting deviation that the numbers say."""
    field, skin, count = _finger(LEFT_LOOP, 6)
    flow = np.array([flow_angle(field, place, PLAIN.flow) for place in skin.place[:count]])
    apart = (skin.direction[:count] - flow + np.pi / 2) % np.pi - np.pi / 2
    assert apart.std() == pytest.approx(PLAIN.points.deviation, rel=0.4)


def test_minutiae_crowd_at_the_core() -> None:
    """Where a loop turns, 15 to 50 pixels from its core, they are denser than in the whole."""
    near = total = 0
    for seed in range(1, 61):
        field, skin, count = _finger(LEFT_LOOP, seed)
        apart = np.abs(skin.place[:count] - field.cores[0])
        near += int(((apart > 15) & (apart < 50)).sum())
        total += count
    points = PLAIN.points
    frame = 2 * points.half_width * (points.top - points.bottom)
    assert near / (np.pi * (50**2 - 15**2)) > 1.3 * total / frame


def test_both_senses_of_the_flow_occur() -> None:
    """Neither is rare, and close neighbours more often oppose each other than others do."""
    close, wide = [], []
    for seed in range(1, 41):
        _, skin, count = _finger(LEFT_LOOP, seed)
        places, along = skin.place[:count], skin.along[:count]
        apart = np.abs(places[:, None] - places[None])[np.triu_indices(count, 1)]
        likeness = (along[:, None] * along[None].conjugate()).real[np.triu_indices(count, 1)]
        close += list(likeness[apart < 14] < 0)
        wide += list(likeness[(apart > 22) & (apart < 30)] < 0)
    assert 0.2 < np.mean(wide) < np.mean(close) < 0.8
