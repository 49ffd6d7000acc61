"""The command line as programs call it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from benchmarks.cli import answer_only, main
from benchmarks.running import Job, run_jobs

WriteArchive = Callable[..., Path]

ENGINE = "given+whorl"

PROTOCOLS = ("verification", "cross", "identification", "index", "partials")


@dataclass(frozen=True)
class Ran:
    """A data set, the results on it, and the figures by protocol."""

    archive: Path
    results: Path
    facts: dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory, write_archive: WriteArchive) -> Ran:
    """All protocols on two sets of three fingers with two impressions."""
    folder = tmp_path_factory.mktemp("cli")
    archive, results = write_archive(folder / "made.npz", 2, 3, 2), folder / "results"
    facts = {}
    for protocol in PROTOCOLS:
        job = Job(protocol, (str(archive),), (ENGINE,), None, None, None, results)
        ((facts[protocol], _),) = run_jobs(job)
    return Ran(archive, results, facts)


def test_json_is_all_of_standard_output(ran: Ran, capfd: pytest.CaptureFixture[str]) -> None:
    """One object, nothing else; rates are fractions."""
    options = ["--dataset", str(ran.archive), "--engine", ENGINE, "--results", str(ran.results)]
    assert main(["run", "verification", *options, "--json"]) == 0
    out = capfd.readouterr().out
    assert out.count("\n") == 1
    found = json.loads(out)
    assert 0 <= found["eer"] <= 1
    assert found["genuine"] == ran.facts["verification"]["genuine"]


def test_keys_that_others_read(ran: Ran) -> None:
    """The agreed keys are there, and what is needed to repeat the run."""
    rates = {"eer", "fnmr_at_fmr_1e-2", "fnmr_at_fmr_1e-3", "fnmr_at_fmr_1e-4"}
    counts = {"dataset", "engine", "genuine", "impostor", "failures", "ci95"}
    origin = {"commit", "dataset_sha256", "parameters", "machine", "load_average"}
    assert rates | counts | origin <= set(ran.facts["verification"])
    assert {"probes", "gallery", "rank1", "rank10", "fnir_at_fpir_1e-2", "search_p50_ms"} <= set(
        ran.facts["identification"]
    )
    assert set(ran.facts["verification"]["ci95"]) == rates


def test_what_else_is_printed_goes_to_standard_error(capfd: pytest.CaptureFixture[str]) -> None:
    """Even output of C libraries cannot mix with the answer."""
    with answer_only() as out:
        os.write(1, b"from C")
        out.write("answer")
    captured = capfd.readouterr()
    assert captured.out == "answer"
    assert "from C" in captured.err


@pytest.mark.parametrize(
    "wrong",
    [
        ["run", "nonsense"],
        ["run", "verification", "--dataset", "nowhere"],
        ["report", "--results", "nowhere"],
    ],
)
def test_wrong_input_is_status_2(wrong: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    """A message on standard error, no traceback, nothing on standard output."""
    assert main(wrong) == 2
    captured = capfd.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("benchmarks: ")


def test_list_names_everything(ran: Ran, capfd: pytest.CaptureFixture[str]) -> None:
    """Protocols, engines, data sets, and what was run."""
    main(["list", "--results", str(ran.results)])
    out = capfd.readouterr().out
    for word in ("identification", "mindtct+bozorth3", "fvc2002", "verification made"):
        assert word in out


def test_report(ran: Ran, capfd: pytest.CaptureFixture[str]) -> None:
    """A page that needs no other file, and its tables as Markdown."""
    pytest.importorskip("matplotlib")
    assert main(["report", "--results", str(ran.results)]) == 0
    page, table = (Path(line).read_text() for line in capfd.readouterr().out.split())
    assert page.count("<svg") >= 7
    assert 'src="http' not in page
    assert "<link" not in page
    assert f"| {ENGINE} |" in table
