"""Writes data/fixtures: invented people, their prints, notices and three probes.

.venv/bin/python -m benchmarks.synthetic.fixtures            # everything
.venv/bin/python -m benchmarks.synthetic.fixtures notices    # notices.json alone
"""

from __future__ import annotations

import csv
import json
import shutil
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.synthetic.conditions import EVERYDAY, HARD_PARTIAL, Conditions
from benchmarks.synthetic.fixture_prints import ENROLMENT, make_finger, write_print
from benchmarks.synthetic.fixture_readme import README
from benchmarks.synthetic.impression import make_impression
from benchmarks.synthetic.invented_notices import invent_notices
from benchmarks.synthetic.invented_people import Person, invent_people
from benchmarks.synthetic.members import read_members
from benchmarks.synthetic.notice import Notice
from engine.fingers import Finger, Impression

FOLDER = Path(__file__).resolve().parents[2] / "data" / "fixtures"

SEED = 2026

NOBODY = 9000
"""Number of a person who is not among the enrolled."""


@dataclass(frozen=True, slots=True)
class Probe:
    """One probe picture and the truth about it; person is None if nobody enrolled it."""

    file: str
    person: str | None
    finger: str
    description: str


def write_fixtures(folder: Path = FOLDER) -> None:
    """Write all fixtures; pictures from an earlier run are removed first."""
    for pictures in (folder / "prints", folder / "probes"):
        shutil.rmtree(pictures, ignore_errors=True)
        pictures.mkdir(parents=True)
    rng = np.random.default_rng(SEED)
    people = invent_people(read_members(), rng)
    write_people(folder, people)
    write_notices(folder, invent_notices(people, rng))
    write_probes(folder, people)
    (folder / "README.md").write_text(README, encoding="utf-8")


def write_people(folder: Path, people: Sequence[Person]) -> None:
    """Write people.csv, one row a print, and the prints."""
    rows = [
        _row(folder, number, person, finger)
        for number, person in enumerate(people, start=1)
        for finger in person.fingers
    ]
    with (folder / "people.csv").open("w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, rows[0], lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def _row(folder: Path, number: int, person: Person, finger: Finger) -> dict[str, str]:
    path = f"prints/{person.identifier}_{finger.label}.png"
    write_print(folder / path, make_impression(make_finger(number, finger), 1, ENROLMENT))
    return {
        "path": path,
        "person": person.identifier,
        "finger": finger.label,
        "impression_type": Impression.LIVE_PLAIN.label,
        "ncb": person.ncb,
        "family_name": person.family_name,
        "forename": person.forename,
        "sex": person.sex,
        "date_of_birth": person.date_of_birth,
        "nationalities": ";".join(person.nationalities),
        "person_status": person.status,
    }


def write_notices(folder: Path, notices: Sequence[Notice]) -> None:
    """Write notices.json: a list of objects without the fields that a notice lacks."""
    _write_json(folder / "notices.json", [_present(asdict(notice)) for notice in notices])


def write_probes(folder: Path, people: Sequence[Person]) -> None:
    """Write three probes, and probes.json with the truth about them."""
    probes = [
        _probe(folder, "second_impression", 7, people[6].fingers[0], EVERYDAY),
        _probe(folder, "partial_rotated_noisy", 23, people[22].fingers[1], HARD_PARTIAL),
        _probe(folder, "nobody", NOBODY, Finger.RIGHT_INDEX, EVERYDAY),
    ]
    _write_json(folder / "probes" / "probes.json", [asdict(probe) for probe in probes])


def _probe(folder: Path, name: str, number: int, finger: Finger, how: Conditions) -> Probe:
    write_print(
        folder / "probes" / f"{name}.png", make_impression(make_finger(number, finger), 2, how)
    )
    person = None if number == NOBODY else f"FX-{number:04}"
    return Probe(f"{name}.png", person, finger.label, _DESCRIPTIONS[name])


_DESCRIPTIONS = {
    "second_impression": "Another everyday impression of an enrolled finger.",
    "partial_rotated_noisy": "A small part of an enrolled finger, turned and noisy.",
    "nobody": "A finger that nobody has enrolled.",
}


def _present(fields: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value is not None}


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_notices_alone(folder: Path = FOLDER) -> None:
    """Write the notices about the people of the fixtures, and nothing else."""
    rng = np.random.default_rng(SEED)
    write_notices(folder, invent_notices(invent_people(read_members(), rng), rng))


if __name__ == "__main__":
    if sys.argv[1:] == ["notices"]:
        write_notices_alone()
    else:
        write_fixtures()
