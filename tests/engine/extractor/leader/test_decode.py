"""From the network's maps to minutiae, on maps written by hand."""

from __future__ import annotations

import numpy as np
import pytest

from engine.extractor.leader.decode import decode, find_peaks
from engine.extractor.leader.window import Window
from engine.records import MAX_MINUTIAE, Float32Array, Minutiae, MinutiaType


def read(
    maps: Float32Array, left: int = 0, top: int = 0, size: tuple[int, int] | None = None
) -> Minutiae:
    """The minutiae of four maps: probability, x and y of the direction, ending or not."""
    window = Window(left, top, maps.shape[2], maps.shape[1])
    peaks = find_peaks(maps[0], window, size or maps.shape[1:])
    return decode(peaks, window, maps[1:3, peaks.y, peaks.x], maps[3, peaks.y, peaks.x])


def blank_maps(height: int = 32, width: int = 32) -> Float32Array:
    return np.zeros((4, height, width), np.float32)


def put(maps: Float32Array, x: int, y: int, probability: float, ending: float = 1.0) -> None:
    """A blob of 3x3 pixels that is highest in its middle, pointing up."""
    maps[0, y - 1 : y + 2, x - 1 : x + 2] = 0.9 * probability
    maps[0, y, x] = probability
    maps[2, y, x] = 1.0
    maps[3, y, x] = ending


def test_nothing_is_found_in_nothing() -> None:
    """Empty maps give no minutiae, of the right types."""
    minutiae = read(blank_maps())
    assert minutiae.xy.shape == (0, 2)
    assert minutiae.direction.dtype == np.float32
    assert minutiae.type.dtype == minutiae.quality.dtype == np.uint8


def test_places_are_in_the_prints_pixels() -> None:
    """The window's corner is added."""
    maps = blank_maps()
    put(maps, 10, 20, 0.9)
    minutiae = read(maps, left=-4, top=32, size=(100, 100))
    assert minutiae.xy.tolist() == [[6.0, 52.0]]


def test_directions_count_counter_clockwise() -> None:
    """Up is pi / 2, down 3 pi / 2: never negative."""
    maps = blank_maps()
    put(maps, 8, 8, 0.9)
    put(maps, 24, 24, 0.8)
    maps[2, 24, 24] = -1.0
    minutiae = read(maps)
    assert minutiae.direction == pytest.approx([np.pi / 2, 3 * np.pi / 2])


def test_a_hair_below_zero_is_zero() -> None:
    """A direction is always less than a whole turn."""
    maps = blank_maps()
    put(maps, 8, 8, 0.9)
    maps[1:3, 8, 8] = 1.0, -1e-9
    assert read(maps).direction.tolist() == [0.0]


def test_best_comes_first_and_types_follow() -> None:
    """Order by response; the type from the sign of its own map."""
    maps = blank_maps()
    put(maps, 8, 8, 0.6, ending=-0.4)
    put(maps, 24, 24, 0.9, ending=0.6)
    minutiae = read(maps)
    assert minutiae.type.tolist() == [MinutiaType.ENDING, MinutiaType.BIFURCATION]
    assert minutiae.quality[0] > minutiae.quality[1]


def test_a_weaker_neighbour_is_suppressed() -> None:
    """Two maxima within three pixels are one minutia; four apart they are two."""
    near, apart = blank_maps(), blank_maps()
    near[0, 10, 10], near[0, 10, 13] = 8.0, 7.0
    apart[0, 10, 10], apart[0, 10, 14] = 8.0, 7.0
    assert len(read(near)) == 1
    assert len(read(apart)) == 2


def test_outside_the_print_nothing_counts() -> None:
    """What the network sees in the padding is dropped."""
    maps = blank_maps()
    put(maps, 3, 10, 0.9)
    put(maps, 28, 10, 0.9)
    minutiae = read(maps, left=-8, size=(32, 20))
    assert len(minutiae) == 0


def test_no_more_than_a_record_holds() -> None:
    """The best 255 stay."""
    maps = blank_maps(160, 160)
    for place in range(300):
        put(maps, 4 + 8 * (place % 19), 4 + 8 * (place // 19), 0.5 + place / 1000)
    minutiae = read(maps)
    assert len(minutiae) == MAX_MINUTIAE
    assert minutiae.quality.min() >= 35
