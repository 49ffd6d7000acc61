"""Which pixels of a map are computed, and where maps live."""

from __future__ import annotations

import numpy as np

from engine.extractor.leader.feature_map import (
    BORDER,
    STRIP,
    Strips,
    fill_rows,
    halve_mask,
    size_of,
    strips_of,
    widen,
)
from engine.extractor.leader.workspace import KEPT, Workspace
from engine.records import UInt8Array


def drawn_from(strips: Strips, shape: tuple[int, ...]) -> UInt8Array:
    """How often each pixel is computed."""
    drawn = np.zeros(shape, np.uint8)
    for row, first, count in strips:
        drawn[row, first : first + count] += 1
    return drawn


def test_strips_cover_the_mask_once() -> None:
    """Every set pixel lies in one strip, no other in any, and none is too long."""
    mask = (np.random.default_rng(3).random((9, 200)) < 0.9).astype(np.uint8)
    mask[4] = 0
    mask[5] = 1
    strips = strips_of(mask)
    np.testing.assert_array_equal(drawn_from(strips, mask.shape), mask)
    assert strips[:, 2].max() <= STRIP


def test_an_empty_mask_has_no_strips() -> None:
    """Nothing to compute is no error."""
    assert strips_of(np.zeros((4, 4), np.uint8)).shape == (0, 3)


def test_rows_are_filled_between_their_ends() -> None:
    """Gaps close, the outside stays, and empty rows stay empty."""
    mask = np.array([[0, 1, 0, 1, 0], [0, 0, 0, 0, 0]], np.uint8)
    assert fill_rows(mask).tolist() == [[0, 1, 1, 1, 0], [0, 0, 0, 0, 0]]


def test_halving_and_widening_lose_nothing() -> None:
    """One set pixel stays set at half the size, and grows by the margin on each side."""
    mask = np.zeros((8, 8), np.uint8)
    mask[5, 2] = 1
    assert np.argwhere(halve_mask(mask)).tolist() == [[2, 1]]
    assert widen(mask, 2).sum() == 25


def test_a_workspace_gives_zeros_again() -> None:
    """The next print's maps take the place of the last one's and are empty."""
    space = Workspace()
    space.empty_map(4, 5, 8)
    space.clear()
    first = space.empty_map(4, 5, 8)
    first[:] = 1
    space.clear()
    again = space.empty_map(4, 5, 8)
    assert size_of(again) == (4, 5)
    assert np.shares_memory(first, again)
    assert not again.any()


def test_a_workspace_keeps_no_huge_map() -> None:
    """What a large print needs goes back to the system."""
    space = Workspace()
    side = int(np.sqrt(KEPT / 8)) + 1
    space.empty_map(side, side, 8)
    space.clear()
    assert space.kept < KEPT


def test_grey_levels_stand_inside_the_border() -> None:
    """A print becomes a map of one channel with zeros around."""
    array = Workspace().as_map(np.full((3, 4), 7, np.uint8))
    assert array.sum() == 12 * 7
    assert array[BORDER, BORDER, 0] == 7
