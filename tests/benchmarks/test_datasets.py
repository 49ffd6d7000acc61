"""Data sets are read from folders, manifests and archives; nothing is left out silently."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.datasets import Dataset, open_dataset
from benchmarks.datasets.minutiae_file import template_of
from benchmarks.datasets.naming import natural, parse_name
from benchmarks.datasets.opening import Source, open_distractors
from engine.errors import BadInput


def fill(folder: Path, *names: str) -> Path:
    """A folder with files of these names; their names are their content."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    return folder


def opened(path: Path) -> Dataset:
    """The data set at a path."""
    return open_dataset(Source(str(path)))


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("101_3", ("101", 3)),
        ("left-index_12", ("left-index", 12)),
        ("012_3_1", ("012_3", 1)),
        ("p1-2", ("p1", 2)),
        ("noname", None),
        ("_3", None),
    ],
)
def test_names(stem: str, expected: tuple[str, int] | None) -> None:
    """The impression stands last, the finger is all before it."""
    assert parse_name(stem) == expected


def test_natural_order() -> None:
    """Numbers count as numbers, and mix with words."""
    assert sorted(["10", "9", "a2", "a10"], key=natural) == ["9", "10", "a2", "a10"]


def test_folder_is_one_set(tmp_path: Path) -> None:
    """Images of any ending in a folder are a set, by finger and impression."""
    found = opened(fill(tmp_path / "DB9", "2_1.tif", "10_1.BMP", "2_10.png", "2_2.wsq"))
    assert [one.name for one in found] == ["DB9/2_1", "DB9/2_2", "DB9/2_10", "DB9/10_1"]
    assert found.fingers.tolist() == [0, 0, 0, 1]
    assert found.name.endswith("/DB9")


def test_folder_of_folders_has_several_sets(tmp_path: Path) -> None:
    """Each folder with images is a set; equal names in two sets are two fingers."""
    found = opened(fill(tmp_path, "a/1_1.png", "b/c/1_1.png"))
    assert [part.name for part in found.sets] == ["a", "b/c"]
    assert found.identities.tolist() == [0, 1]


def test_what_is_no_print_is_told(tmp_path: Path) -> None:
    """Images without a finger's name, and a second file of a name, are listed."""
    found = opened(fill(tmp_path, "1_1.png", "1_1.bmp", "photo.png", "notes.txt"))
    assert len(found) == 1
    assert len(found.ignored) == 2


def test_digest_knows_content_not_place(tmp_path: Path) -> None:
    """The same files elsewhere have the same digest; another image or resolution has not."""
    one = fill(tmp_path / "one" / "DB", "1_1.png", "1_2.png")
    same = fill(tmp_path / "two" / "DB", "1_1.png", "1_2.png")
    assert opened(one).digest == opened(same).digest
    assert open_dataset(Source(str(one), ppi=569)).digest != opened(one).digest
    (same / "1_2.png").write_bytes(b"other")
    assert opened(one).digest != opened(same).digest


def test_manifest(tmp_path: Path) -> None:
    """Rows name file, finger and impression, and may name set, resolution and person."""
    fill(tmp_path, "x.png", "y.png")
    (tmp_path / "list.csv").write_text(
        "path,finger,impression,set,ppi,person\nx.png,7,1,S,569,anna\ny.png,7,2,S,,anna\n"
        "gone.png,8,1,S,,\n"
    )
    found = opened(tmp_path / "list.csv")
    assert [(one.name, one.ppi, one.person) for one in found] == [
        ("S/7_1", 569.0, "anna"),
        ("S/7_2", None, "anna"),
    ]
    assert found.ignored == ("list.csv line 4: no file gone.png",)


def test_manifest_without_columns(tmp_path: Path) -> None:
    """A manifest that lacks a column is refused by its name."""
    (tmp_path / "list.csv").write_text("path,finger\n")
    with pytest.raises(BadInput, match="impression"):
        opened(tmp_path / "list.csv")


def test_declared_duplicates_are_one_finger(tmp_path: Path) -> None:
    """Fingers named in duplicates.csv have one identity, but remain two fingers."""
    fill(tmp_path, "a/1_1.png", "a/2_1.png", "b/1_1.png")
    (tmp_path / "duplicates.csv").write_text("first,second\na/2,b/1\nz/9,b/1\n")
    found = opened(tmp_path)
    assert found.identities.tolist() == [0, 1, 1]
    assert found.fingers.tolist() == [0, 1, 2]


def test_known_duplicates_need_no_file(tmp_path: Path) -> None:
    """The fingers that two sets of FVC2000 share are known by the names of the folders."""
    found = opened(fill(tmp_path / "fvc2000", "DB1_B/101_1.png", "DB2_B/101_1.png"))
    assert found.identities.tolist() == [0, 0]


def test_archive_of_minutiae(tmp_path: Path) -> None:
    """Rows of an archive are prints; degrees become radians."""
    np.savez(
        tmp_path / "m.npz",
        index=np.array([[1, 5, 1, 2], [1, 5, 2, 1]]),
        minutiae=np.array([[10, 20, 0], [30, 40, 90], [50, 60, 180]], np.float32),
    )
    found = opened(tmp_path / "m.npz")
    assert [one.name for one in found] == ["DB1/5_1", "DB1/5_2"]
    second = template_of(found.sets[0].prints[1])
    assert second.minutiae.xy.tolist() == [[50, 60]]
    assert second.minutiae.direction.tolist() == pytest.approx([np.pi])


def test_nothing_there(tmp_path: Path) -> None:
    """A name that is neither a path nor known, and a folder without prints, are refused."""
    with pytest.raises(BadInput, match="no such"):
        open_dataset(Source("nowhere-at-all"))
    with pytest.raises(BadInput, match="no images"):
        opened(tmp_path)


def test_distractors_are_others(tmp_path: Path) -> None:
    """A distractor that is declared a finger of the data set is struck and told."""
    dataset = opened(fill(tmp_path / "mine", "S/1_1.png", "S/2_1.png"))
    fill(tmp_path / "theirs", "T/7_1.png", "T/8_1.png")
    (tmp_path / "theirs" / "duplicates.csv").write_text("first,second\nmine/S/2,theirs/T/8\n")
    found = open_distractors(Source(str(tmp_path / "theirs")), dataset)
    assert [one.name for one in found] == ["T/7_1"]
    assert found.ignored == ("T/8: the same finger as mine/S/2",)


def test_a_background_is_a_data_set(tmp_path: Path) -> None:
    """Synthetic fingers in any number are read like an archive of minutiae."""
    dataset = open_dataset(Source("background:12", made=tmp_path))
    assert len(dataset) == 12
    assert len({one.finger for one in dataset}) == 12
    assert 5 <= len(template_of(next(iter(dataset))).minutiae) <= 255


@pytest.mark.parametrize("name", ["background:0", "background:x", "background:", "background:1e9"])
def test_a_senseless_background_is_refused(tmp_path: Path, name: str) -> None:
    """The number of fingers must be a number."""
    with pytest.raises(BadInput, match="number of fingers"):
        open_dataset(Source(name, made=tmp_path))
