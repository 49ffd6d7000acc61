"""The lean graph computes what the original network computes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.extractor.leader.decode import decode
from engine.extractor.leader.network import INPUT
from engine.extractor.leader.session import open_session
from engine.records import Float32Array, UInt8Array

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
def maps(tmp_path_factory: pytest.TempPathFactory) -> Float32Array:
    session = open_session(tmp_path_factory.mktemp("cache"), threads=1)
    batch = ridges_of_integers()[None, None].astype(np.float32)
    return session.run(None, {INPUT: batch})[0][0]


def test_equals_the_original_at_chosen_pixels(maps: Float32Array) -> None:
    """Probability, direction and type are pyfing's to 1e-4."""
    for (x, y), probability, direction, ending in ORIGINAL:
        found = maps[:, y, x]
        assert found[0] == pytest.approx(probability, abs=1e-4)
        assert np.arctan2(found[2], found[1]) == pytest.approx(direction, abs=1e-4)
        assert found[3] == pytest.approx(ending, abs=1e-4)


def test_equals_the_original_on_the_whole(maps: Float32Array) -> None:
    """Mean and spread of the maps are pyfing's."""
    assert maps[0].mean() == pytest.approx(0.033885, abs=1e-5)
    assert maps[0].std() == pytest.approx(0.078123, abs=1e-5)
    assert maps[3].mean() == pytest.approx(0.407908, abs=1e-5)


def test_finds_the_minutiae_of_the_original(maps: Float32Array) -> None:
    """Suppression leaves the same pixels with the same response, of those from 0.3."""
    minutiae = decode(maps, left=0, top=0, width=96, height=64)
    found = dict(zip(map(tuple, minutiae.xy.astype(int).tolist()), minutiae.quality, strict=True))
    assert {place: quality for place, quality in found.items() if quality >= 30} == ORIGINAL_PEAKS


def test_one_batch_equals_single_runs(tmp_path: Path) -> None:
    """The graph takes batches."""
    session = open_session(tmp_path, threads=1)
    one = ridges_of_integers()[None, None].astype(np.float32)
    both = session.run(None, {INPUT: np.concatenate([one, one[..., ::-1]])})[0]
    single = session.run(None, {INPUT: one[..., ::-1].copy()})[0]
    np.testing.assert_allclose(both[1:], single, atol=1e-4)
