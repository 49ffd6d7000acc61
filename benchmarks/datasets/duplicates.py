"""Fingers that occur in two sets: as impostors they would wreck every figure of the tail.

A CSV file with the columns first and second names them, `DB1_B/101,DB2_B/101`. A file
`duplicates.csv` in the folder of the data set is read by itself.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from engine.errors import BadInput

FILE = "duplicates.csv"

Finger = tuple[str, str]
Same = tuple[tuple[Finger, Finger], ...]

KNOWN = (
    # The same ten volunteers' fingers, taken by two sensors under the same numbers.
    *((f"fvc2000/DB1_B/{n}", f"fvc2000/DB2_B/{n}") for n in range(101, 111)),
    # The WSQ form of the same images.
    ("fvc2000/DB1_B/101", "formats/wsq/101"),
    # All 64 cross pairs score as mates do.
    ("fvc2002/DB3_B/108", "fvc2004/DB3_B/102"),
)
"""Duplicates in well-known sets, by the last folders of their paths."""


def read_duplicates(path: Path) -> list[tuple[str, str]]:
    """The pairs of names of a file.

    Raises:
        BadInput: it is no such file.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [(row["first"], row["second"]) for row in csv.DictReader(file)]
    except (OSError, KeyError, TypeError) as error:
        raise BadInput(f"{path}: needs the columns first and second: {error}") from error


def resolve(pairs: Iterable[tuple[str, str]], fingers: Iterable[tuple[Finger, str]]) -> Same:
    """The declared pairs that this data set holds both fingers of.

    Args:
        pairs: names as declared; a name means the finger whose full name ends in it.
        fingers: (set, finger) with the full name: path of the set's folder, then the finger.
    """
    listed = list(fingers)
    same = []
    for first, second in pairs:
        one, other = _find(first, listed), _find(second, listed)
        if one is not None and other is not None:
            same.append((one, other))
    return tuple(same)


def _find(name: str, fingers: list[tuple[Finger, str]]) -> Finger | None:
    """The finger of a name, None if it is not here."""
    wanted = tuple(name.strip("/").split("/"))
    for finger, full in fingers:
        if tuple(full.split("/"))[-len(wanted) :] == wanted:
            return finger
    return None
