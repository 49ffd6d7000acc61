"""The enhanced view of a print."""

from __future__ import annotations

import numpy as np

from engine.extractor.classical.enhanced_view import BLANK, enhance_view

ROWS, COLUMNS = np.mgrid[:200, :160].astype(np.float32)


def waves(noise: float = 0.0) -> np.ndarray:
    """Ridges 9 px apart, in parts slanted, on a light ground."""
    random = np.random.default_rng(1)
    level = 128 + 90 * np.cos(2 * np.pi * (COLUMNS + 0.3 * ROWS) / 9)
    level += random.normal(0, noise, level.shape)
    return np.clip(level, 0, 255).astype(np.uint8)


def test_ridges_come_out_dark_and_valleys_light() -> None:
    """Where the print is dark the view is dark."""
    image = waves()
    view = enhance_view(image)
    inside = np.zeros(image.shape, bool)
    inside[40:-40, 40:-40] = True
    assert view[inside & (image < 50)].mean() < 40
    assert view[inside & (image > 200)].mean() > 215


def test_grain_is_taken_out() -> None:
    """The view of a noisy print is nearer to the clean one than the prints are."""
    clean, noisy = waves(), waves(60)
    middle = (slice(40, -40), slice(40, -40))
    apart = np.abs(clean[middle].astype(int) - noisy[middle]).mean()
    views = [enhance_view(one)[middle].astype(int) for one in (clean, noisy)]
    assert np.abs(views[0] - views[1]).mean() < apart / 2


def test_outside_of_the_print_is_blank() -> None:
    """And nothing inside is as light, so that the two can be told apart."""
    image = np.full((240, 240), 250, np.uint8)
    image[40:200, 40:200] = waves()[:160, :160]
    view = enhance_view(image)
    assert (view[:8] == BLANK).all()
    assert (view[80:160, 80:160] < BLANK).all()


def test_what_shows_no_print_is_blank() -> None:
    """An empty or a tiny image has a view too."""
    for shape in ((20, 20), (120, 90)):
        assert (enhance_view(np.full(shape, 200, np.uint8)) == BLANK).all()


def test_the_view_has_the_size_of_the_image() -> None:
    """Minutiae lie in it where they lie in the print, odd sizes too."""
    assert enhance_view(waves()[:181, :131]).shape == (181, 131)
