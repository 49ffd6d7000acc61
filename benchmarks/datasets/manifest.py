"""Sets in a CSV file: one row a print.

Columns: path, finger, impression; optional: set, ppi, person. Paths count from the file's folder.
"""

from __future__ import annotations

import csv
from pathlib import Path

from benchmarks.datasets.folders import Found, file_digest, in_order
from benchmarks.datasets.naming import natural
from benchmarks.datasets.prints import Print, PrintSet
from engine.errors import BadInput

REQUIRED = ("path", "finger", "impression")


def read_manifest(path: Path, ppi: float | None) -> Found:
    """The sets of a manifest; a row without its file is told, not used.

    Raises:
        BadInput: a column is missing, or a value is no number.
    """
    found = Found()
    by_set: dict[str, list[Print]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        missing = set(REQUIRED) - set(rows.fieldnames or ())
        if missing:
            raise BadInput(f"{path}: no column {', '.join(sorted(missing))}")
        for number, row in enumerate(rows, start=2):
            one = _read_row(path, number, row, ppi, found.ignored)
            if one is not None:
                by_set.setdefault(one.set, []).append(one)
    for name, prints in sorted(by_set.items(), key=lambda item: natural(item[0])):
        found.sets.append(PrintSet(name, in_order(prints, found.ignored)))
    return found


def _read_row(
    manifest: Path, number: int, row: dict[str, str], ppi: float | None, ignored: list[str]
) -> Print | None:
    """The print of a row; None if its file is missing."""
    path = manifest.parent / row["path"]
    if not path.is_file():
        ignored.append(f"{manifest.name} line {number}: no file {row['path']}")
        return None
    try:
        impression = int(row["impression"])
        stated = float(row["ppi"]) if row.get("ppi") else ppi
    except ValueError as error:
        raise BadInput(f"{manifest} line {number}: {error}") from error
    return Print(
        set=row.get("set") or manifest.stem,
        finger=row["finger"],
        impression=impression,
        path=path,
        digest=file_digest(path),
        ppi=stated,
        person=row.get("person") or None,
    )
