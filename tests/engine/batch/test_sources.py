"""Probes of a batch."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.batch.sources import list_probes
from engine.errors import BadInput
from engine.fingers import Finger


def test_a_folder_gives_its_images(tmp_path: Path) -> None:
    """With all below it, in the order of their paths."""
    (tmp_path / "b").mkdir()
    for name in ("z.png", "b/a.WSQ", "notes.txt"):
        (tmp_path / name).touch()
    probes = list_probes(tmp_path, Finger.LEFT_RING, 500.0)
    assert [probe.path.name for probe in probes] == ["a.WSQ", "z.png"]
    assert {(probe.finger, probe.ppi) for probe in probes} == {(Finger.LEFT_RING, 500.0)}


def test_rows_may_tell_finger_and_resolution(tmp_path: Path) -> None:
    """Paths are relative to the file; what a row leaves out is as usual."""
    table = tmp_path / "probes.csv"
    table.write_text("path,finger,ppi\na.png,right_index,1000\nb.png,,\n")
    first, second = list_probes(table, Finger.UNKNOWN, None)
    assert (first.path, first.finger, first.ppi) == (tmp_path / "a.png", Finger.RIGHT_INDEX, 1000)
    assert (second.finger, second.ppi) == (Finger.UNKNOWN, None)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "columns"),
        ("path,person\n", "columns"),
        ("path,finger\na.png,toe\n", "row 2"),
        ("path,ppi\na.png,1\nb.png,many\n", "row 3"),
        ('path\n""\n', "row 2: no path"),
        ("path\na.png\na.png\n", "named twice"),
        ("path\n", "no probe"),
    ],
)
def test_bad_tables_are_told(tmp_path: Path, text: str, reason: str) -> None:
    """The file and the row are named."""
    table = tmp_path / "probes.csv"
    table.write_text(text)
    with pytest.raises(BadInput, match=rf"probes\.csv.*{reason}"):
        list_probes(table, Finger.UNKNOWN, None)


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    """A name that leads nowhere, and a folder without images."""
    with pytest.raises(BadInput, match="no such file"):
        list_probes(tmp_path / "nothing", Finger.UNKNOWN, None)
    with pytest.raises(BadInput, match="no probe"):
        list_probes(tmp_path, Finger.UNKNOWN, None)
