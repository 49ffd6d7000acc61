"""The commands for the audit chain, as they are typed."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from audit_support import act
from engine.cli import make_app
from engine.errors import BadInput, Forbidden, NotFound, StorageError
from engine.gallery.catalogue import open_catalogue
from engine.settings import Settings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A catalogue of six rows."""
    catalogue = open_catalogue(Settings(data_dir=tmp_path / "data", database_url=None))
    act(catalogue, 3)
    catalogue.close()
    return tmp_path / "data"


def typed(folder: Path, *words: str) -> Result:
    """What a command answers; an error of ours is raised."""
    result = CliRunner().invoke(make_app(), ["audit", *words, "--data-dir", str(folder)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def tamper(folder: Path, statement: str) -> None:
    """Go at the file of the database."""
    connection = sqlite3.connect(folder / "catalogue.sqlite")
    with connection:
        connection.execute(statement)
    connection.close()


def test_a_whole_chain_is_said_to_be_whole(folder: Path) -> None:
    """Status 0; without a checkpoint it is said what that leaves open."""
    first = typed(folder, "verify")
    assert first.exit_code == 0
    assert "6 rows agree" in first.output
    assert "whether the end was cut off cannot be told" in first.output
    assert "row 6" in typed(folder, "checkpoint").output
    assert "nothing happened" in typed(folder, "checkpoint").output
    assert "1 signed checkpoints cover the first 6" in typed(folder, "verify").output


def test_a_break_is_named_for_people_and_programs(folder: Path) -> None:
    """Status 1, the row and the kind."""
    typed(folder, "checkpoint")
    tamper(folder, "DELETE FROM audit WHERE number = 4")
    result = typed(folder, "verify")
    assert result.exit_code == 1
    assert "broken at row 4 (deleted): row 4 is missing" in result.output
    told = json.loads(typed(folder, "verify", "--json").output)
    assert (told["sound"], told["rows"]) == (False, 3)
    assert told["broken"] == {"row": 4, "kind": "deleted", "words": "row 4 is missing"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET purpose = CAST(x'ff41' AS TEXT) WHERE number = 4",
        "UPDATE audit SET actor = x'00ff' WHERE number = 4",
        "UPDATE audit SET at = 7 WHERE number = 4",
        "UPDATE audit SET form = 'x' WHERE number = 4",
        "UPDATE audit SET detail = '[[[' WHERE number = 4",
        "UPDATE audit SET number = 'four' WHERE number = 4",
        "UPDATE audit_person SET owner = x'ff' WHERE number = 4",
    ],
)
def test_whatever_a_damaged_file_holds_is_named(folder: Path, statement: str) -> None:
    """Bytes that are no text, numbers in their place: row 4 is told, nothing fails."""
    tamper(folder, statement)
    told = json.loads(typed(folder, "verify", "--json").output)
    assert told["broken"]["row"] == 4


def test_show_and_accesses(folder: Path) -> None:
    """As a table and as JSON; what is shown was an act and stands there next time."""
    assert "actor-2@fr" in typed(folder, "show", "--limit", "2").output
    rows = [json.loads(line) for line in typed(folder, "show", "--json").output.splitlines()]
    assert [row["number"] for row in rows] == [7, 6, 5, 4, 3, 2, 1]
    assert rows[0]["action"] == "list.audit"
    lines = typed(folder, "accesses", "P1", "--ncb", "FR", "--json").output.splitlines()
    assert [json.loads(line)["action"] for line in lines] == ["read.person", "person.add"]
    with pytest.raises(Forbidden):
        typed(folder, "accesses", "P1", "--ncb", "DE")


def test_times_are_read(folder: Path) -> None:
    """A day alone is all of it; nonsense is told."""
    assert "P2" in typed(folder, "show", "--since", "2020-01-01").output
    assert "P2" not in typed(folder, "show", "--until", "2020-01-01").output
    with pytest.raises(BadInput, match="is no time"):
        typed(folder, "show", "--since", "yesterday")


def test_the_public_key_is_given_out(folder: Path, tmp_path: Path) -> None:
    """With it and the file a third party verifies; neither is found where there is none."""
    out, copy = tmp_path / "key.pub", tmp_path / "copy.jsonl"
    assert "BEGIN PUBLIC KEY" in typed(folder, "key").output
    typed(folder, "key", "--out", str(out))
    typed(folder, "checkpoint")
    copy.write_bytes((folder / "audit-checkpoints.jsonl").read_bytes())
    words = ("verify", "--checkpoints", str(copy), "--public-key", str(out))
    assert typed(folder, *words).exit_code == 0
    copy.unlink()
    with pytest.raises(StorageError, match=r"copy\.jsonl: there is no such file"):
        typed(folder, *words)
    with pytest.raises(NotFound, match="no catalogue here"):
        typed(tmp_path / "none", "verify")
