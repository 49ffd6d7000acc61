"""The cost of the audit chain, measured on small numbers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.cli import main


@pytest.mark.parametrize("processes", ["1", "2"])
def test_all_acts_are_counted_and_the_chain_is_whole(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], processes: str
) -> None:
    """On each database; what was measured is stored as well."""
    options = ["--clients", "3", "--acts", "2", "--processes", processes]
    assert main(["audit", *options, "--results", str(tmp_path)]) == 0
    facts = json.loads(capfd.readouterr().out)
    assert facts == json.loads((tmp_path / "audit.json").read_text())
    for name, level in (("sqlite", "synchronous=FULL"), ("postgresql", "fsync=on")):
        assert facts[name]["durability"].startswith(level)
        assert facts[name]["at_once"]["with_row"]["acts"] == 6
        assert facts[name]["rows_that_follow"] == 20 + 6 + 1 + 6 + int(processes)
    assert list(tmp_path.iterdir()) == [tmp_path / "audit.json"]


def test_no_clients_are_wrong_input(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Status 2 and a message."""
    assert main(["audit", "--clients", "0", "--results", str(tmp_path)]) == 2
    assert "must be 1 or more" in capfd.readouterr().err
