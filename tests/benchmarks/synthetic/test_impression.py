"""Impressions of one finger are alike, of two fingers are not, and each can be made again."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from benchmarks.synthetic import (
    CLEAN,
    EVERYDAY,
    HARD_PARTIAL,
    WIDE_ROTATION,
    make_impression,
    make_master,
)

STILL = replace(
    EVERYDAY, rotation=(0, 0), shift=0, off_centre=(0, 0), distortion=(0, 0), moisture=(-0.2, 0.2)
)


@pytest.fixture(scope="module")
def master():
    return make_master(11)


def likeness(one: np.ndarray, other: np.ndarray) -> float:
    """Correlation of the middles of two pictures."""
    middle = slice(100, 300), slice(90, 260)
    return float(np.corrcoef(one[middle].ravel(), other[middle].ravel())[0, 1])


@pytest.mark.parametrize("conditions", [CLEAN, EVERYDAY, WIDE_ROTATION, HARD_PARTIAL])
def test_same_seed_same_pixels(master, conditions):
    """The same master, seed and conditions give the same picture, of the size asked for."""
    first = make_impression(master, 1, conditions)
    assert first.dtype == np.uint8
    assert first.shape == (conditions.height, conditions.width)
    assert np.array_equal(first, make_impression(master, 1, conditions))


def test_other_seed_other_picture_of_the_same_finger(master):
    """Two impressions without movement differ in pixels and agree in ridges."""
    one, other = (make_impression(master, seed, STILL) for seed in (1, 2))
    assert not np.array_equal(one, other)
    assert likeness(one, other) > 0.6


def test_another_finger_is_not_alike(master):
    """Impressions of two fingers under the same conditions do not agree."""
    stranger = make_impression(make_master(12), 1, STILL)
    assert abs(likeness(make_impression(master, 1, STILL), stranger)) < 0.3


def test_rotation_can_be_undone(master):
    """An impression turned by ten degrees agrees with an upright one once turned back."""
    upright = make_impression(master, 1, STILL)
    turned = make_impression(master, 2, replace(STILL, rotation=(10, 10)))
    centre = (STILL.width / 2, STILL.height / 2)
    back = [
        cv2.warpAffine(turned, cv2.getRotationMatrix2D(centre, angle, 1.0), turned.shape[::-1])
        for angle in (-10, 10)
    ]
    assert max(likeness(upright, picture) for picture in back) > 0.5


def test_wet_prints_are_darker_than_dry_ones(master):
    """Moisture thickens the ridges."""
    dry, wet = (
        make_impression(master, 1, replace(STILL, moisture=(level, level))) for level in (-0.6, 0.6)
    )
    assert wet.mean() < dry.mean() - 10


def test_partial_print_shows_less_skin(master):
    """A hard partial print covers at most two thirds of what a clean one covers."""
    dark = [(make_impression(master, 1, how) < 140).sum() for how in (CLEAN, HARD_PARTIAL)]
    assert dark[1] < 0.67 * dark[0]
