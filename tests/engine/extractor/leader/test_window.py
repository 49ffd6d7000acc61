"""The part of a print that the network sees."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from engine.extractor.leader.window import Window, choose_window, cut, find_ridges, halve_window
from engine.records import PrintImage, UInt8Array

Draw = Callable[..., PrintImage]


def on_white_ground(drawn: Draw, left: int, top: int) -> UInt8Array:
    """A patch of 100x90 pixels of ridges on a ground of 320x300."""
    pixels = np.full((300, 320), 240, np.uint8)
    pixels[top : top + 90, left : left + 100] = drawn(size=(90, 100)).pixels
    return pixels


def window_of(pixels: UInt8Array) -> Window:
    return choose_window(find_ridges(pixels), pixels.shape)


@pytest.mark.parametrize(("left", "top"), [(150, 120), (0, 0), (220, 210)])
def test_window_covers_the_ridges(drawn: Draw, left: int, top: int) -> None:
    """The ridges lie inside, wherever they are, in whole cells, and little else."""
    window = window_of(on_white_ground(drawn, left, top))
    assert window.left <= left
    assert window.left + window.width >= left + 100
    assert window.top <= top
    assert window.top + window.height >= top + 90
    assert window.width % 32 == window.height % 32 == 0
    assert window.width * window.height < 0.5 * 300 * 320


def test_window_lies_on_the_frames_grid(drawn: Draw) -> None:
    """Its corner is whole cells away from the corner of the centred, padded frame."""
    window = window_of(on_white_ground(drawn, 150, 120))
    assert window.left % 32 == 0
    assert (window.top + 10) % 32 == 0  # 300 rows are padded to 320: ten above


def test_dust_does_not_widen_the_window(drawn: Draw) -> None:
    """Small specks far off are left out."""
    pixels = on_white_ground(drawn, 150, 120)
    clean = window_of(pixels)
    pixels[10:14, 10:14] = 0
    assert window_of(pixels) == clean


def test_empty_print_is_seen_whole() -> None:
    """Where nothing stands out nothing is cut."""
    ridges = find_ridges(np.full((70, 50), 9, np.uint8))
    assert ridges.shape == (35, 25)
    assert ridges.all()


def test_cut_pads_with_one_grey_level() -> None:
    """Beyond the print stands the grey level that is asked for."""
    pixels = np.arange(12, dtype=np.uint8).reshape(3, 4) + 5
    cells = cut(pixels, Window(left=-14, top=-15, width=32, height=32), 5)
    assert cells.shape == (32, 32)
    np.testing.assert_array_equal(cells[15:18, 14:18], pixels)
    assert (np.delete(cells, range(15, 18), axis=0) == 5).all()


def test_mask_and_pixels_are_cut_alike(drawn: Draw) -> None:
    """A mask of half the size lies on the same places of the window."""
    pixels = on_white_ground(drawn, 150, 120)
    mask, window = find_ridges(pixels), window_of(pixels)
    inside = cut(mask, halve_window(window), 0)
    assert inside.shape == (window.height // 2, window.width // 2)
    assert inside.sum() == mask.sum()
