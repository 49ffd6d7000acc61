"""Notices about invented persons, and some about things that do not exist either."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from benchmarks.synthetic.invented_names import CHARGES, MARKS, TOWNS
from benchmarks.synthetic.invented_people import Person
from benchmarks.synthetic.notice import Asset, Notice, Warrant

HAIR = ("BLA", "BRO", "BLO", "GRY", "RED")
EYES = ("BRO", "BLA", "BLU", "GRE")


def invent_notices(people: tuple[Person, ...], rng: np.random.Generator) -> tuple[Notice, ...]:
    """Invent the notices of about half of these persons, and some without a person."""
    about = [(colour, person) for person in people for colour in _colours(person, rng)]
    numbers = rng.choice(np.arange(10000, 100000), len(about) + len(_IMPERSONAL), replace=False)
    identifiers = [f"{rng.integers(2012, 2027)}/{number}" for number in numbers]
    personal = [
        _DETAILS[colour](_described(Notice(colour, entity_id, person.ncb), person, rng), rng)
        for entity_id, (colour, person) in zip(identifiers, about, strict=False)
    ]
    others = [
        replace(notice, entity_id=entity_id)
        for entity_id, notice in zip(identifiers[len(about) :], _IMPERSONAL, strict=True)
    ]
    return tuple(personal + others)


def _colours(person: Person, rng: np.random.Generator) -> tuple[str, ...]:
    """Which notices a person has, by status; offenders often have none, some have two."""
    choices = _COLOURS.get(person.status, ((),))
    return choices[int(rng.integers(len(choices)))]


_COLOURS: dict[str, tuple[tuple[str, ...], ...]] = {
    "convicted": (("red",), ("green",), ("red", "green"), (), (), ()),
    "charged": (("red",), ("red", "blue"), (), ()),
    "suspect": (("blue",), ("un",), ("blue", "un"), (), ()),
    "missing": (("yellow",),),
    "unknown_body": (("black",),),
}

_IMPERSONAL = (
    Notice(
        "orange",
        "",
        "PT",
        title="Parcels that imitate toys",
        description="Invented warning: wooden ducks with a load.",
        threat="object",
    ),
    Notice(
        "orange",
        "",
        "NA",
        title="Unstable sample chemicals",
        description="Invented warning: drums SAMPLE 7 leak.",
        threat="process",
    ),
    Notice(
        "purple",
        "",
        "BR",
        title="False bottoms in paint tins",
        description="Invented method: tins with two lids.",
    ),
    Notice(
        "purple",
        "",
        "JP",
        title="Cloned loyalty cards",
        description="Invented method: a reader is hidden in a vase.",
    ),
    Notice(
        "silver",
        "",
        "IT",
        title="Yacht of a model company",
        assets=(Asset("vehicle", "Invented asset: a yacht named Exempli Gratia."),),
    ),
    Notice(
        "un",
        "",
        "CH",
        subject="entity",
        name="Fixture Trading",
        un_reference="FXe.001",
        un_resolution=9999,
        summary="Invented entity under an invented resolution.",
        public_extract=True,
    ),
)
"""Notices about things and an entity; each gets its number when it is used."""


def _described(notice: Notice, person: Person, rng: np.random.Generator) -> Notice:
    """Fill in who the person is and looks like; an unknown body has looks only."""
    looks = replace(
        notice,
        person=person.identifier,
        sex_id=person.sex,
        height=round(float(rng.uniform(1.55, 1.98)), 2),
        weight=int(rng.integers(48, 110)),
        hairs_id=(str(rng.choice(HAIR)),),
        eyes_colors_id=(str(rng.choice(EYES)),),
        distinguishing_marks=MARKS[int(rng.integers(len(MARKS)))],
    )
    if not person.family_name:
        return looks
    return replace(
        looks,
        name=person.family_name.upper(),
        forename=person.forename.upper(),
        date_of_birth=person.date_of_birth,
        nationalities=person.nationalities,
        place_of_birth=str(rng.choice(TOWNS)),
        country_of_birth_id=person.nationalities[0],
        languages_spoken_ids=person.languages,
    )


def _red(notice: Notice, rng: np.random.Generator) -> Notice:
    charge, language, translation = CHARGES[int(rng.integers(len(CHARGES)))]
    year, serial = notice.entity_id.split("/")
    warrant = Warrant(
        issuing_country_id=notice.ncb,
        charge=charge,
        charge_language=language,
        charge_translation=translation,
        number=f"FX-{serial}",
        issued_on=f"{int(year) - 1}/06/15",
        wanted_for="prosecution",
        maximum_penalty_months=24 + 12 * (int(serial) % 9),
    )
    facts = f"Invented facts: {translation or charge}."
    return replace(notice, arrest_warrants=(warrant,), facts=facts, extradition_sought=True)


def _blue(notice: Notice, rng: np.random.Generator) -> Notice:
    town = str(rng.choice(TOWNS))
    return replace(notice, description=f"Whereabouts sought; last seen in {town} (invented).")


def _green(notice: Notice, rng: np.random.Generator) -> Notice:
    town = str(rng.choice(TOWNS))
    return replace(notice, description=f"May repeat invented frauds, as before in {town}.")


def _event(notice: Notice, rng: np.random.Generator) -> Notice:
    """Where and when somebody was missed or found."""
    date = f"{rng.integers(2015, 2026)}/{rng.integers(1, 13):02}/{rng.integers(1, 29):02}"
    return replace(notice, date_of_event=date, place=str(rng.choice(TOWNS)), country=notice.ncb)


def _un(notice: Notice, rng: np.random.Generator) -> Notice:
    """A number of no real list: neither the reference nor the resolution exists."""
    return replace(
        notice,
        subject="person",
        public_extract=True,
        un_reference=f"FXi.{rng.integers(1, 1000):03}",
        un_resolution=9999,
        summary="Listed under an invented resolution for the sake of a test.",
    )


_DETAILS: dict[str, Callable[[Notice, np.random.Generator], Notice]] = {
    "red": _red,
    "blue": _blue,
    "green": _green,
    "yellow": _event,
    "black": _event,
    "un": _un,
}
