"""The command that tells thresholds, and what a search prints about its scores."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from engine.calibration.model import Calibrated
from engine.candidates import Candidate, FingerScore, SearchAnswer
from engine.cli import make_app
from engine.commands import _show
from engine.errors import BadRequest, MissingPart
from engine.fingers import Finger
from engine.persons import Person
from support import make_template


def run(*words: str) -> str:
    result = CliRunner().invoke(make_app(), ["calibrate", *words], catch_exceptions=True)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output


def test_a_threshold_for_people() -> None:
    """Score, chance and gallery stand in words."""
    text = run("--fpir", "0.01", "--gallery", "1000", "--extractor", "leader-2")
    assert "score at least" in text
    assert "1 % of searches" in text
    assert "70 fingers" in text


def test_a_threshold_for_programs() -> None:
    """A larger gallery asks for a higher score, and says when it is extrapolated."""
    small, large = (
        json.loads(run("--fpir", "0.01", "--gallery", size, "--extractor", "leader-2", "--json"))
        for size in ("10", "1000000")
    )
    assert small["score"] < large["score"]
    assert not small["extrapolated"]
    assert large["extrapolated"]


def test_unknown_extractors_and_rates_are_refused() -> None:
    """The error says what is missing, or out of range."""
    with pytest.raises(MissingPart, match="other-1"):
        run("--extractor", "other-1")
    with pytest.raises(BadRequest, match="between 0 and 1"):
        run("--fpir", "2", "--extractor", "leader-2")


def answer(calibrated: Calibrated | None) -> SearchAnswer:
    finger = FingerScore(1, Finger.RIGHT_INDEX, 0.4, calibrated, 60)
    one = Candidate(
        rank=1,
        score=0.4,
        calibrated=calibrated,
        gap_to_next=None,
        person=Person("P1", "FR"),
        region="Europe",
        fingers=(finger,),
        notices=(),
        pairs=(),
        transform=None,
    )
    return SearchAnswer((one,), make_template(1), 1, 1, ("europe-tp",), {}, {"compare": 1.0})


@pytest.mark.parametrize(
    ("calibrated", "words"),
    [
        (None, "unknown"),
        (Calibrated(30, 1.0, extrapolated=False), "1 in 1,000 "),
        (Calibrated(80, 6.0, extrapolated=True), "1 in 10^8*"),
    ],
)
def test_a_search_tells_what_scores_are_worth(
    capsys: pytest.CaptureFixture[str], calibrated: Calibrated | None, words: str
) -> None:
    """The chance stands beside the score; a star marks what was not measured, and is explained."""
    _show(answer(calibrated))
    text = capsys.readouterr().out
    assert words in text
    assert ("fitted tail" in text) == ("*" in words)
