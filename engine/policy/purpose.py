"""What a search is for, and which persons it may therefore find."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from engine.asker import Asker
from engine.errors import BadRequest
from engine.identity.roles import Role
from engine.persons import PersonStatus


class Purpose(StrEnum):
    """Why somebody asks (RPD article 10: no processing without a stated purpose)."""

    IDENTIFICATION = "identification"
    INVESTIGATION = "investigation"
    MISSING_PERSON = "missing_person"
    VICTIM_IDENTIFICATION = "victim_identification"
    ELIMINATION = "elimination"
    ADMINISTRATION = "administration"


FOUND_ONLY_FOR: Mapping[PersonStatus, frozenset[Purpose]] = {
    # A witness gave prints so that they can be told from the offender's at a scene.
    PersonStatus.WITNESS: frozenset({Purpose.ELIMINATION}),
    PersonStatus.VICTIM: frozenset(
        {Purpose.ELIMINATION, Purpose.MISSING_PERSON, Purpose.VICTIM_IDENTIFICATION}
    ),
}
"""Persons who are no suspects of anything, and the searches that may find them (RPD article 44).

All others are found by a search of any purpose.
"""


def admits_status(purpose: str, status: PersonStatus) -> bool:
    """Whether a search of this purpose may find persons of this status.

    A purpose that is unknown or not stated finds no more than an offender search does.
    """
    only_for = FOUND_ONLY_FOR.get(status)
    return only_for is None or purpose in only_for


def parse_purpose(text: str) -> Purpose:
    """Read a purpose by its name.

    Raises:
        BadRequest: there is none, or it is free text.
    """
    try:
        return Purpose(text.strip().lower())
    except ValueError:
        raise BadRequest(f"purpose {text!r}: state one of {', '.join(Purpose)}") from None


def require_case(asker: Asker) -> None:
    """Check that an investigator who searches does so for a case.

    Raises:
        BadRequest: no case is named.
    """
    if Role.INVESTIGATOR in asker.roles and not asker.case_ref.strip():
        raise BadRequest("case_ref: a search of an investigator names the case that it is for")
