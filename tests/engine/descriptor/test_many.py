"""Many prints in one call, and what is refused."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.descriptor.cylinders import fill_prints
from engine.descriptor.features import (
    describe,
    fine_cylinders,
    index_codes,
    index_codes_many,
)
from engine.descriptor.parameters import MATCHING
from engine.errors import BadInput
from engine.records import Float32Array, Minutiae

_Offsets = NDArray[np.int64]


def _prints() -> list[Minutiae]:
    """Four prints, one of them empty."""
    random = np.random.default_rng(3)
    return [
        Minutiae(
            random.uniform(0, 200, (count, 2)).astype(np.float32),
            random.uniform(0, 2 * math.pi, count).astype(np.float32),
            np.ones(count, np.uint8),
            np.full(count, 50, np.uint8),
        )
        for count in (12, 0, 1, 30)
    ]


def _joined(prints: list[Minutiae]) -> tuple[Float32Array, Float32Array, _Offsets]:
    """Their minutiae one after the other."""
    offsets = np.cumsum([0, *map(len, prints)]).astype(np.int64)
    xy = np.concatenate([one.xy for one in prints])
    return xy, np.concatenate([one.direction for one in prints]), offsets


def test_index_codes_of_many_prints_equal_those_one_by_one() -> None:
    """Codes do not depend on how many prints a call describes."""
    xy, direction, offsets = _joined(_prints())
    codes, valid = np.full((43, 32), 255, np.uint8), np.ones(43, np.bool_)
    index_codes_many(xy, direction, offsets, codes, valid)
    single = [index_codes(one) for one in _prints()]
    assert np.array_equal(codes, np.concatenate([code for code, _ in single]))
    assert np.array_equal(valid, np.concatenate([valid for _, valid in single]))


def test_fine_cylinders_of_many_prints_equal_those_one_by_one() -> None:
    """Nor do fine cylinders."""
    xy, direction, offsets = _joined(_prints())
    cylinders, valid = np.ones((43, 32), np.uint64), np.ones(43, np.bool_)
    fill_prints(xy, direction, offsets, MATCHING, cylinders, valid)
    single = [fine_cylinders(one) for one in _prints()]
    assert np.array_equal(cylinders, np.concatenate([cylinder for cylinder, _ in single]))
    assert np.array_equal(valid, np.concatenate([valid for _, valid in single]))


def test_features_are_the_rows_where_both_cylinders_are_valid() -> None:
    """`describe` keeps the rows of `fine_cylinders` and `index_codes` unchanged."""
    minutiae = _prints()[3]
    (cylinders, fine), (codes, coarse) = fine_cylinders(minutiae), index_codes(minutiae)
    features = describe(minutiae)
    assert features.minutia.tolist() == np.flatnonzero(fine & coarse).tolist()
    assert np.array_equal(features.cylinders, cylinders[features.minutia])
    assert np.array_equal(features.codes, codes[features.minutia])


def test_threads_fill_parts_of_one_array() -> None:
    """Threads share the work by writing into slices of the outputs."""
    prints = _prints()
    xy, direction, offsets = _joined(prints)
    codes, valid = np.zeros((43, 32), np.uint8), np.zeros(43, np.bool_)

    def fill(p: int) -> None:
        part, own = slice(offsets[p], offsets[p + 1]), np.array([0, len(prints[p])])
        index_codes_many(xy[part], direction[part], own, codes[part], valid[part])

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(fill, range(4)))
    assert np.array_equal(codes, np.concatenate([index_codes(one)[0] for one in prints]))


def test_arrays_that_cannot_be_written_can_be_described() -> None:
    """Minutiae may lie in a file that is mapped for reading."""
    xy, direction, offsets = _joined(_prints())
    for array in (xy, direction, offsets):
        array.flags.writeable = False
    codes, valid = np.zeros((43, 32), np.uint8), np.zeros(43, np.bool_)
    index_codes_many(xy, direction, offsets, codes, valid)
    assert valid.any()


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_minutia_that_is_nowhere_is_refused(value: float) -> None:
    """The kernels read tables at places that they work out from these numbers."""
    minutiae = _prints()[0]
    minutiae.direction[3] = value
    with pytest.raises(BadInput, match="finite"):
        describe(minutiae)


@pytest.mark.parametrize(
    "offsets", [[], [0], [0, 44], [1, 43], [0, 30, 20, 43], [0, 43, 43 + 256, 43]]
)
def test_offsets_that_do_not_fit_are_refused(offsets: list[int]) -> None:
    """Offsets bound what the kernels read and write."""
    xy, direction, _ = _joined(_prints())
    codes, valid = np.zeros((43, 32), np.uint8), np.zeros(43, np.bool_)
    with pytest.raises(BadInput):
        index_codes_many(xy, direction, np.array(offsets, np.int64), codes, valid)


def test_a_print_of_too_many_minutiae_is_refused() -> None:
    """Working memory holds the largest print that a template can have."""
    places = np.zeros((256, 2), np.float32)
    many = Minutiae(places, places[:, 0], *2 * [np.ones(256, np.uint8)])
    with pytest.raises(BadInput, match="256"):
        describe(many)


def test_outputs_of_another_size_are_refused() -> None:
    """A row has as many bytes as a code."""
    xy, direction, offsets = _joined(_prints())
    with pytest.raises(BadInput, match="words"):
        index_codes_many(
            xy, direction, offsets, np.zeros((43, 16), np.uint8), np.zeros(43, np.bool_)
        )
