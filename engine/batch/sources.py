"""What a batch searches: an image, a folder of images, or a CSV file with one row a probe."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.errors import BadInput, BadRequest
from engine.fingers import Finger, parse_finger
from engine.images.endings import IMAGE_ENDINGS

COLUMNS = frozenset({"path", "finger", "ppi"})


@dataclass(frozen=True, slots=True)
class ProbeFile:
    """A probe to be searched.

    Attributes:
        name: unique within the batch: its path as it was found.
        path: of the image.
        finger: which finger it is, if known.
        ppi: resolution if it is stated.
    """

    name: str
    path: Path
    finger: Finger = Finger.UNKNOWN
    ppi: float | None = None


def list_probes(source: Path, finger: Finger, ppi: float | None) -> list[ProbeFile]:
    """All probes of a source, in the order of its rows or of their paths.

    Args:
        source: an image, a folder (with all below it) or a CSV file.
        finger, ppi: of probes that do not say otherwise.

    Raises:
        BadInput: there is none, or a row cannot be used; it is named.
    """
    if source.is_dir():
        paths = sorted(path for path in source.rglob("*") if path.suffix.lower() in IMAGE_ENDINGS)
        probes = [ProbeFile(str(path), path, finger, ppi) for path in paths]
    elif source.suffix.lower() == ".csv":
        probes = list(_read_rows(source, finger, ppi))
    elif source.is_file():
        probes = [ProbeFile(str(source), source, finger, ppi)]
    else:
        raise BadInput(f"{source}: no such file or folder")
    if not probes:
        raise BadInput(f"{source}: no probe in it")
    names = [probe.name for probe in probes]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise BadInput(f"{source}: {twice} is named twice")
    return probes


def _read_rows(source: Path, finger: Finger, ppi: float | None) -> Iterator[ProbeFile]:
    """The rows of a CSV file; paths are relative to it."""
    try:
        with source.open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.DictReader(stream)
            columns = set(rows.fieldnames or ())
            if "path" not in columns or not columns <= COLUMNS:
                raise BadInput(f"{source}: its columns must be path and, if wanted, finger and ppi")
            for number, row in enumerate(rows, start=2):
                yield _read_row(source, number, row, (finger, ppi))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadInput(f"{source}: cannot be read as CSV: {error}") from error


def _read_row(
    source: Path, number: int, row: dict[str, str], usual: tuple[Finger, float | None]
) -> ProbeFile:
    """A probe from its row."""
    finger, ppi = usual
    try:
        if row.get("finger"):
            finger = parse_finger(row["finger"])
        if row.get("ppi"):
            ppi = float(row["ppi"])
    except (BadRequest, ValueError) as error:
        raise BadInput(f"{source}, row {number}: {error}") from error
    if not row["path"]:
        raise BadInput(f"{source}, row {number}: no path")
    return ProbeFile(row["path"], source.parent / row["path"], finger, ppi)
