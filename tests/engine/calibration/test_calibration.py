"""What a score is worth, which threshold to take, how fingers add up."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest

from engine.calibration.fusion import fuse
from engine.calibration.model import Calibration
from engine.calibration.store import (
    calibrate,
    calibration_for,
    load_calibrations,
    matching_digest,
    save_calibrations,
)
from engine.calibration.threshold import threshold_for
from engine.calibration.words import chance
from engine.errors import BadInput, BadRequest


@pytest.fixture
def plain() -> Calibration:
    """FMR falls by a power of ten each 0.1, the ratio rises likewise from 10^-2."""
    scores = np.linspace(0, 1, 11)
    return Calibration(
        extractor="test-1",
        scores=scores,
        log10_fmr=-10 * scores,
        log10_lr=10 * scores - 2,
        fnmr=scores / 2,
        measured_to=0.4,
        fitted_on={"dataset": "none"},
    )


def test_between_the_entries_logarithms_are_interpolated(plain: Calibration) -> None:
    """A score of 0.25 is worth 10^-2.5."""
    worth = plain.of(0.25)
    assert worth.fmr_decibels == pytest.approx(25)
    assert worth.log10_lr == pytest.approx(0.5)
    assert worth.fmr == pytest.approx(10**-2.5)


def test_beyond_the_measured_it_says_so(plain: Calibration) -> None:
    """Only scores above the last that was measured are extrapolated."""
    assert not plain.of(0.4).extrapolated
    assert plain.of(0.41).extrapolated


def test_threshold_keeps_the_share_of_false_alarms(plain: Calibration) -> None:
    """FPIR of the threshold is the one asked for, by 1 - (1 - FMR)^N."""
    found = threshold_for(plain, fpir=0.1, gallery=1000)
    assert 1 - (1 - found.fmr) ** 1000 == pytest.approx(0.1)
    assert plain.of(found.score).fmr == pytest.approx(found.fmr)
    assert found.fnmr == pytest.approx(found.score / 2)


@pytest.mark.parametrize(("fpir", "gallery"), [(0, 10), (1, 10), (0.1, 0), (1e-6, 10**8)])
def test_impossible_thresholds_are_refused(plain: Calibration, fpir: float, gallery: int) -> None:
    """Rates out of range, and such as no single finger reaches, are told."""
    with pytest.raises(BadRequest):
        threshold_for(plain, fpir, gallery)


def test_fingers_add_up(plain: Calibration) -> None:
    """Log ratios are summed; a finger that was not compared says nothing."""
    scores = np.array([[0.3, 0.3], [0.5, math.nan]])
    np.testing.assert_allclose(fuse(plain, scores), [1 + 3, 1])


def test_a_file_comes_back_as_it_was(plain: Calibration, tmp_path: Path) -> None:
    """Written and read, tables are equal to the digits kept."""
    path = tmp_path / "calibration.json"
    save_calibrations(path, [plain])
    found = calibration_for("test-1", path)
    assert found is not None
    np.testing.assert_allclose(found.log10_fmr, plain.log10_fmr)
    assert found.fitted_on == plain.fitted_on


def test_another_matcher_makes_it_void(plain: Calibration, tmp_path: Path) -> None:
    """A calibration fitted with other numbers of the matcher is not used."""
    path = tmp_path / "calibration.json"
    save_calibrations(path, [plain])
    text = path.read_text().replace(matching_digest(), "0" * 16)
    assert load_calibrations(text, "old") == []


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("scores", [0, 0.5, 0.4, 1], "length"),
        ("log10_fmr", [0.0] * 10 + [1.0], "fall"),
        ("log10_lr", [1.0] + [0.0] * 10, "rise"),
        ("measured_to", 7, "less than or equal"),
        ("extractor", None, "string"),
    ],
)
def test_a_damaged_file_is_refused(
    plain: Calibration, tmp_path: Path, field: str, value: object, why: str
) -> None:
    """The error names the file and what is wrong."""
    path = tmp_path / "calibration.json"
    save_calibrations(path, [plain])
    content = json.loads(path.read_text())
    content["entries"][0][field] = value
    with pytest.raises(BadInput, match=f"bad.json.*{why}"):
        load_calibrations(json.dumps(content), "bad.json")


def test_unlike_extractors_have_no_calibration() -> None:
    """Scores of templates of two extractors, or of an unknown one, are not calibrated."""
    assert calibrate(0.5, ("leader-2", "classical-1")) is None
    assert calibrate(0.5, ("unknown", "unknown")) is None


def test_the_shipped_file_fits_the_present_matcher() -> None:
    """Both extractors have a calibration that was fitted with these numbers."""
    for name in ("leader-2", "classical-1"):
        found = calibration_for(name)
        assert found is not None, f"{name}: fit again, python -m benchmarks calibrate"
        assert 0.1 < found.measured_to < 0.4


@pytest.mark.parametrize(
    ("fmr", "words"),
    [(0.9, "1 in 2 or more"), (0.02, "1 in 50"), (2e-4, "1 in 5,000"), (1e-9, "1 in 10^9")],
)
def test_rates_in_words(fmr: float, words: str) -> None:
    """People read chances."""
    assert chance(fmr) == words
