"""What the rules find wrong with a notice, in words that people read beside its fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from api.portal.marking import N_
from api.portal.notice_inputs import INPUTS

Translate = Callable[[str], str]

FAULTS: Sequence[tuple[re.Pattern[str], str]] = tuple(
    (re.compile(pattern), text)
    for pattern, text in (
        (r"is missing$", N_("Is needed before the notice is submitted.")),
        (r"one of them is needed", N_("One of these is needed before the notice is submitted.")),
        (r"is longer than", N_("Is too long.")),
        (r"has more than", N_("Has too many entries.")),
        (r"control characters", N_("Holds signs that cannot be printed.")),
        (r"is no (whole )?number", N_("Is no number within the limits.")),
        (r"is no country code", N_("Is no code of a country.")),
        (r"is no date", N_("Is no date of the form YYYY/MM/DD, YYYY/MM or YYYY.")),
        (r"is none of", N_("Choose one of the list.")),
        (r"true or false", N_("Choose yes or no.")),
        (r"grave enough", N_("No offence is grave enough: see the penalties of the warrants.")),
        (r"promise", N_("A Red notice is a promise to seek extradition.")),
        (r"has no place", N_("Has no place in a notice of this colour and subject.")),
        (r"must not have one", N_("A notice of this colour must not have a public extract.")),
        (r"must have one", N_("A notice of this colour must have a public extract.")),
        (r"cannot be about", N_("A notice of this colour cannot be about such a person.")),
        (r"is about no person", N_("A notice of this colour is about no person.")),
    )
)

GENERAL = N_("Is not in the right form.")

ASIDE: Mapping[str, str] = {
    "person": N_("Person on record"),
    "public_extract": N_("Public extract"),
    "language": N_("Language of the texts"),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong.

    Attributes:
        fields: names of the fields that it is about.
        labels: the same for people.
        text: what is wrong, for people.
    """

    fields: tuple[str, ...]
    labels: tuple[str, ...]
    text: str


def read_faults(message: str, translate: Translate) -> list[Fault]:
    """The faults that a refusal names; none if it names no field.

    Args:
        message: of the rules: `red notice 2024/1: name: is missing; facts: is missing`.
        translate: into the reader's language.
    """
    _, _, said = message.partition(": ")
    found = [_fault(part, translate) for part in said.split("; ")]
    return [one for one in found if one is not None]


def by_field(faults: Sequence[Fault]) -> dict[str, str]:
    """What is wrong with each field; of more, the first."""
    said: dict[str, str] = {}
    for fault in faults:
        for name in fault.fields:
            said.setdefault(name, fault.text)
    return said


def _fault(part: str, translate: Translate) -> Fault | None:
    """One fault from its words: names of fields, a colon, what is wrong."""
    names, colon, wrong = part.partition(": ")
    fields = tuple(name.partition(".")[0] for name in names.split(", "))
    if not colon or not all(name in INPUTS or name in ASIDE for name in fields):
        return None
    text = next((text for pattern, text in FAULTS if pattern.search(wrong)), GENERAL)
    labels = tuple(translate(label_of(name)) for name in fields)
    return Fault(fields, labels, translate(text))


def label_of(name: str) -> str:
    """What people call a field; to be translated."""
    known = INPUTS.get(name)
    return ASIDE[name] if known is None else known.label
