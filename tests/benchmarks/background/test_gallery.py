"""Galleries on disk."""

from __future__ import annotations

from pathlib import Path

import h5py
import numpy as np
import pytest

from benchmarks.background import PLAIN, Chunk, background, make_chunk
from benchmarks.background.cache import chunk_path, read_chunk, write_chunk
from engine.errors import BadInput, CorruptFile

CHUNK = 200
"""Small chunks are drawn in no time."""


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes the gallery's chunks small."""
    monkeypatch.setattr("benchmarks.background.gallery.CHUNK", CHUNK)


@pytest.fixture
def stored(chunk: Chunk, tmp_path: Path) -> Path:
    """A file with a chunk."""
    path = tmp_path / "chunk.h5"
    write_chunk(path, chunk)
    return path


def test_a_chunk_is_read_as_written(stored: Path, chunk: Chunk) -> None:
    """All arrays, with their types; nothing else is left in the folder."""
    found = read_chunk(stored, len(chunk))
    for part in Chunk.__dataclass_fields__:
        first, second = getattr(found, part), getattr(chunk, part)
        assert first.dtype == second.dtype
        assert np.array_equal(first, second)
    assert list(stored.parent.iterdir()) == [stored]


@pytest.mark.parametrize("damage", ["cut", "text", "value", "part", "kind"])
def test_damaged_files_are_refused(stored: Path, chunk: Chunk, damage: str) -> None:
    """Cut off, no HDF5 at all, a changed value, a missing or wrong array."""
    if damage == "cut":
        stored.write_bytes(stored.read_bytes()[:2000])
    elif damage == "text":
        stored.write_text("nothing of the kind")
    else:
        with h5py.File(stored, "r+") as file:
            if damage == "value":
                file["quality"][5] = 0
            else:
                del file["quality"]
                if damage == "kind":
                    file["quality"] = np.zeros(3)
    with pytest.raises(CorruptFile, match=r"chunk\.h5"):
        read_chunk(stored, len(chunk))


def test_whole_chunks_are_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They are read back, and drawn again if damaged, which is told."""
    first, last = background(CHUNK + 3, seed=3, folder=tmp_path)
    path = chunk_path(tmp_path, 3, 0, PLAIN)
    assert list(path.parent.iterdir()) == [path]
    assert (len(first), len(last), last.fingers[0]) == (CHUNK, 3, CHUNK)
    path.write_bytes(b"damaged")
    (again,) = background(CHUNK, seed=3, folder=tmp_path)
    assert str(path) in capsys.readouterr().err
    assert np.array_equal(again.xy, first.xy)
    (fewer,) = background(7, seed=3, folder=tmp_path)
    assert np.array_equal(fewer.xy, first.first(7).xy)


def test_a_chunk_can_be_made_alone() -> None:
    """It is the one that the gallery yields at its place."""
    alone = make_chunk(1, seed=3)
    *_, last = background(CHUNK + 50, seed=3, folder=None)
    assert np.array_equal(alone.first(50).xy, last.xy)
    assert np.array_equal(alone.first(50).fingers, last.fingers)


def test_impossible_galleries_are_refused() -> None:
    """Before anything is drawn."""
    with pytest.raises(BadInput, match="count"):
        background(-1)
    with pytest.raises(BadInput, match="seed"):
        background(1, seed=-1)


def test_a_template_of_the_engine(chunk: Chunk) -> None:
    """A print has the form that the engine enrols."""
    template = chunk.template(4)
    assert template.width == chunk.size[4, 0]
    assert len(template.minutiae) == chunk.offsets[5] - chunk.offsets[4]
    assert template.minutiae.direction.max() < 2 * np.pi
