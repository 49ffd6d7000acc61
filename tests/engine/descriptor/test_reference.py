"""Cylinders against the formulas of the paper, written plainly."""

from __future__ import annotations

import math
from dataclasses import replace

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.descriptor.cylinders import build_cylinders
from engine.descriptor.grid import grid_of
from engine.descriptor.parameters import INDEXING, MATCHING, CylinderParameters
from engine.records import Float64Array, Minutiae, UInt8Array

_Cylinder = tuple[NDArray[np.bool_], NDArray[np.bool_], bool]
_OTHER = replace(INDEXING, cells=10, sections=6, dropped_cells=())
_erf = np.vectorize(math.erf, otypes=[np.float64])


def _print(seed: int, count: int, size: float) -> Minutiae:
    """Minutiae anywhere in a square."""
    random = np.random.default_rng(seed)
    return Minutiae(
        random.uniform(0, size, (count, 2)).astype(np.float32),
        random.uniform(0, 2 * math.pi, count).astype(np.float32),
        np.ones(count, np.uint8),
        np.full(count, 50, np.uint8),
    )


def _fall(away2: Float64Array, p: CylinderParameters) -> Float64Array:
    """A Gaussian of the distance, cut off at three sigma."""
    density = np.exp(-away2 / (2 * p.sigma_space**2)) / (p.sigma_space * math.sqrt(2 * math.pi))
    return np.where(away2 <= 9 * p.sigma_space**2, density, 0)


def _share(apart: Float64Array, p: CylinderParameters) -> Float64Array:
    """A normal distribution's part within a section that lies `apart`."""
    wrapped = np.mod(apart + math.pi, 2 * math.pi) - math.pi
    half, scale = math.pi / p.sections, 1 / (p.sigma_direction * math.sqrt(2))
    share: Float64Array = (_erf((wrapped + half) * scale) - _erf((wrapped - half) * scale)) / 2
    return share


def _reference(minutiae: Minutiae, m: int, p: CylinderParameters) -> _Cylinder:
    """Bits and mask of one cylinder, section by section, and whether it is valid."""
    grid, points = grid_of(p), minutiae.xy * np.array([1, -1], np.float32)
    cos, sin = math.cos(minutiae.direction[m]), math.sin(minutiae.direction[m])
    places = points[m] + grid.cells @ np.array([[cos, sin], [-sin, cos]])
    hull = cv2.convexHull(points)
    near = np.array([cv2.pointPolygonTest(hull, xy, True) >= -p.hull_margin for xy in places])
    around = np.hypot(*(points - points[m]).T) <= grid.reach
    around[m] = False
    away2 = ((places[:, None] - points[around]) ** 2).sum(axis=2)
    turn = minutiae.direction[m] - minutiae.direction[around]
    sums = _share(grid.section_angles[:, None] - turn, p) @ _fall(away2, p).T
    valid = near.mean() >= p.min_valid_cells and around.sum() >= p.min_neighbours
    return ((sums > p.threshold) & near).ravel(), np.tile(near, p.sections), bool(valid)


def _unpack(words: NDArray[np.uint64], bits: int) -> UInt8Array:
    """The bits of a row of words, lowest first; those after the last are zero."""
    unpacked = np.unpackbits(np.ascontiguousarray(words).view(np.uint8), bitorder="little")
    assert not unpacked[bits:].any()
    return unpacked[:bits]


@pytest.mark.parametrize(
    "parameters", [MATCHING, INDEXING, _OTHER], ids=["fine", "coarse", "other"]
)
@pytest.mark.parametrize(("count", "size"), [(3, 60), (25, 150), (30, 300)])
def test_cylinders_are_those_of_the_paper(
    parameters: CylinderParameters, count: int, size: float
) -> None:
    """Masks and validity are equal, and at most one bit in ten thousand is off."""
    minutiae = _print(count, count, size)
    cylinders, bits, changed = build_cylinders(minutiae, parameters), grid_of(parameters).bits, 0
    for m in range(count):
        expected, mask, valid = _reference(minutiae, m, parameters)
        assert np.array_equal(_unpack(cylinders.masks[m], bits), mask)
        assert cylinders.valid[m] == valid
        changed += int((_unpack(cylinders.bits[m], bits) != expected).sum())
    assert changed <= 1e-4 * count * bits


def test_minutiae_on_a_line_have_cylinders_too() -> None:
    """A hull without area has valid cells along it, at most the margin away."""
    x = np.arange(0, 200, 20).astype(np.float32)
    places = np.stack([x, np.zeros_like(x)], axis=1)
    minutiae = Minutiae(places, np.zeros(10, np.float32), *2 * [np.ones(10, np.uint8)])
    grid = grid_of(MATCHING)
    mask = _unpack(build_cylinders(minutiae, MATCHING).masks[5], grid.bits)
    assert np.array_equal(mask[: len(grid.cells)], np.abs(grid.cells[:, 1]) <= 15)


def test_minutiae_in_next_to_one_place_do_no_harm() -> None:
    """Edges of the hull may be shorter than float32 can square."""
    places = np.array([[0, 0], [1e-30, 0], [0, 1e-30], [0, 0], [2e-30, 3e-30]], np.float32)
    minutiae = Minutiae(places, np.zeros(5, np.float32), *2 * [np.ones(5, np.uint8)])
    mask = _unpack(build_cylinders(minutiae, MATCHING).masks[0], grid_of(MATCHING).bits)
    assert mask.sum() == 5 * (np.hypot(*grid_of(MATCHING).cells.T) <= 15).sum()
