"""The batch command, as it is typed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from engine.batch import running
from engine.batch.searching import BatchAnswer, search_together
from engine.cli import make_app
from engine.errors import BadInput, StorageError
from engine.gallery.gallery import Gallery
from support import make_template

PROBES = Path(__file__).parents[3] / "data" / "fixtures" / "probes"


@pytest.fixture
def folder(tmp_path: Path, embedded: Gallery, enrol_template) -> Path:  # type: ignore[no-untyped-def]
    """Three invented prints and a broken file, beside a gallery of three persons."""
    for number in range(3):
        enrol_template(embedded, f"P{number}", make_template(number))
    probes = tmp_path / "probes"
    probes.mkdir()
    for path in PROBES.glob("*.png"):
        shutil.copy(path, probes)
    (probes / "broken.png").write_bytes(b"\x89PNG but not really")
    return probes


def _batch(gallery: Gallery, source: Path, out: Path) -> str:
    """Run the command; returns what it says."""
    command = ["batch", str(source), "--out", str(out), "--data-dir", str(gallery.folder.parent)]
    result = CliRunner().invoke(make_app(), command)
    if result.exception is not None:
        raise result.exception
    return result.output


def test_a_folder_is_searched_into_a_file(embedded: Gallery, folder: Path, tmp_path: Path) -> None:
    """Each candidate has a row, and so has the file that is no image, with the reason."""
    said = _batch(embedded, folder, tmp_path / "out.parquet")
    assert "3 probes searched, 1 refused" in said
    assert "searches a second" in said
    rows = pq.read_table(tmp_path / "out.parquet").to_pylist()
    (refused,) = [row for row in rows if row["state"] == "refused"]
    assert refused["probe"].endswith("broken.png")
    assert "broken.png" in refused["reason"]
    searched = [row for row in rows if row["state"] == "searched"]
    assert len({row["probe"] for row in searched}) == 3
    assert all(row["searched"] == 3 for row in searched)


def test_a_batch_goes_on_where_it_stopped(
    embedded: Gallery, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What whole portions found is not searched again, and no probe is lost or doubled."""
    monkeypatch.setattr(running, "PORTION", 2)
    portions = []

    def stop(*arguments: object) -> list[BatchAnswer]:
        portions.append(arguments)
        if len(portions) == 2:
            raise StorageError("the disk is gone")
        return search_together(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(running, "search_together", stop)
    with pytest.raises(StorageError):
        _batch(embedded, folder, tmp_path / "out.parquet")
    assert "2 probes had been searched before" in _batch(embedded, folder, tmp_path / "out.parquet")
    probes = pq.read_table(tmp_path / "out.parquet").column("probe").to_pylist()
    assert len(set(probes)) == 4


def test_other_options_do_not_go_on(embedded: Gallery, folder: Path, tmp_path: Path) -> None:
    """A finished file is not overwritten."""
    _batch(embedded, folder, tmp_path / "out.parquet")
    with pytest.raises(BadInput, match="there already"):
        _batch(embedded, folder, tmp_path / "out.parquet")
