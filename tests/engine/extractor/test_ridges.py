"""Where ridges are, and how clear."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from engine.extractor.ridges import measure_ridges
from engine.records import PrintImage

Draw = Callable[..., PrintImage]


def wave(period: float, angle: float, size: int = 96) -> np.ndarray:
    y, x = np.mgrid[:size, :size]
    along = x * np.cos(angle) + y * np.sin(angle)
    return np.rint(127 + 100 * np.cos(2 * np.pi * along / period)).astype(np.uint8)


@pytest.mark.parametrize("period", [5.5, 9.0, 13.0])
@pytest.mark.parametrize("angle", [0.0, 0.7, 1.6, 3.0])
def test_one_wave_is_all_ridges(period: float, angle: float) -> None:
    """Every ridge period, in every direction, is clear and flows."""
    field = measure_ridges(wave(period, angle))
    assert field.ridged.all()
    assert field.clarity.min() > 0.8
    assert field.flow.min() > 0.95


def test_long_waves_are_no_ridges() -> None:
    """A soft change of grey levels is seen, but no ridge."""
    field = measure_ridges(wave(40.0, 0.3))
    assert field.seen.all()
    assert not field.ridged.any()


def test_noise_is_no_ridges() -> None:
    """Noise is seen, but its blocks agree in nothing."""
    noise = np.random.default_rng(1).integers(0, 256, (128, 128)).astype(np.uint8)
    field = measure_ridges(noise)
    assert field.seen.all()
    assert not field.ridged.any()


def test_flat_ground_is_not_seen(drawn: Draw) -> None:
    """Blocks beside the print have no contrast, clarity or flow."""
    pixels = np.full((200, 400), 255, np.uint8)
    pixels[:, :200] = drawn(size=(200, 200)).pixels
    field = measure_ridges(pixels)
    empty = field.clarity[:, 14:]
    assert field.ridged[:, :10].all()
    assert not field.seen[:, 14:].any()
    assert not empty.any()


def test_grid_has_a_block_every_sixteen_pixels() -> None:
    """Blocks of 32 pixels, 16 apart, that fit into the print."""
    assert measure_ridges(np.zeros((32, 64), np.uint8)).seen.shape == (1, 3)
