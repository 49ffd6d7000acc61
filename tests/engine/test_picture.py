"""The picture that explains a match."""

from __future__ import annotations

import numpy as np

from engine.candidates import PairedMinutia
from engine.picture import FOOTER, GAP, HEADER, MARGIN, MUTED, SCALE, Side, draw_match
from engine.records import Minutiae

PAIR = PairedMinutia((20.0, 30.0, 0.0), (40.0, 50.0, 1.0))


def side(height: int, width: int, *xy: tuple[float, float], title: str = "") -> Side:
    """A white print with minutiae."""
    count = len(xy)
    minutiae = Minutiae(
        np.array(xy, np.float32).reshape(-1, 2),
        np.zeros(count, np.float32),
        np.ones(count, np.uint8),
        np.full(count, 50, np.uint8),
    )
    return Side(np.full((height, width), 255, np.uint8), minutiae, title)


def has(picture: np.ndarray, colour: tuple[int, int, int]) -> bool:
    """Whether a colour occurs."""
    return bool((picture == colour).all(axis=2).any())


def test_both_prints_have_their_place() -> None:
    """Side by side, enlarged, with room around; the higher one gives the height."""
    picture = draw_match(side(100, 80), side(120, 90), [])
    assert picture.dtype == np.uint8
    assert picture.shape == (
        HEADER + 120 * SCALE + FOOTER,
        2 * MARGIN + (80 + 90) * SCALE + GAP,
        3,
    )


def test_a_paired_minutia_is_not_muted() -> None:
    """It has a colour; the same minutia without its pair is grey."""
    sides = side(100, 100, (20, 30)), side(100, 100, (40, 50))
    assert not has(draw_match(*sides, [PAIR])[:-FOOTER], MUTED)
    assert has(draw_match(*sides, [])[:-FOOTER], MUTED)


def test_pairs_are_joined_across_the_gap() -> None:
    """One colour between the prints for each pair, each another."""
    other = PairedMinutia((20.0, 80.0, 0.0), (40.0, 90.0, 1.0))
    sides = side(100, 100, (20, 30), (20, 80)), side(100, 100, (40, 50), (40, 90))
    middle = MARGIN + 100 * SCALE + GAP // 2
    column = draw_match(*sides, [PAIR, other])[HEADER:-FOOTER, middle]
    rows = np.flatnonzero((column != 255).any(axis=1))
    assert (np.diff(rows) > 1).sum() == 1
    first, last = column[rows[1]], column[rows[-2]]
    assert np.abs(first.astype(int) - last).max() > 30


def test_marks_at_the_edge_and_long_titles_fit() -> None:
    """Nothing is raised and nothing grows."""
    edge = PairedMinutia((0.0, 0.0, 4.0), (99.0, 99.0, 5.0))
    plain = draw_match(side(100, 100, (0, 0)), side(100, 100, (99, 99)), [edge])
    titled = draw_match(
        side(100, 100, (0, 0), title="a long name " * 20), side(100, 100, (99, 99)), [edge], "c"
    )
    assert titled.shape == plain.shape
