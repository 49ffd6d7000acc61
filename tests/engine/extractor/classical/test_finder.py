"""The whole finder, on drawn patterns whose minutiae are known, and on real prints."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.extractor.classical.finder import ClassicalFinder
from engine.extractor.leader import LeaderFinder
from engine.images.reader import read_image_file
from engine.records import Minutiae, MinutiaType, PrintImage

FINDER = ClassicalFinder(threads=2)
WIDTH, HEIGHT = 240, 240
SPOT = (121.0, 117.0)


def draw(spin: int, turn: float = 0.3, period: float = 9.0) -> np.ndarray:
    """Ridges at the angle `turn` (radians, y up), dislocated once at `SPOT`.

    One turn of the phase around a point puts one ridge more on one side of it than on the
    other (Larkin & Fletcher 2007): `spin` 1 and -1 put it to the right and to the left, for
    `turn` 0; 0 leaves the ridges whole.
    """
    y, x = np.mgrid[:HEIGHT, :WIDTH].astype(float)
    right, down = x - SPOT[0], y - SPOT[1]
    across = right * np.sin(turn) + down * np.cos(turn)
    phase = 2 * np.pi * across / period + spin * np.arctan2(down, right)
    return np.rint(127 + 100 * np.cos(phase)).astype(np.uint8)


def as_print(pixels: np.ndarray) -> PrintImage:
    return PrintImage(np.ascontiguousarray(pixels), 500.0, True, "drawn", "PNG")


def central(found: Minutiae) -> list[int]:
    """Minutiae away from the rim, where every ridge ends."""
    inside = (np.abs(found.xy - 120) < 95).all(axis=1)
    return np.flatnonzero(inside).tolist()


def turned_by(direction: float, expected: float) -> float:
    """Degrees between two directions, without sign."""
    return abs(np.degrees((direction - expected + np.pi) % (2 * np.pi) - np.pi))


@pytest.mark.parametrize("spin", [1, -1])
@pytest.mark.parametrize("turn", [0.0, 0.3, 1.3, 2.4])
def test_one_dislocation_is_one_minutia(spin: int, turn: float) -> None:
    """It is found at its place, and points to the side that has a ridge more."""
    found = FINDER.find(as_print(draw(spin, turn)))
    (one,) = central(found)
    assert np.hypot(*(found.xy[one] - SPOT)) < 4
    assert turned_by(found.direction[one], turn if spin > 0 else turn + np.pi) < 8
    assert found.quality[one] > 60


def test_whole_ridges_have_no_minutiae() -> None:
    """Neither inside nor at the rim of the image."""
    assert central(FINDER.find(as_print(draw(0)))) == []


def test_inverting_ridges_and_valleys_swaps_the_types() -> None:
    """An ending of a ridge is a bifurcation of the valleys, with the same direction."""
    phase = draw(1)
    types = set()
    for pixels in (phase, 254 - phase):
        found = FINDER.find(as_print(pixels))
        (one,) = central(found)
        types.add(int(found.type[one]))
        assert turned_by(found.direction[one], 0.3) < 8
    assert types == {MinutiaType.ENDING, MinutiaType.BIFURCATION}


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_rotating_the_image_rotates_the_minutiae(quarters: int) -> None:
    """By quarter turns counter-clockwise, which change no grey level."""
    before = FINDER.find(as_print(draw(1)))
    after = FINDER.find(as_print(np.rot90(draw(1), quarters)))
    (one,), (other,) = central(before), central(after)
    x, y = before.xy[one] - (WIDTH - 1) / 2
    for _ in range(quarters):
        x, y = y, -x
    assert after.xy[other] - (WIDTH - 1) / 2 == pytest.approx([x, y], abs=2)
    turn = before.direction[one] + quarters * np.pi / 2
    assert turned_by(after.direction[other], turn) < 5


@pytest.mark.parametrize("shape", [(300, 300), (301, 253), (1, 1), (1, 900), (31, 200)])
def test_nothing_is_found_on_a_blank_image(shape: tuple[int, int]) -> None:
    """Of whatever size."""
    assert len(FINDER.find(as_print(np.full(shape, 200, np.uint8)))) == 0


def test_hardly_anything_is_found_in_noise() -> None:
    """White noise, which the filters turn into short ridges, gives a handful at most."""
    noise = np.random.default_rng(5).integers(0, 256, (300, 300), np.uint8)
    assert len(FINDER.find(as_print(noise))) < 10


@pytest.mark.parametrize("shape", [(239, 211), (33, 32), (47, 500)])
def test_minutiae_lie_inside_images_of_any_size(shape: tuple[int, int]) -> None:
    """Odd sides and narrow strips too."""
    y, x = np.mgrid[: shape[0], : shape[1]]
    pixels = np.rint(127 + 100 * np.cos(np.hypot(x, y - 20) * 0.7)).astype(np.uint8)
    found = FINDER.find(as_print(pixels))
    assert (found.xy >= 0).all()
    assert (found.xy <= np.array(shape[::-1]) - 1).all()


def test_many_prints_give_what_each_gives() -> None:
    """In their order, from several threads."""
    images = [as_print(draw(spin, turn)) for spin in (1, 0, -1) for turn in (0.1, 0.9)]
    for one, many in zip(map(FINDER.find, images), FINDER.find_many(images), strict=True):
        assert np.array_equal(one.xy, many.xy)


def _counts(folder: Path, pattern: str) -> list[int]:
    paths = sorted(folder.glob(pattern))[::4]
    assert paths
    return [len(found) for found in FINDER.find_many([read_image_file(path) for path in paths])]


@pytest.mark.parametrize("pattern", ["fvc2002/DB1_B/*.png", "fvc2000/DB2_B/*.png"])
def test_real_prints_have_a_plausible_number_of_minutiae(lab_data: Path, pattern: str) -> None:
    """A flat finger shows 15 to 80."""
    counts = _counts(lab_data, pattern)
    assert 25 < np.median(counts) < 60
    assert max(counts) < 110


def _pairs(ours: Minutiae, theirs: Minutiae) -> list[tuple[int, int]]:
    """Each of ours with the nearest of theirs, up to 8 px apart, whatever their directions."""
    apart = np.linalg.norm(ours.xy[:, None] - theirs.xy[None], axis=2)
    return [(one, int(row.argmin())) for one, row in enumerate(apart) if row.min() < 8]


def test_real_prints_agree_with_the_network(lab_data: Path, leader: LeaderFinder) -> None:
    """Most of LEADER's minutiae are found too, and both types point the same way as its own."""
    turns: list[tuple[int, float]] = []
    total = 0
    for path in sorted((lab_data / "fvc2002" / "DB1_B").glob("*_1.png"))[:4]:
        image = read_image_file(path)
        ours, theirs = FINDER.find(image), leader.find(image)
        total += len(theirs)
        for one, other in _pairs(ours, theirs):
            turn = ours.direction[one] - theirs.direction[other]
            turns.append((int(ours.type[one]), (turn + np.pi) % (2 * np.pi) - np.pi))
    assert len(turns) > 0.75 * total
    for kind in (MinutiaType.ENDING, MinutiaType.BIFURCATION):
        of_kind = np.array([turn for type_, turn in turns if type_ == kind])
        assert abs(np.median(of_kind)) < 0.06
        assert (np.abs(of_kind) < 0.5).mean() > 0.85
