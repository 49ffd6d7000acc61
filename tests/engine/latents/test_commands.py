"""Commands about latents, and searches of all modes on the command line."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from typer.testing import CliRunner, Result

from engine.asker import Asker
from engine.cli import make_app
from engine.errors import BadRequest, WhorlError
from engine.gallery.gallery import open_gallery
from engine.gallery.latent_tables import latent
from engine.gallery.manifest import read_manifest
from engine.latents.reverse import search_all_new_prints
from engine.settings import Settings
from indexer.builder import build
from indexer.worker import watch
from latent_support import marks_of, part_of
from support import disturb, make_template


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of a small gallery, whose extractor is quick to make."""
    monkeypatch.setenv("WHORL_EXTRACTOR", "classical")
    return Settings(data_dir=tmp_path / "data", extractor="classical")


@pytest.fixture
def marks(tmp_path: Path) -> Path:
    """A file of marked minutiae, of the finger 3."""
    rows = [
        {"x": m.x, "y": m.y, "direction": m.direction, "quality": m.quality}
        for m in marks_of(part_of(3))
    ]
    path = tmp_path / "marks.json"
    path.write_text(json.dumps(rows))
    return path


def whorl(settings: Settings, *arguments: object) -> Result:
    """Run a command."""
    words = [*map(str, arguments), "--data-dir", str(settings.data_dir)]
    done = CliRunner(env={"COLUMNS": "200"}).invoke(make_app(), words)
    if isinstance(done.exception, WhorlError):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done


def add(settings: Settings, marks: Path, number: int = 1) -> None:
    """Record the latent FR-L-1, or another."""
    options = ("--ncb", "FR", "--case", "FR-case-1", "--id", f"FR-L-{number}")
    whorl(settings, "latent", "add", "--minutiae", marks, *options)


def test_a_latent_lives_by_commands(settings: Settings, marks: Path) -> None:
    """Added, listed, shown, solved."""
    add(settings, marks)
    assert "FR-case-1" in whorl(settings, "latent", "list", "--ncb", "FR").output
    assert "FR-case-1" not in whorl(settings, "latent", "list", "--ncb", "DE").output
    assert "examiner-1" in whorl(settings, "latent", "show", "FR-L-1", "--ncb", "DE").output
    end = ("--ncb", "FR", "--reason", "Invented.")
    assert "is solved" in whorl(settings, "latent", "solve", "FR-L-1", *end).output
    with pytest.raises(WhorlError, match="is solved already"):
        whorl(settings, "latent", "withdraw", "FR-L-1", *end)
    assert (
        "0 latents erased" in whorl(settings, "latent", "expired", "--ncb", "FR", "--purge").output
    )


def test_a_latent_is_searched_by_commands(
    settings: Settings, marks: Path, enrol_template: Any
) -> None:
    """By a file of minutiae against persons, and by its id against latents."""
    gallery = open_gallery(settings)
    enrol_template(gallery, "P3", make_template(3))
    add(settings, marks)
    add(settings, marks, 2)
    found = whorl(settings, "search", "--mode", "LT-TP", "--minutiae", marks, "--json")
    answer = json.loads(found.output)
    assert answer["candidates"][0]["person"]["id"] == "P3"
    by_id = ("--mode", "LT-LT", "--latent", "FR-L-1", "--ncb", "FR")
    answer = json.loads(whorl(settings, "search", *by_id, "--json").output)
    assert [one["id"] for one in answer["latents"]] == ["FR-L-2"]
    assert "FR-L-2" in whorl(settings, "search", *by_id).output


def test_a_search_names_one_probe(settings: Settings, marks: Path) -> None:
    """Nothing, two of them, and minutiae of a print are refused."""
    add(settings, marks)
    for wrong in (
        (),
        ("--mode", "LT-TP", "--minutiae", marks, "--latent", "FR-L-1"),
        ("--minutiae", marks),
    ):
        with pytest.raises(BadRequest):
            whorl(settings, "search", *wrong)


def test_the_indexer_raises_alerts(
    settings: Settings, marks: Path, enrol_template: Any, asker: Asker
) -> None:
    """Beside its segments, whoever has enrolled the print; the owner lists them."""
    add(settings, marks)
    gallery = open_gallery(settings)
    enrol_template(gallery, "DE-1", disturb(make_template(3), 4), ncb="DE")
    told: list[object] = []
    watch(gallery.catalogue, gallery.folder, _Once(), told.append)
    assert [getattr(one, "alerts", None) for one in told] == [None, 1]
    assert search_all_new_prints(gallery).prints == 0
    listed = whorl(settings, "latent", "alerts", "--ncb", "FR").output
    assert "DE-1" in listed
    assert "0 alerts" in whorl(settings, "latent", "alerts", "--ncb", "DE").output


def test_an_erased_latent_is_in_no_index_file(settings: Settings, marks: Path) -> None:
    """As soon as the command ends."""
    add(settings, marks)
    gallery = open_gallery(settings)
    build(gallery.catalogue, gallery.folder)
    assert read_manifest(gallery.folder, gallery.catalogue.signer()).segments
    with gallery.catalogue.changing() as change:
        change.connection.execute(update(latent).values(retention_until=datetime(2020, 1, 1)))
    said = whorl(settings, "latent", "expired", "--ncb", "FR", "--purge").output
    assert "1 latents erased" in said
    assert not read_manifest(gallery.folder, gallery.catalogue.signer()).segments


class _Once:
    """An event that is set from the first wait on, so that the indexer looks once."""

    def __init__(self) -> None:
        self._set = False

    def is_set(self) -> bool:
        """Whether the indexer was told to stop."""
        return self._set

    def wait(self, _: float) -> bool:
        """End the pause at once."""
        self._set = True
        return True
