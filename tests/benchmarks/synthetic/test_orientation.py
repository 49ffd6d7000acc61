"""The ridge flow of each class turns where its cores and deltas are, and nowhere else."""

import numpy as np
import pytest

from benchmarks.synthetic.layout import Layout, sample_layout
from benchmarks.synthetic.orientation import orientation_field, to_pixels
from benchmarks.synthetic.parameters import CREASE_ROW
from benchmarks.synthetic.pattern import Pattern, sample_pattern

SINGULAR = {
    Pattern.ARCH: (0, 0),
    Pattern.TENTED_ARCH: (1, 1),
    Pattern.LEFT_LOOP: (1, 1),
    Pattern.RIGHT_LOOP: (1, 1),
    Pattern.WHORL: (2, 2),
}


def poincare_index(field: np.ndarray, x: float, y: float, radius: float) -> float:
    """Turns of the flow on a way round (x, y): 0.5 at a core, -0.5 at a delta, else 0."""
    way = np.linspace(0, 2 * np.pi, 200)
    rows = np.rint(y - radius * np.sin(way)).astype(int)
    columns = np.rint(x + radius * np.cos(way)).astype(int)
    doubled = np.unwrap(2.0 * field[rows, columns])
    return float((doubled[-1] - doubled[0]) / (4 * np.pi))


def made(pattern: Pattern, seed: int) -> tuple[Layout, np.ndarray]:
    rng = np.random.default_rng(seed)
    layout = sample_layout(pattern, rng)
    return layout, orientation_field(layout, rng)


@pytest.mark.parametrize("pattern", list(Pattern))
def test_each_class_has_its_cores_and_deltas(pattern):
    """The flow turns by half round each core, by minus half round each delta."""
    layout, field = made(pattern, 5)
    assert (len(layout.cores), len(layout.deltas)) == SINGULAR[pattern]
    for points, expected in ((layout.cores, 0.5), (layout.deltas, -0.5)):
        for x, y in to_pixels(points):
            assert poincare_index(field, x, y, 5) == pytest.approx(expected, abs=0.05)


@pytest.mark.parametrize("pattern", list(Pattern))
def test_no_other_turns(pattern):
    """A way round the whole pad meets as many half turns as cores less deltas: none."""
    _, field = made(pattern, 6)
    assert poincare_index(field, 208, CREASE_ROW - 230, 200) == pytest.approx(0.0, abs=0.05)


def test_orientation_is_an_angle_of_a_line():
    """All values lie in [0, pi)."""
    _, field = made(Pattern.WHORL, 7)
    assert field.min() >= 0.0
    assert field.max() < np.pi


def test_loops_open_to_their_side():
    """Some way down its legs, a left loop falls to the left and a right loop to the right."""
    for pattern, side in ((Pattern.LEFT_LOOP, -1), (Pattern.RIGHT_LOOP, 1)):
        layout, field = made(pattern, 8)
        (x, y) = to_pixels(layout.cores)[0]
        leg = field[int(y) + 45, int(x) + side * 45]
        assert np.sign(np.sin(2 * leg)) == -side


def test_natural_frequencies():
    """Two thirds of the fingers are loops, over a quarter whorls, few arches."""
    rng = np.random.default_rng(0)
    drawn = [sample_pattern(rng) for _ in range(4000)]
    share = {pattern: drawn.count(pattern) / len(drawn) for pattern in Pattern}
    assert share[Pattern.LEFT_LOOP] == pytest.approx(0.338, abs=0.03)
    assert share[Pattern.RIGHT_LOOP] == pytest.approx(0.317, abs=0.03)
    assert share[Pattern.WHORL] == pytest.approx(0.279, abs=0.03)
    assert share[Pattern.ARCH] + share[Pattern.TENTED_ARCH] == pytest.approx(0.066, abs=0.02)
