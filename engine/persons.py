"""Persons on record and the occasions on which their prints were taken."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from engine.errors import BadRequest

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")
_DATE = re.compile(r"\d{4}(/\d{2}(/\d{2})?)?")


class PersonStatus(StrEnum):
    """What a person is on record for (RPD article 44)."""

    CONVICTED = "convicted"
    CHARGED = "charged"
    SUSPECT = "suspect"
    WITNESS = "witness"
    VICTIM = "victim"
    MISSING = "missing"
    UNKNOWN_BODY = "unknown_body"
    OTHER = "other"


class GalleryKind(StrEnum):
    """Which of a region's two galleries a print is in."""

    TENPRINT = "TP"
    UNSOLVED_LATENT = "UL"


@dataclass(frozen=True, slots=True)
class Person:
    """A person on record.

    Attributes:
        id: unique; letters, digits and `. _ : -`, at most 64.
        ncb: code of the bureau that owns the record.
        status: why the person is on record.
        family_name, forename: as the bureau wrote them; empty if unknown.
        sex: M, F or U (unknown).
        date_of_birth: `YYYY/MM/DD`, `YYYY/MM` or `YYYY`; empty if unknown.
        nationalities: country codes; codes outside ISO 3166 occur.
    """

    id: str
    ncb: str
    status: PersonStatus = PersonStatus.OTHER
    family_name: str = ""
    forename: str = ""
    sex: str = "U"
    date_of_birth: str = ""
    nationalities: tuple[str, ...] = field(default=())

    @property
    def name(self) -> str:
        """Family name in capitals, then the forename."""
        return f"{self.family_name.upper()} {self.forename}".strip()


def check_person(person: Person) -> Person:
    """The person, if its fields are well formed.

    Raises:
        BadRequest: names the field and what is wrong.
    """
    if not _ID.fullmatch(person.id):
        raise BadRequest(f"person id {person.id!r}: use 1 to 64 letters, digits and . _ : -")
    if person.sex not in ("M", "F", "U"):
        raise BadRequest(f"person {person.id}: sex {person.sex!r} is not M, F or U")
    if person.date_of_birth and not _DATE.fullmatch(person.date_of_birth):
        raise BadRequest(
            f"person {person.id}: date of birth {person.date_of_birth!r} is not YYYY/MM/DD, "
            "YYYY/MM or YYYY"
        )
    return person


def parse_status(text: str) -> PersonStatus:
    """Read a person status by name; nothing is `other`.

    Raises:
        BadRequest: names no status.
    """
    try:
        return PersonStatus(text.strip().lower() or "other")
    except ValueError:
        known = ", ".join(PersonStatus)
        raise BadRequest(f"unknown person status {text!r}; known are: {known}") from None
