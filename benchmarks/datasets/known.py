"""Data sets known by name, wherever the laboratory's data lie."""

from __future__ import annotations

import os
from pathlib import Path

from engine.errors import BadInput

ALL = "all"
"""The eight sets of FVC2000 and FVC2002."""

SYNTHETIC = "synthetic"
"""Made by our generator when it is first asked for."""

KNOWN = {
    ALL: "the eight B sets of FVC2000 and FVC2002, 640 prints",
    "fvc2000": "the four B sets of FVC2000, 40 fingers",
    "fvc2002": "the four B sets of FVC2002, 40 fingers",
    "fvc2002_a_minutiae": "plain minutiae of 400 fingers, without images",
    "background:N": "minutiae of N synthetic fingers, as distractors (--distractors)",
    SYNTHETIC: "prints of nobody, made by our generator: 20 persons, ten fingers each, twice",
}


def data_folder() -> Path:
    """The laboratory's data: `WHORL_DATA`, or `shared/data` beside the checkout."""
    beside = Path(__file__).resolve().parents[3] / "shared" / "data"
    return Path(os.environ.get("WHORL_DATA", beside))


def find_known(name: str) -> list[Path]:
    """The folders or files that a name stands for.

    Raises:
        BadInput: no such name, or the laboratory's data are not here.
    """
    folder = data_folder()
    parts = ["fvc2000", "fvc2002"] if name == ALL else [name.strip("/")]
    paths = [_find(folder, part) for part in parts]
    if missing := [part for part, path in zip(parts, paths, strict=True) if path is None]:
        raise BadInput(
            f"{', '.join(missing)}: no such folder, file or known data set"
            + ("" if folder.is_dir() else f"; {folder} is missing too, set WHORL_DATA")
        )
    return [path for path in paths if path is not None]


def _find(folder: Path, name: str) -> Path | None:
    """Where a known set lies."""
    for path in (folder / name, folder / "templates" / f"{name}.npz"):
        if path.exists() and folder in path.parents:
            return path
    return None
