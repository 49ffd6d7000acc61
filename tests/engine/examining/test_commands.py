"""The commands about cases and hits, as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engine.cli import make_app
from engine.errors import BadInput, BadRequest, Forbidden, NotFound
from engine.gallery.gallery import Gallery
from examination_support import ASKING_FIRST, ASKING_SECOND, EXCLUSION, candidate, confirmed, give

PAIRS = [
    {
        "probe": {"x": 1, "y": 2, "direction": 0.5},
        "candidate": {"x": 3.5, "y": 4, "direction": 0.25},
    }
]


def whorl(gallery: Gallery, *arguments: str) -> str:
    """Output of a command on this gallery that succeeds."""
    data_dir = ["--data-dir", str(gallery.folder.parent)]
    result = CliRunner().invoke(make_app(), [*arguments, *data_dir])
    if result.exception is not None:
        raise result.exception
    return result.output


@pytest.fixture
def case(embedded: Gallery, tmp_path: Path) -> str:
    """Id of a case that was opened by the command."""
    about = candidate(embedded)
    probe = tmp_path / "probe.png"
    probe.write_bytes(b"a picture")
    said = ["--search", "S-1", "--score", "0.5", "--probe", str(probe), "--case", "case-1"]
    order = ["case", "open", "P", str(about.print_id), "--ncb", "FR", *said, "--transaction", "T"]
    output = whorl(embedded, *order)
    assert "is awaiting_first" in output
    assert whorl(embedded, *order) == output
    return output.split()[0]


def marks(tmp_path: Path, said: object = PAIRS) -> list[str]:
    """The option that names a file with marked minutiae."""
    path = tmp_path / "pairs.json"
    path.write_text(json.dumps(said))
    return ["--pairs", str(path)]


@pytest.mark.parametrize(
    "command",
    [
        "case open", "case decide", "case list", "case show", "hit list", "hit show", "hit step",
        "hit count",
    ],
)  # fmt: skip
def test_every_command_explains_itself(command: str) -> None:
    """In a help text of its own."""
    result = CliRunner().invoke(make_app(), [*command.split(), "--help"])
    assert result.exit_code == 0
    assert "--data-dir" in result.output


def test_a_case_is_decided_and_shown(embedded: Gallery, tmp_path: Path, case: str) -> None:
    """The user of the machine is one examiner, somebody else the other."""
    decide = ["case", "decide", case, "--ncb", "FR", "--reason", "Invented."]
    identify = [*decide, "--verdict", "identification", *marks(tmp_path)]
    assert "is awaiting_second" in whorl(embedded, *identify)
    with pytest.raises(Forbidden, match="nobody decides twice"):
        whorl(embedded, *identify)
    give(embedded, case, ASKING_FIRST)
    shown = json.loads(whorl(embedded, "case", "show", case, "--ncb", "FR"))
    assert shown["case"]["status"] == "confirmed"
    assert shown["case"]["decisions"][0]["verdict"]["pairs"] == PAIRS
    assert shown["candidate"]["search"] == "transaction:S-1"
    assert shown["hit"] in whorl(embedded, "hit", "list", "--ncb", "DE").replace("\n", "")
    corrected = [*decide, "--verdict", "exclusion", "--corrects", "1"]
    assert "is in_conflict" in whorl(embedded, *corrected)


def test_the_second_is_shown_nothing(embedded: Gallery, case: str) -> None:
    """No verdict, no reason, no name."""
    give(embedded, case, ASKING_SECOND)
    output = whorl(embedded, "case", "show", case, "--ncb", "FR")
    assert json.loads(output)["case"]["decisions"] == []
    assert "second" not in output.replace("awaiting_second", "")


def test_cases_are_listed(embedded: Gallery, case: str) -> None:
    """Those of the bureau, those that wait, and those of a status."""
    assert "1 of 1" in whorl(embedded, "case", "list", "--ncb", "fr", "--waiting")
    assert "0 of 0" in whorl(embedded, "case", "list", "--ncb", "DE")
    assert "1 of 1" in whorl(embedded, "case", "list", "--ncb", "FR", "--status", "awaiting-first")
    give(embedded, case, ASKING_FIRST, EXCLUSION)
    assert "0 of 0" in whorl(embedded, "case", "list", "--ncb", "FR", "--waiting")


def test_a_hit_is_shown_and_confirmed(embedded: Gallery) -> None:
    """To its owner without the search and the examiners."""
    hit = confirmed(embedded).hit_id or ""
    shown = json.loads(whorl(embedded, "hit", "show", hit, "--ncb", "DE"))
    assert (shown["status"], "search" in shown) == ("open", False)
    assert "@fr" not in json.dumps(shown)
    assert "search" in json.loads(whorl(embedded, "hit", "show", hit, "--ncb", "FR"))
    assert "is confirmed" in whorl(embedded, "hit", "step", "confirm", hit, "--ncb", "DE")
    assert "0 of 0" in whorl(embedded, "hit", "list", "--ncb", "DE", "--status", "open")
    assert "Europe" in whorl(embedded, "hit", "count", "--ncb", "IPSG")
    with pytest.raises(NotFound):
        whorl(embedded, "hit", "show", hit, "--ncb", "JP")


def test_mistakes_are_named(embedded: Gallery, tmp_path: Path, case: str) -> None:
    """Unknown words, files that are none or hold something else."""
    for group in ("case", "hit"):
        with pytest.raises(BadInput, match="unknown status 'new'"):
            whorl(embedded, group, "list", "--ncb", "FR", "--status", "new")
    with pytest.raises(BadRequest, match="unknown NCB"):
        whorl(embedded, "case", "list", "--ncb", "XX")
    decide = ["case", "decide", case, "--ncb", "FR", "--verdict", "exclusion", "--reason", "R"]
    mark = {"x": 1, "y": 2, "direction": 0}
    for said, fault in (
        ({}, "is no list"),
        ([PAIRS[0]] * 256, "is no list"),
        ([{"probe": {}}], "0: give probe and candidate"),
        ([{"probe": mark, "candidate": {**mark, "x": "1"}}], "0: a minutia has the numbers"),
        ([{"probe": mark, "candidate": [1, 2, 3]}], "0: a minutia has the numbers"),
    ):
        with pytest.raises(BadInput, match=fault):
            whorl(embedded, *decide, *marks(tmp_path, said))
    with pytest.raises(BadInput, match="No such file"):
        whorl(embedded, *decide, "--pairs", str(tmp_path / "none.json"))
    (tmp_path / "deep.json").write_text("[" * 200_000)
    with pytest.raises(BadInput, match="is no JSON"):
        whorl(embedded, *decide, "--pairs", str(tmp_path / "deep.json"))
