"""The fit of a calibration, on scores whose law is known."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.calibration.fit import Scores, fit_calibration
from benchmarks.calibration.tail import fit_tail
from benchmarks.protocols.calibration import cllr
from benchmarks.protocols.gathering import Gathered
from engine.calibration.model import Calibration
from engine.errors import BadInput

RANDOM = np.random.default_rng(5)
IMPOSTOR = np.clip(0.1 + RANDOM.exponential(0.02, 200_000), 0, 1)
GENUINE = np.clip(RANDOM.normal(0.4, 0.1, 2_000), 0, 1)
NONE = np.zeros(0)


@pytest.fixture(scope="module")
def fitted() -> Calibration:
    return fit_calibration("test-1", Scores(GENUINE, IMPOSTOR, NONE), {})


def test_the_rate_is_the_share_of_impostors_above(fitted: Calibration) -> None:
    """Where enough impostors were seen, the false match rate is what was seen."""
    for score in (0.12, 0.15, 0.2):
        assert fitted.of(score).fmr == pytest.approx((score <= IMPOSTOR).mean(), rel=0.05)


def test_the_tail_goes_on_as_the_law_does(fitted: Calibration) -> None:
    """Two decades beyond the data the exponential law is met within half a decade."""
    truth = -(0.38 - 0.1) / 0.02 / np.log(10)
    assert fitted.of(0.38).extrapolated
    assert -fitted.of(0.38).fmr_decibels / 10 == pytest.approx(truth, abs=0.5)


def test_ratios_are_near_those_of_the_densities(fitted: Calibration) -> None:
    """The log ratio is that of the two laws, within a third of a decade."""
    score = np.array([0.18, 0.22, 0.3])
    genuine = np.exp(-((score - 0.4) ** 2) / 0.02) / (0.1 * np.sqrt(2 * np.pi))
    impostor = np.exp(-(score - 0.1) / 0.02) / 0.02
    truth = np.log10(genuine / impostor)
    np.testing.assert_allclose(fitted.log10_lrs(score), truth, atol=0.35)


def test_a_harder_background_raises_the_rate() -> None:
    """The larger of the two false match rates counts."""
    harder = Scores(GENUINE, IMPOSTOR, IMPOSTOR + 0.05)
    both = fit_calibration("test-1", harder, {})
    assert both.of(0.2).fmr == pytest.approx((IMPOSTOR + 0.05 >= 0.2).mean(), rel=0.05)


def test_a_tail_that_ends_is_not_believed() -> None:
    """Scores with a hard limit get an exponential tail, not a rate of nothing."""
    tail = fit_tail(RANDOM.uniform(0, 0.2, 10_000), 0.19)
    assert tail.shape == 0
    assert np.isfinite(tail.log10_fmr(np.array([0.5])))


def test_too_few_comparisons_are_refused() -> None:
    """No calibration is made of a handful of scores."""
    with pytest.raises(BadInput, match="20 genuine"):
        fit_calibration("test-1", Scores(GENUINE[:20], IMPOSTOR, NONE), {})


def test_leaving_out_takes_both_sides() -> None:
    """A comparison belongs to a group if either print does."""
    groups = np.array([[0, 0], [0, 1], [1, 1]])
    gathered = Gathered(np.array([0.1, 0.2, 0.3]), np.array([True, False, True]), groups)
    touches = (gathered.groups == 1).any(axis=1)
    assert gathered.where(~touches).scores.tolist() == [0.1]


def test_saying_nothing_costs_one_bit() -> None:
    """Cllr is 1 for ratios of 1, and near 0 for large true ones."""
    mated = np.array([True, False])
    assert cllr(np.zeros(2), mated) == pytest.approx(1)
    assert cllr(np.array([6.0, -6.0]), mated) == pytest.approx(0, abs=1e-5)
