"""The commands that fill and tend the gallery, as they are typed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engine.cli import make_app
from engine.errors import BadInput, BadRequest, NotFound
from engine.gallery.gallery import Gallery
from engine.gallery.tables import audit
from indexer.builder import build, sole_writer
from support import make_template

NOTICES = [
    {"colour": "red", "entity_id": "2024/1", "ncb": "FR", "person": "P1", "name": "TESTOVA"},
    {"colour": "blue", "entity_id": "2024/2", "ncb": "FR", "person": "ghost"},
]


def _whorl(gallery: Gallery, *arguments: str) -> tuple[int, str]:
    """Exit status and output of a command on this gallery."""
    data_dir = ["--data-dir", str(gallery.folder.parent)]
    result = CliRunner().invoke(make_app(), [*arguments, *data_dir], catch_exceptions=True)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def test_every_command_explains_itself() -> None:
    """Each command and group has a help text of its own."""
    runner = CliRunner()
    for command in ("enrol", "search", "serve", "demo", "check", "upgrade"):
        result = runner.invoke(make_app(), [command, "--help"])
        assert result.exit_code == 0
        assert "--data" in result.output
    for group in ("index", "notice"):
        assert "COMMAND" in runner.invoke(make_app(), [group, "--help"]).output


def test_status_tells_each_shard(embedded: Gallery, enrol_template) -> None:
    """Numbers of prints in segments and from memory, for people and for programs."""
    enrol_template(embedded, "P1", make_template(1))
    build(embedded.catalogue, embedded.folder)
    enrol_template(embedded, "P2", make_template(2), ncb="BR")
    status, output = _whorl(embedded, "index", "status", "--json")
    assert status == 0
    shards = {row["shard"]: row for row in json.loads(output)["shards"]}
    assert (shards["europe-tp"]["prints"], shards["europe-tp"]["recent"]) == (1, 0)
    assert (shards["americas-tp"]["prints"], shards["americas-tp"]["recent"]) == (1, 1)
    assert "europe-tp" in _whorl(embedded, "index", "status")[1]


def test_check_finds_and_repairs(embedded: Gallery, enrol_template) -> None:
    """A deleted file is named with status 1; with --repair all agrees again."""
    enrol_template(embedded, "P1", make_template(1))
    build(embedded.catalogue, embedded.folder)
    assert _whorl(embedded, "check")[0] == 0
    path = next(embedded.folder.glob("*.faiss"))
    path.unlink()
    status, output = _whorl(embedded, "check")
    assert status == 1
    assert path.name in output.replace("\n", "")
    status, output = _whorl(embedded, "check", "--repair")
    assert status == 0
    assert "everything agrees" in output
    assert _whorl(embedded, "index", "status")[0] == 0


def test_rebuild_and_build_report(embedded: Gallery, enrol_template) -> None:
    """Both tell how many prints they indexed."""
    enrol_template(embedded, "P1", make_template(1))
    assert "1 prints added, 1 segments" in _whorl(embedded, "index", "build")[1]
    assert "1 prints indexed, 1 segments" in _whorl(embedded, "index", "rebuild")[1]


def test_notices_are_imported(embedded: Gallery, enrol_template, tmp_path: Path) -> None:
    """Good ones are recorded, one about nobody is named."""
    enrol_template(embedded, "P1", make_template(1))
    file = tmp_path / "notices.json"
    file.write_text(json.dumps(NOTICES))
    status, output = _whorl(embedded, "notice", "import", str(file))
    assert status == 1
    assert "1 notices recorded, 1 refused" in output
    assert "no person 'ghost'" in output


@pytest.mark.parametrize("content", ["{", '{"a": 1}', "[1]"])
def test_a_file_without_notices_is_named(embedded: Gallery, tmp_path: Path, content: str) -> None:
    """Broken JSON and other shapes are refused with the file's name."""
    file = tmp_path / "notices.json"
    file.write_text(content)
    with pytest.raises(BadInput, match=r"notices.json: "):
        _whorl(embedded, "notice", "import", str(file))


def test_enrol_needs_an_owner(embedded: Gallery, tmp_path: Path) -> None:
    """The message says which option is missing."""
    with pytest.raises(BadRequest, match="Give --ncb"):
        _whorl(embedded, "enrol", str(tmp_path))


def test_enrolling_beside_a_running_indexer_is_no_error(embedded: Gallery, tmp_path: Path) -> None:
    """The prints are stored; the process that holds the index will take them in."""
    (tmp_path / "table.csv").write_text("path,person,ncb\nmissing.png,P1,FR\n")
    with sole_writer(embedded.folder):
        _, output = _whorl(embedded, "enrol", str(tmp_path / "table.csv"))
    assert "the running indexer takes the new prints in" in output


def test_an_upgrade_of_a_current_catalogue_changes_nothing(embedded: Gallery) -> None:
    """The command can be run at any time."""
    assert "of this program's version" in _whorl(embedded, "upgrade")[1]


def test_an_error_is_one_line_and_no_traceback(tmp_path: Path) -> None:
    """What a person sees of a mistake: the file, the reason, status 1."""
    command = [str(Path(sys.executable).parent / "whorl")]
    result = subprocess.run(
        [*command, "enrol", str(tmp_path / "nothing"), "--data-dir", str(tmp_path / "data")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert "nothing: no such file or folder" in result.stderr.replace("\n", "")
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    "command", [["search", "x.png"], ["check"], ["index", "status"], ["index", "rebuild"]]
)
def test_a_gallery_that_is_not_there_is_no_empty_one(tmp_path: Path, command: list[str]) -> None:
    """A mistyped folder is told, not answered with nobody, and nothing is made in it."""
    (tmp_path / "x.png").write_bytes(b"")
    where = ["--data-dir", str(tmp_path / "typo")]
    command = [str(tmp_path / "x.png") if word == "x.png" else word for word in command]
    result = CliRunner().invoke(make_app(), [*command, *where])
    assert isinstance(result.exception, NotFound)
    assert "typo: no gallery here; enrol prints first" in str(result.exception)
    assert not (tmp_path / "typo").exists()


def test_a_rebuild_is_recorded(embedded: Gallery, enrol_template) -> None:
    """Who made the index anew stands in the audit chain."""
    enrol_template(embedded, "P1", make_template(1))
    _whorl(embedded, "index", "rebuild")
    with embedded.catalogue.reading() as connection:
        actions = connection.execute(audit.select().order_by(audit.c.number)).all()
    assert [(row.action, row.actor.split(":")[0]) for row in actions] == [
        ("enrol", "tester"),
        ("index.rebuild", "cli"),
    ]
