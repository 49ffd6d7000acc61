"""The owner's choice of how its records are handled, which holds from the next answer on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection

from engine import audit
from engine.asker import Asker
from engine.errors import BadRequest, Forbidden, NotFound, StaleVersion
from engine.events.event import EventKind
from engine.events.noting import note_event
from engine.events.subject import person_subject
from engine.gallery.catalogue import Catalogue, Change
from engine.gallery.handling_store import (
    find_person_facts,
    find_print_facts,
    read_person_revision,
    read_print_handling,
    write_person_handling,
    write_print_handling,
)
from engine.gallery.person_store import RETENTION
from engine.gallery.print_store import find_prints
from engine.identity.clearance import Clearance
from engine.notices.restriction import Restriction
from engine.persons import PersonStatus
from engine.policy import Handling, RecordFacts, may_change, may_see
from engine.policy.rules import is_owner
from engine.seeing import today


@dataclass(frozen=True, slots=True)
class HandlingChange:
    """What to change of a record's handling; None stays as it is.

    Attributes:
        restriction: bureaus that may see it.
        classification: clearance that it takes.
        status: of the person.
        retention_until: last day on which the person's record may be used.
    """

    restriction: Restriction | None = None
    classification: Clearance | None = None
    status: PersonStatus | None = None
    retention_until: date | None = None


@dataclass(frozen=True, slots=True)
class Handled:
    """How a record is handled.

    Attributes:
        own: its own restriction and classification; a print's person has further ones.
        facts: all that holds for it.
        revision: counts its changes, from 1.
    """

    own: Handling
    facts: RecordFacts
    revision: int


def look_up_person_handling(catalogue: Catalogue, person_id: str, asker: Asker) -> Handled:
    """How a person's record is handled, for the people of its owner.

    Raises:
        NotFound: there is none that the asker may see.
        Forbidden: it is another bureau's.
    """
    with catalogue.recording() as connection:
        facts = find_person_facts(connection, [person_id]).get(person_id)
        handled = _person(connection, person_id, require_owner(facts, asker, "person", person_id))
        audit.record(connection, asker, "read.person-handling", person_id, {})
        return handled


def look_up_print_handling(catalogue: Catalogue, print_id: int, asker: Asker) -> Handled:
    """How a print is handled beyond its person, for the people of its owner.

    Raises:
        NotFound: there is none that the asker may see.
        Forbidden: it is another bureau's.
    """
    with catalogue.recording() as connection:
        facts = find_print_facts(connection, [print_id]).get(print_id)
        handled = _print(connection, print_id, require_owner(facts, asker, "print", print_id))
        audit.record(connection, asker, "read.print-handling", str(print_id), {})
        return handled


def change_person_handling(
    catalogue: Catalogue, person_id: str, wanted: HandlingChange, revision: int, asker: Asker
) -> Handled:
    """Change how a person's record, with all its prints, is handled.

    Raises:
        NotFound: there is none that the asker may see.
        Forbidden: the asker is no officer of its owner, or would lose sight of it.
        StaleVersion: it is at another revision.
        BadRequest: the retention date is past, or later than it can be.
    """
    with changing(catalogue, wanted, asker) as change:
        facts = find_person_facts(change.connection, [person_id]).get(person_id)
        old = require_officer(facts, asker, "person", person_id)
        require_current(read_person_revision(change.connection, person_id), revision)
        if wanted.retention_until is not None:
            check_retention(wanted.retention_until)
        own = changed(old.handling[0], wanted)
        new = replace(
            old,
            status=wanted.status or old.status,
            retention_until=wanted.retention_until or old.retention_until,
            handling=(own,),
        )
        write_person_handling(change, person_id, new)
        audit.record(change.connection, asker, "person.handle", person_id, told(new))
        _tell(change, "handling", person_id, new)
        return Handled(own, new, revision + 1)


def change_print_handling(
    catalogue: Catalogue, print_id: int, wanted: HandlingChange, revision: int, asker: Asker
) -> Handled:
    """Handle a print more strictly than its person, or as its person again.

    Raises:
        NotFound: there is none that the asker may see.
        Forbidden: the asker is no officer of its owner, or would lose sight of it.
        StaleVersion: it is at another revision.
    """
    with changing(catalogue, wanted, asker) as change:
        facts = find_print_facts(change.connection, [print_id]).get(print_id)
        old = require_officer(facts, asker, "print", print_id)
        before, current = read_print_handling(change.connection, print_id)
        require_current(current, revision)
        own = changed(before, wanted)
        new = replace(old, handling=(old.handling[0], own))
        write_print_handling(change, print_id, own, revision + 1)
        audit.record(change.connection, asker, "print.handle", str(print_id), told(new))
        person_id = find_prints(change.connection, [print_id])[print_id].person_id
        _tell(change, "print-handling", person_id, new)
        return Handled(own, new, revision + 1)


@contextmanager
def changing(catalogue: Catalogue, wanted: HandlingChange, asker: Asker) -> Iterator[Change]:
    """A transaction that changes handling.

    Raises:
        Forbidden: the new class is above the asker's clearance.
    """
    if wanted.classification is not None and wanted.classification > asker.clearance:
        raise Forbidden(f"your clearance is {asker.clearance.label}: you would lose sight of it")
    with catalogue.changing() as change:
        yield change


def _tell(change: Change, act: str, person_id: str, facts: RecordFacts) -> None:
    """Tell the owner's listeners; others learn nothing of what is hidden from or shown to them."""
    about = person_subject(person_id)
    note_event(change.connection, EventKind.RECORD, act, about, [facts.owner], at=change.at)


def _person(connection: Connection, person_id: str, facts: RecordFacts) -> Handled:
    """How a person is handled."""
    return Handled(facts.handling[0], facts, read_person_revision(connection, person_id))


def _print(connection: Connection, print_id: int, facts: RecordFacts) -> Handled:
    """How a print is handled."""
    own, revision = read_print_handling(connection, print_id)
    return Handled(own, facts, revision)


def require_owner(
    facts: RecordFacts | None, asker: Asker, what: str, number: str | int
) -> RecordFacts:
    """The facts of a record that is the asker's bureau's.

    Raises:
        NotFound: there is none that the asker may see; which of the two is not told.
        Forbidden: it is another bureau's.
    """
    if facts is None or not may_see(asker, facts, today()):
        raise NotFound(f"no {what} {number!r}")
    if not is_owner(asker, facts.owner):
        raise Forbidden("how a record is handled is its owner's business")
    return facts


def require_officer(
    facts: RecordFacts | None, asker: Asker, what: str, number: str | int
) -> RecordFacts:
    """The facts of a record that the asker may change.

    Raises:
        NotFound: there is none that the asker may see.
        Forbidden: the asker is no officer of its owner.
    """
    owned = require_owner(facts, asker, what, number)
    if not may_change(asker, owned, today()):
        raise Forbidden("only an officer of its owner changes how a record is handled")
    return owned


def require_current(current: int, revision: int) -> None:
    """Check that nobody came between.

    Raises:
        StaleVersion: somebody did.
    """
    if current != revision:
        raise StaleVersion(f"it is at revision {current}, you have read {revision}")


def check_retention(until: date) -> None:
    """Check a new retention date.

    Raises:
        BadRequest: it is past, or more than five years from this re-examination.
    """
    latest = today() + RETENTION
    if not today() <= until <= latest:
        raise BadRequest(f"retention {until}: give a day from {today()} to {latest}")


def changed(old: Handling, wanted: HandlingChange) -> Handling:
    """The handling with what is wanted of it."""
    return Handling(
        old.restriction if wanted.restriction is None else wanted.restriction,
        old.classification if wanted.classification is None else wanted.classification,
    )


def told(facts: RecordFacts) -> dict[str, Any]:
    """What the audit chain keeps of a change."""
    restrictions = [
        {"mode": one.restriction.mode.value, "ncbs": sorted(one.restriction.ncbs)}
        for one in facts.handling
    ]
    return {
        "restrictions": restrictions,
        "classification": facts.classification.label,
        "status": facts.status.value,
        "retention_until": facts.retention_until.isoformat(),
    }
