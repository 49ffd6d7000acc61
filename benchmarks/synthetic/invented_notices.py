"""Notices about invented persons, and some about things that do not exist either."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from benchmarks.synthetic.invented_names import CHARGES, MARKS, TOWNS
from benchmarks.synthetic.invented_people import Person
from benchmarks.synthetic.notice import Notice, Warrant

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
        Notice(colour, entity_id, owner, title=title, description=text)
        for entity_id, (colour, owner, title, text) in zip(
            identifiers[len(about) :], _IMPERSONAL, strict=True
        )
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
    ("orange", "PT", "Parcels that imitate toys", "Invented warning: wooden ducks with a load."),
    ("orange", "NA", "Unstable sample chemicals", "Invented warning: drums SAMPLE 7 leak."),
    ("purple", "BR", "False bottoms in paint tins", "Invented method: tins with two lids."),
    ("purple", "JP", "Cloned loyalty cards", "Invented method: a reader is hidden in a vase."),
    ("silver", "IT", "Yacht of a model company", "Invented asset: a yacht named Exempli Gratia."),
    ("un", "CH", "Fixture Trading (entity)", "Invented entity under an invented resolution."),
)  # fmt: skip


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
    charge, translation = CHARGES[int(rng.integers(len(CHARGES)))]
    return replace(notice, arrest_warrants=(Warrant(notice.ncb, charge, translation),))


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
