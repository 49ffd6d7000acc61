"""Fingers that occur in two sets: as impostors they would wreck every figure of the tail.

A CSV file with the columns first and second names them, `DB1_B/101,DB2_B/101`. A file
`duplicates.csv` in the folder of the data set is read by itself.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.datasets.prints import Dataset, PrintSet
from engine.errors import BadInput

FILE = "duplicates.csv"

Finger = tuple[str, str]
Same = tuple[tuple[Finger, Finger], ...]

KNOWN = (
    # The same ten volunteers' fingers, taken by two sensors under the same numbers.
    *((f"fvc2000/DB1_B/{n}", f"fvc2000/DB2_B/{n}") for n in range(101, 111)),
    # Volunteers who came again two years later: prints of both sensors score highest, by far, with
    # the eight of one and the same finger.
    ("fvc2000/DB1_B/102", "fvc2002_a_minutiae/DB2/43"),
    ("fvc2000/DB1_B/103", "fvc2002_a_minutiae/DB3/31"),
    ("fvc2000/DB1_B/104", "fvc2002_a_minutiae/DB2/56"),
    ("fvc2000/DB1_B/105", "fvc2002_a_minutiae/DB3/3"),
    ("fvc2000/DB2_B/102", "fvc2002_a_minutiae/DB2/43"),
    ("fvc2000/DB2_B/103", "fvc2002_a_minutiae/DB3/31"),
    ("fvc2000/DB2_B/104", "fvc2002_a_minutiae/DB2/56"),
    ("fvc2000/DB2_B/105", "fvc2002_a_minutiae/DB3/3"),
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


def full_names(sets: Iterable[PrintSet]) -> list[tuple[Finger, str]]:
    """Each finger with its full names: by the folder of its images, and by its set."""
    named = {}
    for one in (one for part in sets for one in part.prints):
        archive = one.path.with_suffix("") / one.set
        place = one.path.parent if one.row is None else archive
        named[f"{place.as_posix()}/{one.finger}"] = (one.set, one.finger)
        named[f"{one.set}/{one.finger}"] = (one.set, one.finger)
    return [(finger, full) for full, finger in named.items()]


def strike(strangers: Dataset, dataset: Dataset, pairs: Sequence[tuple[str, str]]) -> Dataset:
    """The distractors without fingers that are declared the same as one of the data set.

    As impostors they would wreck the tail; what is struck is told in `ignored`.
    """
    here, there = full_names(dataset.sets), full_names(strangers.sets)
    both = [*pairs, *((second, first) for first, second in pairs)]
    struck = {
        finger: f"{finger[0]}/{finger[1]}: the same finger as {first}"
        for first, second in both
        if _find(first, here) and (finger := _find(second, there))
    }
    kept = tuple(
        PrintSet(part.name, tuple(p for p in part.prints if (p.set, p.finger) not in struck))
        for part in strangers.sets
    )
    return replace(strangers, sets=kept, ignored=(*strangers.ignored, *struck.values()))


def _find(name: str, fingers: list[tuple[Finger, str]]) -> Finger | None:
    """The finger of a name, None if it is not here."""
    wanted = tuple(name.strip("/").split("/"))
    for finger, full in fingers:
        if tuple(full.split("/"))[-len(wanted) :] == wanted:
            return finger
    return None
