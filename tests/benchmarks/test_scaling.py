"""Growth, funnel and peers, among a thousand synthetic fingers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from benchmarks.cli import main
from benchmarks.running import Job, run_jobs
from engine.errors import BadInput

WriteArchive = Callable[..., Path]

SIZES = {"growth": (1000, 1200), "funnel": (1000,), "peers": (1000, 1200)}


@dataclass(frozen=True)
class Ran:
    """The data, the results, and the figures by protocol."""

    archive: Path
    results: Path
    facts: dict[str, dict[str, Any]]


def _job(archive: Path, results: Path, protocol: str, sizes: tuple[int, ...]) -> Job:
    return Job(protocol, (str(archive),), ("given+whorl",), None, None, None, results, sizes)


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory, write_archive: WriteArchive) -> Ran:
    """All three, on three fingers with three impressions."""
    folder = tmp_path_factory.mktemp("scaling")
    archive, results = write_archive(folder / "made.npz", 1, 3, 3), folder / "results"
    facts = {}
    for protocol, sizes in SIZES.items():
        ((facts[protocol], _),) = run_jobs(_job(archive, results, protocol, sizes))
    return Ran(archive, results, facts)


def test_growth(ran: Ran) -> None:
    """Every size has its times and rank 1; the fits are there for both kinds of search."""
    facts = ran.facts["growth"]
    assert [row["fingers"] for row in facts["sizes"]] == [1000, 1200]
    assert all(row["rank1_unknown"] == row["rank1_known"] == 1 for row in facts["sizes"])
    assert all(row["cpu_p50_ms_unknown"] > 0 for row in facts["sizes"])
    assert {"growth_p50_ms_unknown", "exponent_cpu_p50_ms_known"} <= set(facts)


def test_growth_needs_two_sizes(ran: Ran) -> None:
    """One point makes no line."""
    with pytest.raises(BadInput, match="two sizes"):
        list(run_jobs(_job(ran.archive, ran.results, "growth", (1000,))))


def test_one_gallery_a_run(ran: Ran) -> None:
    """What measures one gallery refuses two sizes instead of dropping one."""
    with pytest.raises(BadInput, match="2 sizes"):
        list(run_jobs(_job(ran.archive, ran.results, "funnel", (1000, 1200))))


def test_funnel(ran: Ran) -> None:
    """Each number has one value in use, with the same recall and time; small segments no cells."""
    rows = ran.facts["funnel"]["rows"]
    used = [row for row in rows if row["usual"]]
    assert [row["axis"] for row in used] == ["asking", "nearest", "overlaid", "shortlist"]
    assert len({(row["recall"], row["cpu_ms"]) for row in used}) == 1
    assert used[0]["recall"] == 1


def test_longer_shortlists_hold_no_less(ran: Ran) -> None:
    """Recall and time rise with the prints that are compared."""
    rows = [row for row in ran.facts["funnel"]["rows"] if row["axis"] == "shortlist"]
    for shorter, longer in pairwise(rows):
        assert longer["recall"] >= shorter["recall"]
        assert longer["cpu_ms"] > shorter["cpu_ms"]


def test_peers(ran: Ran) -> None:
    """Linear engines are measured in the smaller gallery and reckoned for the larger."""
    rows = {(row["engine"], row["fingers"]): row for row in ran.facts["peers"]["rows"]}
    exact = "whorl, all prints compared"
    assert rows["whorl", 1000]["rank1"] == rows[exact, 1000]["rank1"] == 1
    assert rows["whorl", 1200]["measured"]
    assert not rows[exact, 1200]["measured"]
    assert rows[exact, 1200]["cpu_ms"] == pytest.approx(1.2 * rows[exact, 1000]["cpu_ms"], abs=1)


def test_pictures(ran: Ran, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Two small pictures, the same whenever they are made of the same results."""
    pytest.importorskip("matplotlib")
    command = ["report", "--results", str(ran.results), "--pictures", str(tmp_path)]
    assert main(command) == 0
    before = [Path(line).read_bytes() for line in capfd.readouterr().out.split()]
    assert main(command) == 0
    assert [(tmp_path / name).read_bytes() for name in ("growth.png", "funnel.png")] == before
    assert all(len(one) < 60_000 for one in before)


def test_report(ran: Ran, capfd: pytest.CaptureFixture[str]) -> None:
    """The page has a section for each, and says what was not measured."""
    pytest.importorskip("matplotlib")
    assert main(["report", "--results", str(ran.results)]) == 0
    _, table = (Path(line).read_text() for line in capfd.readouterr().out.split())
    assert "## Growth" in table
    assert "## Funnel among 1,000 fingers" in table
    assert "in proportion to N, not measured" in table
