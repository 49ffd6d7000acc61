"""What is to be enrolled: a folder of images, or a CSV file with one row a print."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.errors import BadInput, BadRequest
from engine.fingers import Finger, Impression, parse_finger, parse_impression
from engine.images.endings import IMAGE_ENDINGS
from engine.members import find_bureau
from engine.persons import GalleryKind, Person, check_person, parse_status

_FVC_NAME = re.compile(r"(\d+)_(\d+)")
"""Names of the Fingerprint Verification Competitions: finger, impression."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A print to be enrolled.

    Attributes:
        path: of the image.
        person: whose print it is.
        encounter: prints of a person with the same value were taken on one occasion.
        finger, impression, kind: as stated.
        ppi: resolution if it is stated.
    """

    path: Path
    person: Person
    encounter: str = ""
    finger: Finger = Finger.UNKNOWN
    impression: Impression = Impression.LIVE_PLAIN
    kind: GalleryKind = GalleryKind.TENPRINT
    ppi: float | None = None


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for prints that do not say otherwise.

    Attributes:
        ncb: code of the owning bureau; None if every row must name it.
        finger, impression, ppi: see `Entry`.
        pattern: of the names of images in a folder, such as `*_1.png`.
    """

    ncb: str | None = None
    finger: Finger = Finger.UNKNOWN
    impression: Impression = Impression.LIVE_PLAIN
    ppi: float | None = None
    pattern: str = "*"


@dataclass(frozen=True, slots=True)
class Refused:
    """A print that cannot be enrolled.

    Attributes:
        source: its file or row.
        reason: why.
    """

    source: str
    reason: str


def read_source(source: Path, defaults: Defaults) -> Iterator[Entry | Refused]:
    """The prints of a folder or a CSV file; a bad row is told apart, not an end.

    Raises:
        BadInput: the source itself cannot be used.
    """
    if source.is_dir():
        return _read_folder(source, defaults)
    if source.is_file():
        return _read_csv(source, defaults)
    raise BadInput(f"{source}: no such file or folder")


def _read_folder(folder: Path, defaults: Defaults) -> Iterator[Entry]:
    """Images of a folder; the person is told by the folder's and the file's name."""
    if defaults.ncb is None:
        raise BadRequest(f"{folder}: which bureau owns these prints? Give --ncb")
    ncb = find_bureau(defaults.ncb).code
    paths = sorted(p for p in folder.glob(defaults.pattern) if p.suffix.lower() in IMAGE_ENDINGS)
    if not paths:
        raise BadInput(f"{folder}: no images ({', '.join(sorted(IMAGE_ENDINGS))})")
    for path in paths:
        match = _FVC_NAME.fullmatch(path.stem)
        person, encounter = (match[1], match[2]) if match else (path.stem, "")
        name = re.sub(r"[^A-Za-z0-9._:-]", "-", f"{folder.resolve().name}-{person}")[:64]
        yield Entry(
            path=path,
            person=Person(id=name, ncb=ncb),
            encounter=encounter,
            finger=defaults.finger,
            impression=defaults.impression,
            ppi=defaults.ppi,
        )


def _read_csv(path: Path, defaults: Defaults) -> Iterator[Entry | Refused]:
    """Rows of a CSV file with at least the columns `path` and `person`."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            missing = {"path", "person"} - set(reader.fieldnames or ())
            if missing:
                raise BadInput(f"{path}: no column {', '.join(sorted(missing))} in its first line")
            for row in reader:
                yield _read_row(path, reader.line_num, row, defaults)
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadInput(f"{path}: is no CSV text: {error}") from error


def _read_row(
    path: Path, line: int, row: dict[str, str | None], defaults: Defaults
) -> Entry | Refused:
    """One row, or why it cannot be used."""
    cell = {key: (value or "").strip() for key, value in row.items() if key is not None}
    try:
        return Entry(
            path=path.parent / cell["path"],
            person=_read_person(cell, defaults),
            encounter=cell.get("encounter", ""),
            finger=parse_finger(cell.get("finger")) or defaults.finger,
            impression=parse_impression(cell.get("impression_type")),
            kind=_read_kind(cell.get("kind", "")),
            ppi=float(cell["ppi"]) if cell.get("ppi") else defaults.ppi,
        )
    except (BadRequest, ValueError) as error:
        return Refused(f"{path.name} line {line}", str(error))


def _read_kind(text: str) -> GalleryKind:
    """The gallery of a row's print, which is a person's.

    Raises:
        BadRequest: it is not that of prints of persons.
    """
    if text.upper() == GalleryKind.UNSOLVED_LATENT:
        raise BadRequest("kind UL: a latent is of no person; use `whorl latent add`")
    if text.upper() not in ("", GalleryKind.TENPRINT):
        raise BadRequest(f"kind {text!r}: leave it out, or give TP")
    return GalleryKind.TENPRINT


def _read_person(cell: dict[str, str], defaults: Defaults) -> Person:
    """The person of a row."""
    ncb = cell.get("ncb") or defaults.ncb
    if not ncb:
        raise BadRequest("no bureau: fill the column ncb or give --ncb")
    return check_person(
        Person(
            id=cell["person"],
            ncb=find_bureau(ncb).code,
            status=parse_status(cell.get("person_status", "")),
            family_name=cell.get("family_name", ""),
            forename=cell.get("forename", ""),
            sex=cell.get("sex", "") or "U",
            date_of_birth=cell.get("date_of_birth", ""),
            nationalities=tuple(re.split(r"[\s;|,]+", cell["nationalities"]))
            if cell.get("nationalities")
            else (),
        )
    )
