"""The part of a print that the network sees."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from engine.extractor.leader.window import Window, choose_window, cut, find_ridges
from engine.records import PrintImage, UInt8Array

Draw = Callable[..., PrintImage]


def on_white_ground(drawn: Draw, left: int, top: int) -> UInt8Array:
    """A patch of 100x90 pixels of ridges on a ground of 320x300."""
    pixels = np.full((300, 320), 240, np.uint8)
    pixels[top : top + 90, left : left + 100] = drawn(size=(90, 100)).pixels
    return pixels


@pytest.mark.parametrize(("left", "top"), [(150, 120), (0, 0), (220, 210)])
def test_window_covers_the_ridges(drawn: Draw, left: int, top: int) -> None:
    """The ridges lie inside, wherever they are, in whole cells, and little else."""
    window = choose_window(on_white_ground(drawn, left, top))
    assert window.left <= left
    assert window.left + window.width >= left + 100
    assert window.top <= top
    assert window.top + window.height >= top + 90
    assert window.width % 32 == window.height % 32 == 0
    assert window.width * window.height < 0.5 * 300 * 320


def test_window_lies_on_the_frames_grid(drawn: Draw) -> None:
    """Its corner is whole cells away from the corner of the centred, padded frame."""
    window = choose_window(on_white_ground(drawn, 150, 120))
    assert window.left % 32 == 0
    assert (window.top + 10) % 32 == 0  # 300 rows are padded to 320: ten above


def test_dust_does_not_widen_the_window(drawn: Draw) -> None:
    """Small specks far off are left out."""
    pixels = on_white_ground(drawn, 150, 120)
    clean = choose_window(pixels)
    pixels[10:14, 10:14] = 0
    assert choose_window(pixels) == clean


def test_empty_print_is_seen_whole() -> None:
    """Where nothing stands out nothing is cut."""
    assert find_ridges(np.full((70, 50), 9, np.uint8)) == (0, 0, 50, 70)


def test_cut_pads_with_the_corner() -> None:
    """Beyond the print stands the grey level of its first pixel."""
    pixels = np.arange(12, dtype=np.uint8).reshape(3, 4) + 5
    cells = cut(pixels, Window(left=-14, top=-15, width=32, height=32))
    assert cells.shape == (32, 32)
    np.testing.assert_array_equal(cells[15:18, 14:18], pixels)
    assert (np.delete(cells, range(15, 18), axis=0) == 5).all()
