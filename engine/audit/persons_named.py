"""Which persons an act is about and which it showed, told from its row."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection

from engine.gallery.audit_store import (
    PersonLink,
    Way,
    persons_of_notice,
    persons_of_prints,
)

_PERSONS = frozenset({"person", "person-handling", "enrol", "accesses"})
"""What acts are done to whose subject is a person's id."""

_PRINTS = frozenset({"print", "image", "print-handling"})
"""The same for the number of a print."""

_SHOWING = frozenset({"search", "persons"})
"""Acts whose `shown` are ids of persons; others show notices, users or entries."""


def noun_of(action: str) -> str:
    """What an action is done to: `person` in `person.add` and in `read.person`."""
    first, _, rest = action.partition(".")
    return rest if first in ("read", "list") and rest else first


def is_done_to_persons(action: str) -> bool:
    """Whether the subject of an action is a person's id."""
    return noun_of(action) in _PERSONS


def name_persons(
    connection: Connection,
    action: str,
    subject: str,
    detail: Mapping[str, Any],
    about: Collection[str] = (),
) -> dict[str, Way]:
    """Ids of the persons of an act.

    Args:
        connection: of the act's transaction.
        action, subject, detail: of the row.
        about: further persons that it is about, which the caller knows.
    """
    noun = noun_of(action)
    meant = _about(connection, noun, subject, detail) | set(about)
    return {
        **dict.fromkeys(_shown(noun, detail), Way.SHOWN),
        **dict.fromkeys(meant, Way.ABOUT),
    }


def link_persons(ways: Mapping[str, Way], owners: Mapping[str, str]) -> tuple[PersonLink, ...]:
    """Those persons of an act that are on record, and so have an owner, in order."""
    return tuple(
        PersonLink(one, owners[one], way.value)
        for one, way in sorted(ways.items())
        if one in owners
    )


def _about(connection: Connection, noun: str, subject: str, detail: Mapping[str, Any]) -> set[str]:
    """Ids of the persons that an act on this is about."""
    if noun in _PERSONS:
        return {subject} if subject else set()
    if noun in _PRINTS and subject.isdecimal():
        return persons_of_prints(connection, [int(subject)])
    if noun == "prints":
        return persons_of_prints(connection, _integers(detail.get("prints")))
    if noun == "notice-images" and "/" in subject:
        colour, _, entity_id = subject.partition("/")
        return persons_of_notice(connection, colour, entity_id)
    return set()


def _shown(noun: str, detail: Mapping[str, Any]) -> set[str]:
    """Ids of the persons that an act on this showed."""
    listed = detail.get("shown") if noun in _SHOWING else None
    return {one for one in listed if isinstance(one, str)} if isinstance(listed, list) else set()


def _integers(value: Any) -> list[int]:
    """The numbers of a list."""
    return [one for one in value if isinstance(one, int)] if isinstance(value, list) else []
