"""Results of a batch on disk."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from engine.batch.results import Results
from engine.errors import BadInput

TERMS = {"top": 10}


def _row(name: str) -> dict[str, object]:
    return {"probe": name, "state": "searched", "rank": 1, "score": 0.5, "notices": ["a", "b"]}


def test_portions_become_one_file(tmp_path: Path) -> None:
    """In their order, and nothing is left beside."""
    results = Results(tmp_path / "a.parquet", TERMS)
    results.add([_row("x"), _row("y")])
    results.add([_row("z")])
    assert results.finish() == 3
    table = pq.read_table(tmp_path / "a.parquet")
    assert table.column("probe").to_pylist() == ["x", "y", "z"]
    assert table.column("notices").to_pylist()[0] == ["a", "b"]
    assert [path.name for path in tmp_path.iterdir()] == ["a.parquet"]


def test_an_interrupted_batch_knows_what_is_done(tmp_path: Path) -> None:
    """Whole portions count; a file that was not finished does not."""
    Results(tmp_path / "a.parquet", TERMS).add([_row("x")])
    (tmp_path / "a.parquet.parts" / ".000001.parquet.77.part").write_bytes(b"half")
    again = Results(tmp_path / "a.parquet", TERMS)
    assert again.done() == {"x"}
    again.add([_row("y")])
    assert again.finish() == 2


def test_another_batch_is_not_mixed_in(tmp_path: Path) -> None:
    """Other terms are refused, and what was found stays."""
    Results(tmp_path / "a.parquet", TERMS).add([_row("x")])
    with pytest.raises(BadInput, match=r"a\.parquet\.parts: holds what another batch"):
        Results(tmp_path / "a.parquet", {"top": 5})
    assert Results(tmp_path / "a.parquet", TERMS).done() == {"x"}


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A file that is there already stays as it is; a folder that is not there is told."""
    (tmp_path / "a.parquet").write_bytes(b"precious")
    with pytest.raises(BadInput, match="there already"):
        Results(tmp_path / "a.parquet", TERMS)
    assert (tmp_path / "a.parquet").read_bytes() == b"precious"
    with pytest.raises(BadInput, match="no such folder"):
        Results(tmp_path / "none" / "a.parquet", TERMS)
