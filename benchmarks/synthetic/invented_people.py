"""Persons who do not exist, in all five regions and every status."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.synthetic.invented_names import (
    FAMILY_NAMES,
    FEMALE_FORENAMES,
    MALE_FORENAMES,
)
from benchmarks.synthetic.members import Member
from engine.fingers import Finger

REGION_SHARES = {
    "Europe": 16,
    "Americas": 14,
    "Africa": 12,
    "Asia & South Pacific": 14,
    "Middle East & North Africa": 8,
}
"""Persons a region: 64 in all."""

STATUS_SHARES = {
    "convicted": 24,
    "charged": 12,
    "suspect": 12,
    "witness": 3,
    "victim": 3,
    "missing": 6,
    "unknown_body": 4,
}
"""Persons a status, of the same 64."""

FINGERS_EACH = 3


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person.

    Attributes:
        identifier: such as FX-0001.
        ncb: the bureau that owns the record, a member's `iso2`.
        family_name, forename, date_of_birth: empty for an unknown body; the date is YYYY/MM/DD.
        sex: M, F or U.
        nationalities: members' `iso2`.
        status: a key of `STATUS_SHARES`.
        languages: three-letter codes.
        fingers: which of them are enrolled.
    """

    identifier: str
    ncb: str
    family_name: str
    forename: str
    sex: str
    date_of_birth: str
    nationalities: tuple[str, ...]
    status: str
    languages: tuple[str, ...]
    fingers: tuple[Finger, ...]


def invent_people(members: tuple[Member, ...], rng: np.random.Generator) -> tuple[Person, ...]:
    """Invent `REGION_SHARES` persons, each of another country of its region."""
    homes = [
        (member, name) for region in REGION_SHARES for member, name in _homes(members, region, rng)
    ]
    statuses = rng.permutation(np.repeat(list(STATUS_SHARES), list(STATUS_SHARES.values())))
    return tuple(
        _person(number, home, name, str(status), rng)
        for number, ((home, name), status) in enumerate(zip(homes, statuses, strict=True), start=1)
    )


def _homes(
    members: tuple[Member, ...], region: str, rng: np.random.Generator
) -> list[tuple[Member, str]]:
    """Draw countries of a region with a family name each; Namibia always comes along."""
    candidates = [member for member in members if member.region == region]
    order = [candidates[i] for i in rng.permutation(len(candidates))]
    # The code NA breaks careless readers of CSV files, so a fixture must hold it.
    order.sort(key=lambda member: member.iso2 != "NA")
    return list(zip(order, FAMILY_NAMES[region], strict=False))


def _person(
    number: int, home: Member, family_name: str, status: str, rng: np.random.Generator
) -> Person:
    sex = str(rng.choice(["M", "F"], p=[0.7, 0.3]))
    forename = str(rng.choice(FEMALE_FORENAMES if sex == "F" else MALE_FORENAMES))
    born = f"{rng.integers(1950, 2004)}/{rng.integers(1, 13):02}/{rng.integers(1, 29):02}"
    fingers = _fingers(rng)
    nationalities: tuple[str, ...] = (home.iso2,)
    if status == "unknown_body":
        family_name, forename, born, nationalities = "", "", "", ()
    return Person(
        identifier=f"FX-{number:04}",
        ncb=home.iso2,
        family_name=family_name,
        forename=forename,
        sex=sex,
        date_of_birth=born,
        nationalities=nationalities,
        status=status,
        languages=home.languages,
        fingers=fingers,
    )


def _fingers(rng: np.random.Generator) -> tuple[Finger, ...]:
    """Draw three positions, thumbs and index fingers more often, as bureaus take them."""
    weights = np.array([3, 4, 2, 1, 1] * 2, float)
    drawn = rng.choice(np.arange(1, 11), FINGERS_EACH, replace=False, p=weights / weights.sum())
    return tuple(Finger(int(code)) for code in sorted(drawn))
