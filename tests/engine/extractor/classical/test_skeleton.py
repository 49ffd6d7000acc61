"""Thinning, crossing numbers and following lines."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from engine.extractor.classical.skeleton import crossing_numbers, thin
from engine.extractor.classical.tracing import trace
from engine.records import UInt8Array


def blobs(seed: int) -> UInt8Array:
    """Random smooth shapes."""
    noise = np.random.default_rng(seed).normal(0, 1, (80, 90)).astype(np.float32)
    region = (cv2.GaussianBlur(noise, (0, 0), 2.5) > 0).astype(np.uint8)
    region[[0, -1]] = 0
    region[:, [0, -1]] = 0
    return region


def count_parts(region: UInt8Array, connectivity: int) -> int:
    return int(cv2.connectedComponents(region, connectivity=connectivity)[0])


@pytest.mark.parametrize("seed", range(5))
def test_thinning_keeps_parts_and_holes(seed: int) -> None:
    """Neither joins, splits, nor loses a part of the region or of its ground."""
    region = blobs(seed)
    lines = thin(region)
    assert not (lines & ~region & 1).any()
    assert count_parts(lines, 8) == count_parts(region, 8)
    assert count_parts(1 - lines, 4) == count_parts(1 - region, 4)


def test_lines_are_one_pixel_wide() -> None:
    """No square of four pixels is left."""
    lines = thin(blobs(7))
    squares = lines[:-1, :-1] & lines[1:, :-1] & lines[:-1, 1:] & lines[1:, 1:]
    assert squares.sum() == 0


def test_thinning_twice_changes_nothing() -> None:
    """A skeleton is its own skeleton."""
    lines = thin(blobs(8))
    assert np.array_equal(thin(lines), lines)


def test_thinning_leaves_its_input_alone() -> None:
    """The region is still there afterwards."""
    region = blobs(9)
    before = region.copy()
    thin(region)
    assert np.array_equal(region, before)


def test_a_bar_becomes_its_middle_line() -> None:
    """Five pixels high, rows 8 to 12: what remains lies in row 10."""
    bar = np.zeros((20, 60), np.uint8)
    bar[8:13, 10:50] = 1
    assert set(np.nonzero(thin(bar))[0]) == {10}


def test_crossing_numbers_tell_ends_and_forks() -> None:
    """A Y: three ends and one fork."""
    y_shape = np.zeros((11, 11), np.uint8)
    for step in range(1, 4):
        y_shape[5 - step, 5 - step] = y_shape[5 - step, 5 + step] = y_shape[5 + step, 5] = 1
    y_shape[5, 5] = 1
    numbers = crossing_numbers(y_shape)
    assert numbers[5, 5] == 3
    assert (numbers == 1).sum() == 3
    assert (numbers == 2).sum() == 6


def test_a_line_is_followed_from_its_end_inwards() -> None:
    """From (10, 20) rightwards: direction 0; the other end points back: pi."""
    lines = np.zeros((40, 80), np.uint8)
    lines[20, 10:60] = 1
    traced = trace(lines, np.full(lines.shape, 99, np.float32))
    assert traced.tips.tolist() == [[10, 20], [59, 20]]
    assert traced.direction == pytest.approx([0, np.pi])
    assert traced.steps.tolist() == [24, 24]


def test_a_line_that_rises_points_up() -> None:
    """Up in the picture is a positive angle."""
    lines = np.zeros((60, 60), np.uint8)
    steps = np.arange(30)
    lines[50 - steps, 10 + steps] = 1
    traced = trace(lines, np.full(lines.shape, 99, np.float32))
    assert np.sort(np.degrees(traced.direction)) == pytest.approx([-135, 45])


def test_ends_at_the_rim_and_specks_are_no_ends() -> None:
    """A line out of the mask ends at the rim; three pixels are dirt."""
    lines = np.zeros((40, 80), np.uint8)
    lines[20, 10:60] = 1
    lines[30, 30:33] = 1
    border = np.full(lines.shape, 99, np.float32)
    border[:, 55:] = 1
    assert trace(lines, border).tips.tolist() == [[10, 20]]
