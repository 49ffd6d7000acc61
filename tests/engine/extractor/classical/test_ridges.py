"""What the finder measures of ridges before it looks for minutiae."""

from __future__ import annotations

import numpy as np
import pytest

from engine.extractor.classical.enhancement import enhance
from engine.extractor.classical.frequency import estimate_period
from engine.extractor.classical.normalisation import normalise, shrink
from engine.extractor.classical.orientation import estimate_orientation
from engine.extractor.classical.parameters import ORIENTATION
from engine.extractor.classical.segmentation import segment
from engine.records import Float32Array, UInt8Array

SIDE = 240
MIDDLE = slice(30, 90)


def draw_grating(angle: float, period: float, noise: float = 0.0) -> UInt8Array:
    """Straight ridges at an angle in radians, y up, and a period in px; noise in grey levels."""
    y, x = np.mgrid[:SIDE, :SIDE]
    across = x * np.sin(angle) + y * np.cos(angle)
    grain = np.random.default_rng(1).normal(0, 1, across.shape) * noise
    return np.clip(127 + 90 * np.cos(2 * np.pi * across / period) + grain, 0, 255).astype(np.uint8)


def prepare(pixels: UInt8Array) -> tuple[Float32Array, UInt8Array, Float32Array]:
    """Normalised image, mask and orientation."""
    small = shrink(pixels)
    mask = segment(small)
    image = normalise(small, mask)
    return image, mask, estimate_orientation(image, mask, ORIENTATION.coarse)


@pytest.mark.parametrize("degrees", [0, 17, 45, 90, 128, 170])
def test_the_orientation_of_a_noisy_grating_is_right_within_two_degrees(degrees: int) -> None:
    """Angles are counter-clockwise from +x with y up."""
    *_, angle = prepare(draw_grating(np.radians(degrees), 9, noise=40))
    error = np.degrees(angle[MIDDLE, MIDDLE]) - degrees
    assert np.abs((error + 90) % 180 - 90).max() < 2


@pytest.mark.parametrize("period", [6.0, 8.5, 11.0, 14.0])
def test_the_period_of_a_noisy_grating_is_right_within_five_per_cent(period: float) -> None:
    """Periods are in pixels of the full size."""
    measured = estimate_period(*prepare(draw_grating(0.5, period, noise=40)))
    assert np.abs(measured[MIDDLE, MIDDLE] / period - 1).max() < 0.05


def test_a_print_without_a_measurable_period_gets_a_typical_one() -> None:
    """No neighbour knows: the default."""
    flat = np.zeros((60, 60), np.float32)
    period = estimate_period(flat, np.ones((60, 60), np.uint8), flat)
    assert period == pytest.approx(9.0)


def test_enhancement_is_positive_on_ridges_and_negative_on_valleys() -> None:
    """Noise as strong as the ridges does not change the sign."""
    angle = np.radians(30)
    image, mask, orientation = prepare(draw_grating(angle, 9, noise=90))
    ridges = enhance(image, mask, orientation, estimate_period(image, mask, orientation))
    dark = shrink(draw_grating(angle, 9)) < 127
    agree = (ridges > 0) == dark
    assert agree[MIDDLE, MIDDLE].mean() > 0.93


def test_the_mask_holds_the_print_and_little_else() -> None:
    """A disc of ridges on a noisy ground; the smoothing may add a rim of two ridges."""
    y, x = np.mgrid[:SIDE, :SIDE]
    radius = np.hypot(x - 120, y - 120)
    ground = np.random.default_rng(2).normal(220, 4, radius.shape)
    pixels = np.where(radius < 80, draw_grating(0.3, 9), ground)
    mask = segment(shrink(pixels.astype(np.uint8)))
    small = radius[::2, ::2]
    assert mask[small < 78].all()
    assert not mask[small > 100].any()


@pytest.mark.parametrize("noise", [0.0, 3.0])
def test_an_empty_platen_has_no_print(noise: float) -> None:
    """Neither a blank image nor the grain of a sensor is one."""
    ground = np.random.default_rng(3).normal(200, noise, (SIDE, SIDE))
    assert not segment(shrink(ground.astype(np.uint8))).any()
