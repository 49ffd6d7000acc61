"""Our network computes what the original computes."""

from __future__ import annotations

import numpy as np
import pytest

from engine.extractor.leader.decode import find_peaks
from engine.extractor.leader.network import Found, LeaderNetwork
from engine.extractor.leader.parameters import HEAD_MARGIN
from engine.extractor.leader.weights import find_weights, read_weights
from engine.extractor.leader.window import Window
from engine.records import UInt8Array

ORIGINAL = [
    # (x, y): probability, direction, probability of an ending. Computed by pyfing 0.7.3 under
    # TensorFlow 2.21 on `ridges_of_integers`; the places are the maxima over 0.3 and two more.
    ((23, 16), 0.5879489, -2.9516277, 0.8520714),
    ((86, 19), 0.3637360, -2.3119414, 0.3261091),
    ((22, 54), 0.4935241, -3.1406782, 0.9060409),
    ((24, 20), 0.2840734, -2.9400766, 0.4269018),
    ((47, 31), 0.0078654, 0.8476269, 0.4966149),
]

ORIGINAL_PEAKS = {(23, 16): 56, (86, 19): 35, (22, 54): 47}
"""Its minutiae over 0.3, with 100 times their blurred probability."""


def ridges_of_integers() -> UInt8Array:
    """A (64, 96) pattern of bent, broken ridges that no rounding can change."""
    y, x = np.mgrid[:64, :96]
    ramp = abs((8 * y + x * x // 16) % 72 - 36) * 7
    broken = np.where((x // 24 + y // 20) % 3 == 0, 252 - ramp, ramp)
    return broken.astype(np.uint8)


@pytest.fixture(scope="module")
def network() -> LeaderNetwork:
    return LeaderNetwork(read_weights(find_weights()))


@pytest.fixture(scope="module")
def found(network: LeaderNetwork) -> Found:
    return network.search(ridges_of_integers(), everywhere())


def everywhere() -> UInt8Array:
    return np.ones((32, 48), np.uint8)


def test_equals_the_original_at_chosen_pixels(network: LeaderNetwork, found: Found) -> None:
    """Probability, direction and type are pyfing's, but for steps of 16 bits."""
    places = [place for place, *_ in ORIGINAL]
    x, y = np.array(places).T
    direction, ending = network.describe(found, x, y)
    angles = np.arctan2(direction[1], direction[0])
    assert found.probability[y, x] == pytest.approx([row[1] for row in ORIGINAL], abs=1e-3)
    assert angles == pytest.approx([row[2] for row in ORIGINAL], abs=5e-3)
    assert 1 / (1 + np.exp(-ending)) == pytest.approx([row[3] for row in ORIGINAL], abs=1e-3)


def test_equals_the_original_on_the_whole(found: Found) -> None:
    """Mean and spread of the probability are pyfing's."""
    assert found.probability.mean() == pytest.approx(0.033885, abs=1e-4)
    assert found.probability.std() == pytest.approx(0.078123, abs=1e-4)


def test_finds_the_minutiae_of_the_original(found: Found) -> None:
    """Suppression leaves the same pixels with the same response, of those from 0.3."""
    peaks = find_peaks(found.probability, Window(0, 0, 96, 64), (64, 96))
    response = np.rint(100 * peaks.response).astype(int).tolist()
    found_peaks = dict(zip(zip(peaks.x, peaks.y, strict=True), response, strict=True))
    assert {at: value for at, value in found_peaks.items() if value >= 30} == ORIGINAL_PEAKS


def test_nothing_is_found_far_from_ridges(network: LeaderNetwork) -> None:
    """Where the mask and its margin end the probability is zero."""
    ridges = everywhere()
    ridges[:, 20:] = 0
    probability = network.search(ridges_of_integers(), ridges).probability
    assert probability[:, : 2 * (20 + HEAD_MARGIN)].min() > 0
    assert probability[:, 2 * (20 + HEAD_MARGIN) :].max() < 1e-9


def test_a_print_leaves_no_traces(network: LeaderNetwork) -> None:
    """The memory that is used again holds nothing of the print before."""
    ridges = ridges_of_integers()
    once = network.search(ridges, everywhere()).probability
    network.search(255 - np.tile(ridges, (2, 2)), np.ones((64, 96), np.uint8))
    np.testing.assert_array_equal(network.search(ridges, everywhere()).probability, once)
