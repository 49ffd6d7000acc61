"""What a rule says without people."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.calibration.model import Calibration
from engine.errors import BadRequest
from engine.lights_out import Facts, LightsOut, Outcome, decide

CALIBRATION = Calibration(
    extractor="test-1",
    scores=np.array([0.0, 1.0]),
    log10_fmr=np.array([0.0, -10.0]),
    log10_lr=np.array([-3.0, 7.0]),
    fnmr=np.array([0.0, 1.0]),
    measured_to=0.5,
    fitted_on={},
)
"""The false match rate falls by ten each 0.1 of score: 1e-6 is at 0.6, 1e-4 at 0.4."""

SURE = Facts(scores=(0.65, 0.1), calibrated=True, whole=True, probes=1, minutiae=40)


def outcome(facts: Facts, calibration: Calibration | None = CALIBRATION) -> Outcome:
    """What the rule says at one in a million."""
    return decide(LightsOut(1e-6), facts, calibration).outcome


def test_one_person_alone_is_a_hit() -> None:
    """At the stated rate, with the rule and its numbers in the answer."""
    said = decide(LightsOut(1e-6), SURE, CALIBRATION)
    assert said.outcome is Outcome.HIT
    assert (said.hit_score, said.doubt_score) == (pytest.approx(0.6), pytest.approx(0.4))
    assert "0.600" in said.rule


@pytest.mark.parametrize(
    "doubt",
    [
        {"scores": (0.59, 0.1)},
        {"scores": (0.41, 0.1)},
        {"scores": (0.65, 0.45)},
        {"whole": False},
        {"calibrated": False},
        {"scores": (0.65, 0.1), "probes": 10},
        {"scores": (0.2,), "minutiae": 12},
    ],
)
def test_whatever_is_doubtful_is_for_people(doubt: dict[str, object]) -> None:
    """A score between the limits, a second person, a missing shard, too little of a finger."""
    assert outcome(replace(SURE, **doubt)) is Outcome.UNDECIDED  # type: ignore[arg-type]


def test_without_a_calibration_people_decide() -> None:
    """Nothing states a rate then; nor does a table that ends before it."""
    assert outcome(SURE, None) is Outcome.UNDECIDED
    short = replace(CALIBRATION, log10_fmr=np.array([0.0, -3.0]))
    assert outcome(SURE, short) is Outcome.UNDECIDED


def test_nobody_like_it_is_no_hit() -> None:
    """If the probe shows enough to rule people out."""
    assert outcome(replace(SURE, scores=(0.3, 0.2))) is Outcome.NO_HIT
    assert outcome(replace(SURE, scores=())) is Outcome.NO_HIT


@pytest.mark.parametrize("fmr", [0, 1e-12, 0.5])
def test_a_rate_has_limits(fmr: float) -> None:
    """Beyond them it means nothing."""
    with pytest.raises(BadRequest, match="fmr"):
        LightsOut(fmr)
