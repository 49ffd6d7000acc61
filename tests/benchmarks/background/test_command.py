"""`python -m benchmarks background`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.cli import main


def test_a_gallery_is_made(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The answer is one JSON object."""
    assert main(["background", "--count", "25", "--results", str(tmp_path)]) == 0
    facts = json.loads(capfd.readouterr().out)
    assert facts["prints"] == 25
    assert facts["minutiae"] > 25 * 20


@pytest.mark.parametrize(
    "wrong",
    [
        ["--count", "-1"],
        ["--seed", "-1"],
        ["--compare", "--count", "1"],
        ["--compare", "--dataset", "nowhere"],
    ],
)
def test_wrong_input_is_status_2(
    wrong: list[str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A message on standard error, nothing on standard output."""
    assert main(["background", *wrong, "--results", str(tmp_path)]) == 2
    captured = capfd.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("benchmarks: ")
