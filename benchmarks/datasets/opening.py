"""Opens a data set by path or name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.code_digest import ROOT
from benchmarks.datasets.backgrounds import PREFIX, make_background
from benchmarks.datasets.duplicates import FILE, KNOWN, full_names, read_duplicates, resolve, strike
from benchmarks.datasets.folders import Found, read_folder
from benchmarks.datasets.known import ALL, SYNTHETIC, find_known
from benchmarks.datasets.making import make_synthetic
from benchmarks.datasets.manifest import read_manifest
from benchmarks.datasets.minutiae_file import read_minutiae_file
from benchmarks.datasets.prints import Dataset, PrintSet
from engine.errors import BadInput


@dataclass(frozen=True, slots=True)
class Source:
    """Where a data set is.

    Attributes:
        name: path of a folder, CSV manifest or archive of minutiae, or a known name.
        ppi: resolution of images that do not tell theirs, pixels per inch.
        duplicates: file that declares fingers that are the same.
        made: folder of the data sets that are made here.
    """

    name: str
    ppi: float | None = None
    duplicates: Path | None = None
    made: Path = ROOT / "results" / "made"


def open_dataset(source: Source) -> Dataset:
    """Read which prints there are, and hash them; no image is decoded.

    Raises:
        BadInput: nothing is there, or not one print.
    """
    paths = _locate(source)
    found = [_read(path, source.ppi) for path in paths]
    if source.name == ALL and len(paths) > 1:
        found = [_within(path, one) for path, one in zip(paths, found, strict=True)]
    sets = tuple(part for one in found for part in one.sets)
    ignored = tuple(reason for one in found for reason in one.ignored)
    if not sets:
        raise BadInput(f"{source.name}: no images with names like 101_3.png")
    name = source.name if len(paths) > 1 else _name(paths[0], sets)
    return Dataset(name, sets, resolve(_declared(source, paths), full_names(sets)), ignored)


def open_distractors(source: Source, dataset: Dataset) -> Dataset:
    """Read prints that are to be enrolled beside a data set, without the data set's own fingers.

    Raises:
        BadInput: nothing is there, or not one print.
    """
    return strike(open_dataset(source), dataset, _declared(source, _locate(source)))


def _locate(source: Source) -> list[Path]:
    """The folders or files of a data set; a path goes before a known name."""
    if Path(source.name).exists():
        return [Path(source.name).resolve()]
    if source.name.startswith(PREFIX):
        return [make_background(source.made, source.name)]
    if source.name == SYNTHETIC:
        return [make_synthetic(source.made)]
    return find_known(source.name)


def _name(path: Path, sets: Iterable[PrintSet]) -> str:
    """A data set's name: its folder's or file's; a bare `DB1_B` is led by the folder above."""
    if path.is_file():
        return path.stem
    bare = [part.name for part in sets] == [path.name]
    return f"{path.parent.name}/{path.name}" if bare else path.name


def _read(path: Path, ppi: float | None) -> Found:
    """The sets at a path."""
    if path.is_dir():
        return read_folder(path, ppi)
    return read_minutiae_file(path) if path.suffix == ".npz" else read_manifest(path, ppi)


def _within(path: Path, found: Found) -> Found:
    """Sets with their folder's name in front, where several folders are read."""
    return Found([_rename(one, f"{path.name}/{one.name}") for one in found.sets], found.ignored)


def _rename(part: PrintSet, name: str) -> PrintSet:
    """A set under another name."""
    return PrintSet(name, tuple(replace(one, set=name) for one in part.prints))


def _declared(source: Source, paths: Iterable[Path]) -> list[tuple[str, str]]:
    """Pairs that are known, that lie beside the data and that the caller declares."""
    files = [path / FILE for path in paths if (path / FILE).is_file()]
    files += [source.duplicates] if source.duplicates else []
    return [*KNOWN, *(pair for file in files for pair in read_duplicates(file))]
