"""Persons whose last day of use has passed: nobody sees them, and their bureau erases them.

A record waits between the two, so that a purge is an act of its owner, told in the audit chain.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from engine import audit
from engine.asker import Asker
from engine.errors import Forbidden
from engine.gallery.catalogue import Catalogue
from engine.gallery.handling_store import find_person_facts
from engine.gallery.retention_store import erase_person, persons_until
from engine.identity.roles import Role
from engine.policy.rules import is_owner

WARN_DAYS = 90
"""How long before its last day a record is named, unless another time is given: its owner can
re-examine it and set another day, which nobody can any more once it has passed."""


@dataclass(frozen=True, slots=True)
class Ending:
    """A person whose record ends, or has ended.

    Attributes:
        person_id: whose.
        until: last day of use.
        over: whether it has passed.
    """

    person_id: str
    until: date
    over: bool


def list_ending(
    catalogue: Catalogue, asker: Asker, today: date, warn_days: int = WARN_DAYS
) -> list[Ending]:
    """Persons of the asker's bureau whose last day has passed or is near, the earliest first.

    Raises:
        Forbidden: the asker is no officer of a bureau.
    """
    require_officer(asker)
    with catalogue.recording() as connection:
        found = persons_until(connection, asker.ncb, today + timedelta(days=warn_days))
        audit.record(connection, asker, "list.persons", "", {"shown": [one for one, _ in found]})
    return [Ending(person_id, until, over=until < today) for person_id, until in found]


def purge(catalogue: Catalogue, asker: Asker, today: date) -> list[Ending]:
    """Erase prints, images, templates and facts of those persons whose last day has passed.

    Each has a transaction of its own, so an interrupted purge is gone on with by the next. Rows of
    the audit chain stay. Index files hold the prints, hidden, until the indexer takes them out or
    `engine.protection.erasing.purge_copies` does.

    Returns:
        those erased.

    Raises:
        Forbidden: the asker is no officer of a bureau.
    """
    ending = list_ending(catalogue, asker, today, warn_days=0)
    return [one for one in ending if one.over and _erase(catalogue, one.person_id, asker, today)]


def _erase(catalogue: Catalogue, person_id: str, asker: Asker, today: date) -> bool:
    """Erase a person if its day has passed still; tells whether it did."""
    with catalogue.changing() as change:
        facts = find_person_facts(change.connection, [person_id])[person_id]
        if facts.retention_until >= today or not is_owner(asker, facts.owner):
            return False
        prints = erase_person(change, person_id)
        detail = {"prints": prints, "retention_until": facts.retention_until.isoformat()}
        audit.record(change.connection, asker, "person.purge", person_id, detail)
        return True


def require_officer(asker: Asker) -> None:
    """Check that an asker speaks for a bureau.

    Raises:
        Forbidden: the asker does not.
    """
    if not asker.ncb or Role.NCB_OFFICER not in asker.roles:
        raise Forbidden("the end of records is for the officers of their bureau")
