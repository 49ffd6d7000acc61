"""How a probe lies on a print."""

from __future__ import annotations

import math

import numpy as np

from engine.examining.comparison import compare_prints
from support import disturb, make_template


def test_another_impression_lies_on_the_first() -> None:
    """The motion is found, and most minutiae have their twin."""
    print_ = make_template(1)
    found = compare_prints(disturb(print_, 2), print_)
    assert found.transform is not None
    assert abs(abs(found.transform.rotation) - 0.2) < math.radians(3)
    assert len(found.pairs) > 20


def test_pairs_are_rows_of_the_templates() -> None:
    """Carried by the motion, the two of each pair lie near each other."""
    first, second = disturb(make_template(1), 2), make_template(1)
    found = compare_prints(first, second)
    assert found.transform is not None
    rows, twins = np.array(found.pairs).T
    moved = found.transform.apply(first.minutiae.xy[rows])
    assert np.linalg.norm(moved - second.minutiae.xy[twins], axis=1).max() < 14


def test_strangers_have_a_low_score() -> None:
    """Nothing is made up where nothing coincides."""
    assert compare_prints(make_template(1), make_template(2)).score < 0.3
