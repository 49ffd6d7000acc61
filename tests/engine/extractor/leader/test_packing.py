"""Weights in the order of the inner loops."""

from __future__ import annotations

import numpy as np
import pytest

from engine.extractor.leader.head import fold_doubling
from engine.extractor.leader.packing import Layer, place, spread_rows


def test_parts_begin_at_multiples_of_eight() -> None:
    """Three and two channels: the second part begins at 8."""
    assert place((3, 2)).tolist() == [0, 1, 2, 8, 9]


def test_rows_between_the_parts_are_zero() -> None:
    """A kernel of three inputs on the places of a map of two parts."""
    spread = spread_rows(np.ones((3, 5), np.float32), place((2, 1)))
    assert spread.sum(1).tolist() == [5, 5, 0, 0, 0, 0, 0, 0] + [5] + 7 * [0]


def test_layers_merge() -> None:
    """Two layers in a row are one."""
    random = np.random.default_rng(1)
    one = Layer(random.random((3, 4)), random.random(4))
    two = Layer(random.random((4, 2)), random.random(2))
    x = random.random((5, 3))
    expected = (x @ one.kernel + one.bias) @ two.kernel + two.bias
    both = one.then(two)
    assert x @ both.kernel + both.bias == pytest.approx(expected)


def test_folding_equals_doubling_first() -> None:
    """A 5x5 kernel on a doubled map is four 3x3 kernels on the map."""
    random = np.random.default_rng(2)
    kernel, features = random.random((1, 2, 5, 5)), random.random((2, 3, 3))
    doubled = features.repeat(2, axis=1).repeat(2, axis=2)
    folded = fold_doubling(kernel).reshape(3, 3, 2, 4)
    for quarter in range(4):
        y, x = quarter // 2, quarter % 2
        expected = (doubled[:, y : y + 5, x : x + 5] * kernel[0]).sum()
        found = (features.transpose(1, 2, 0) * folded[..., quarter]).sum()
        assert found == pytest.approx(expected, rel=1e-5)
