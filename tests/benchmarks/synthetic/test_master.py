"""A master finger can be made again, and its ridges have the distance that was asked for."""

import numpy as np
import pytest

from benchmarks.synthetic import Pattern, make_master
from benchmarks.synthetic.parameters import PERIOD_LIMITS


@pytest.fixture(scope="module")
def master():
    return make_master(3, Pattern.RIGHT_LOOP)


def test_same_seed_same_finger(master):
    """The same seed and class give the same relief, to the bit."""
    again = make_master(3, Pattern.RIGHT_LOOP)
    assert np.array_equal(master.relief, again.relief)
    assert np.array_equal(master.pores, again.pores)


def test_other_seed_other_finger(master):
    """Another seed gives a finger whose ridges lie elsewhere."""
    other = make_master(4, Pattern.RIGHT_LOOP)
    assert abs(np.corrcoef(master.relief.ravel(), other.relief.ravel())[0, 1]) < 0.1


def test_period_map_is_in_range(master):
    """Ridges are planned 7.5 to 12 pixels apart, and differ slowly."""
    assert master.period.min() >= PERIOD_LIMITS[0]
    assert master.period.max() <= PERIOD_LIMITS[1]
    assert np.abs(np.diff(master.period, axis=0)).max() < 0.1


def test_grown_ridges_have_the_planned_period(master):
    """The strongest wave in a patch of the relief is the one of the period map."""
    patch = slice(200, 328), slice(240, 368)
    power = np.abs(np.fft.rfft2(master.relief[patch] * np.outer(np.hanning(128), np.hanning(128))))
    frequency = np.hypot(np.fft.fftfreq(128)[:, None], np.fft.rfftfreq(128)[None, :])
    power[frequency < 0.05] = 0.0
    peak = power > 0.5 * power.max()
    measured = 1.0 / np.average(frequency[peak], weights=power[peak])
    assert measured == pytest.approx(master.period[patch].mean(), rel=0.12)


def test_relief_is_half_ridge_half_valley(master):
    """Within the skin, heights reach from -1 to 1 and ridges cover about half."""
    pad = master.relief[120:480, 80:340]
    assert pad.min() < -0.9
    assert pad.max() > 0.9
    assert (pad > 0).mean() == pytest.approx(0.5, abs=0.06)
