"""Cylinders and their parts."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.descriptor.cylinders import build_cylinders
from engine.descriptor.features import CODE_BYTES, CYLINDER_WORDS, concatenate, describe
from engine.descriptor.grid import grid_of
from engine.descriptor.hull import convex_hull, near_hull
from engine.descriptor.parameters import INDEXING, MATCHING
from engine.records import Minutiae


def _minutiae(xy: list[tuple[float, float]], direction: list[float]) -> Minutiae:
    n = len(xy)
    return Minutiae(
        np.array(xy, np.float32).reshape(n, 2),
        np.array(direction, np.float32),
        np.ones(n, np.uint8),
        np.full(n, 50, np.uint8),
    )


def _cross(direction: float = 0.0) -> Minutiae:
    """Five minutiae: one in the middle, one on each side 30 pixels away."""
    places = [(100, 100), (130, 100), (70, 100), (100, 130), (100, 70)]
    return _minutiae([(float(x), float(y)) for x, y in places], [direction] * 5)


def test_grid_has_the_cells_within_the_radius() -> None:
    """All cells lie within the radius, and the bits fill whole words with little lost."""
    for parameters, words in ((MATCHING, 16), (INDEXING, 4)):
        grid = grid_of(parameters)
        assert np.hypot(*grid.cells.T).max() <= parameters.radius
        assert grid.words == words
        assert 64 * words - grid.bits < 5


def test_hull_of_a_square_leaves_out_the_middle() -> None:
    """The hull is the corners, counter-clockwise."""
    points = np.array([[0, 0], [10, 0], [10, 10], [0, 10], [5, 5]], np.float32)
    hull = convex_hull(points)
    assert sorted(map(tuple, hull.tolist())) == [(0, 0), (0, 10), (10, 0), (10, 10)]
    x, y = hull.T
    area = (x * np.roll(y, -1) - y * np.roll(x, -1)).sum() / 2
    assert area == 100


@pytest.mark.parametrize(
    ("x", "y", "near"),
    [(5, 5, True), (12, 5, True), (14, 5, False), (12, 12, True), (12.9, 12.9, False)],
)
def test_near_hull_has_round_corners(x: float, y: float, near: bool) -> None:
    """A point counts within the margin of the hull, measured straight to it."""
    hull = np.array([[0, 0], [10, 0], [10, 10], [0, 10]], np.float32)
    assert near_hull(hull, x, y, 3.0) is near


def test_hull_of_a_line_has_a_margin_too() -> None:
    """Minutiae on one line have a hull without area; what is near the line is near."""
    hull = convex_hull(np.array([[0, 0], [5, 5], [10, 10]], np.float32))
    assert near_hull(hull, 5.0, 6.0, 3.0)
    assert not near_hull(hull, 0.0, 10.0, 3.0)


def test_a_neighbour_sets_the_cell_where_it_stands() -> None:
    """A minutia straight ahead, of the same direction, sets bits of the cells around it."""
    cylinders = build_cylinders(_cross(), MATCHING)
    grid = grid_of(MATCHING)
    bits = np.unpackbits(cylinders.bits[0].view(np.uint8), bitorder="little")[: grid.bits]
    cells = bits.reshape(len(grid.section_angles), -1)
    ahead = np.hypot(grid.cells[:, 0] - 30, grid.cells[:, 1]).argmin()
    nowhere = np.hypot(grid.cells[:, 0] - 45, grid.cells[:, 1] - 45).argmin()
    same_direction = int(np.abs(grid.section_angles).argmin())
    assert cells[same_direction, ahead]
    assert not cells[:, nowhere].any()
    assert not cells[0, ahead]  # the section of opposite directions stays empty


def test_bits_lie_within_the_mask() -> None:
    """No bit is set in a cell that is not valid."""
    cylinders = build_cylinders(_cross(1.0), MATCHING)
    assert not (cylinders.bits & ~cylinders.masks).any()
    assert cylinders.bits.any()


def test_a_lone_minutia_has_no_cylinder() -> None:
    """Without a neighbour in reach a cylinder is not valid."""
    assert not build_cylinders(_minutiae([(50, 50)], [0.0]), MATCHING).valid.any()
    far = _minutiae([(0.0, 0.0), (300.0, 0.0)], [0.0, 0.0])
    assert not build_cylinders(far, MATCHING).valid.any()


@settings(max_examples=20, deadline=None)
@given(
    turn=st.sampled_from([0, 90, 180, 270]),
    dx=st.integers(-200, 200),
    dy=st.integers(-200, 200),
)
def test_cylinders_do_not_change_when_the_print_is_turned_and_moved(
    turn: int, dx: int, dy: int
) -> None:
    """A cylinder is relative to its minutia: a rigid motion changes next to no bit."""
    random = np.random.default_rng(7)
    xy = random.uniform(0, 200, (20, 2)).astype(np.float32)
    direction = random.uniform(0, 2 * math.pi, 20).astype(np.float32)
    a = math.radians(turn)
    motion = np.array([[math.cos(a), -math.sin(a)], [math.sin(a), math.cos(a)]], np.float32)
    moved = _minutiae(
        (xy @ motion + [dx, dy]).tolist(), np.mod(direction + a, 2 * math.pi).tolist()
    )
    before = build_cylinders(_minutiae(xy.tolist(), direction.tolist()), MATCHING)
    after = build_cylinders(moved, MATCHING)
    changed = np.bitwise_count(before.bits ^ after.bits).sum()
    assert changed <= 0.01 * np.bitwise_count(before.bits).sum()


def test_features_have_the_announced_shapes() -> None:
    """One row a valid cylinder, with y pointing up; minutiae without one are left out."""
    features = describe(_cross())
    assert features.minutia.tolist() == [1, 2, 3, 4]  # the middle one sees too few cells
    assert features.cylinders.shape == (4, CYLINDER_WORDS)
    assert features.codes.shape == (4, CODE_BYTES)
    assert features.xy[0].tolist() == [130, -100]


def test_concatenation_tells_where_each_print_begins() -> None:
    """Offsets bound the rows of each print, empty prints included."""
    one = describe(_cross())
    joined, offsets = concatenate([one, describe(Minutiae.empty()), one])
    assert offsets.tolist() == [0, 4, 4, 8]
    assert len(joined) == 8
    assert len(concatenate([])[0]) == 0
