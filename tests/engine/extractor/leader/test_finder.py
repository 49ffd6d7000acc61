"""The LEADER finder as a whole."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.extractor.leader import LeaderFinder
from engine.records import Minutiae, MinutiaType, PrintImage

Draw = Callable[..., PrintImage]

PLACES = [(60, 60), (150, 70), (100, 140), (190, 130)]


def assert_equal(one: Minutiae, other: Minutiae) -> None:
    np.testing.assert_array_equal(one.xy, other.xy)
    np.testing.assert_allclose(one.direction, other.direction, atol=1e-4)
    np.testing.assert_array_equal(one.type, other.type)


@pytest.mark.parametrize("size", [(200, 240), (197, 231)])
def test_finds_what_is_drawn(leader: LeaderFinder, drawn: Draw, size: tuple[int, int]) -> None:
    """Each drawn minutia is found within two pixels, and nothing else, at any image size."""
    minutiae = leader.find(drawn(*PLACES, size=size))
    found = sorted(map(tuple, minutiae.xy.tolist()))
    assert np.abs(np.array(found) - np.array(sorted(PLACES))).max() <= 2
    assert (minutiae.quality > 80).all()


def test_direction_follows_the_ridge(leader: LeaderFinder, drawn: Draw) -> None:
    """The drawn ridges begin at the minutia and run to the right along the pattern's slope."""
    minutiae = leader.find(drawn(*PLACES))
    slope = np.arctan(8 / 60 * np.cos(minutiae.xy[:, 0] / 60))  # y up, as the ridges bend
    error = np.angle(np.exp(1j * (minutiae.direction - slope)))
    assert np.abs(error).max() < 0.15


def test_inverting_the_print_swaps_the_types(leader: LeaderFinder, drawn: Draw) -> None:
    """An ending of a ridge is a bifurcation of the valleys."""
    image = drawn((100, 90), size=(180, 200))
    inverted = PrintImage(255 - image.pixels, 500.0, True, "inverted", "PNG")
    types = {int(leader.find(one).type[0]) for one in (image, inverted)}
    assert types == {MinutiaType.ENDING, MinutiaType.BIFURCATION}


def test_blank_has_no_minutiae(leader: LeaderFinder, image_of: Draw) -> None:
    """An empty print is no error here."""
    assert len(leader.find(image_of(np.full((90, 100), 255), "blank"))) == 0


def test_many_equal_one_by_one(leader: LeaderFinder, drawn: Draw) -> None:
    """Bulk work gives the same minutiae in the same order, whatever the sizes."""
    images = [drawn(*PLACES[:count], size=(170 + 9 * count, 220)) for count in (1, 2, 3, 4)]
    for one, other in zip(leader.find_many(images), map(leader.find, images), strict=True):
        assert_equal(one, other)


def test_threads_may_share_it(leader: LeaderFinder, drawn: Draw) -> None:
    """Four threads at once get what one gets."""
    image = drawn(*PLACES)
    expected = leader.find(image)
    with ThreadPoolExecutor(4) as pool:
        for minutiae in pool.map(leader.find, [image] * 8):
            assert_equal(minutiae, expected)


def test_cropping_keeps_the_clear_minutiae(leader: LeaderFinder, drawn: Draw) -> None:
    """A print on a large empty ground gives the minutiae of the print alone."""
    pixels = np.full((600, 640), 255, np.uint8)
    pixels[160:360, 192:432] = drawn(*PLACES).pixels
    image = PrintImage(pixels, 500.0, True, "on white", "PNG")
    found = leader.find(image)
    places = sorted((found.xy - (192, 160)).tolist())
    clear = [place for place in places if 8 < place[0] < 232 and 8 < place[1] < 192]
    assert np.abs(np.array(clear) - np.array(sorted(PLACES))).max() <= 2


def test_real_prints_keep_their_numbers(leader: LeaderFinder, lab_data: Path) -> None:
    """Four prints of FVC2002 DB1 have the original's minutiae (from 0.3), but for two."""
    original = {"101_4": 24, "101_7": 45, "104_7": 76, "108_2": 65}
    for name, count in original.items():
        path = lab_data / "fvc2002" / "DB1_B" / f"{name}.png"
        pixels = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
        found = leader.find(PrintImage(np.asarray(pixels, np.uint8), 500.0, True, name, "PNG"))
        assert abs(int((found.quality >= 30).sum()) - count) <= 2


def test_large_prints_are_searched_too(leader: LeaderFinder, drawn: Draw) -> None:
    """A print of a whole hand's size needs more memory than is kept."""
    minutiae = leader.find(drawn(*PLACES, size=(640, 704)))
    assert set(PLACES) <= {(round(x / 10) * 10, round(y / 10) * 10) for x, y in minutiae.xy}
