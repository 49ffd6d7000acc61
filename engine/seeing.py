"""Records as an asker may see them: what is hidden looks like what is not there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from sqlalchemy import Connection

from engine.asker import Asker
from engine.errors import Forbidden, NotFound
from engine.gallery.handling_store import find_person_facts, find_print_facts
from engine.gallery.person_store import read_person
from engine.gallery.print_store import PrintRecord, find_prints, prints_of
from engine.persons import Person
from engine.policy import may_see
from engine.policy.rules import is_owner


def today() -> date:
    """The day by which retention dates count."""
    return datetime.now(UTC).date()


def see_person(connection: Connection, person_id: str, asker: Asker) -> Person:
    """The person of this id.

    Raises:
        NotFound: there is none that the asker may see; which of the two is not told.
    """
    if not sees_person(connection, person_id, asker):
        raise NotFound(f"no person {person_id!r}")
    return read_person(connection, person_id)


def sees_person(connection: Connection, person_id: str, asker: Asker) -> bool:
    """Whether there is such a person and the asker may see it."""
    return bool(seen_persons(connection, [person_id], asker))


def seen_persons(connection: Connection, ids: Sequence[str], asker: Asker) -> set[str]:
    """Those of some persons that are on record and that the asker may see."""
    facts, day = find_person_facts(connection, ids), today()
    return {number for number, one in facts.items() if may_see(asker, one, day)}


def see_own_person(connection: Connection, person_id: str, asker: Asker) -> Person:
    """A person of the asker's own bureau.

    Raises:
        NotFound: there is none that the asker may see.
        Forbidden: it is another bureau's.
    """
    person = see_person(connection, person_id, asker)
    require_own(asker, person.ncb)
    return person


def require_own(asker: Asker, owner: str) -> None:
    """Check that an asker writes for the owner of a record.

    Raises:
        Forbidden: it is another bureau's.
    """
    if not is_owner(asker, owner):
        raise Forbidden("only its owner's people add to a record")


def see_print(connection: Connection, print_id: int, asker: Asker) -> PrintRecord:
    """What is known of a print.

    Raises:
        NotFound: there is none that the asker may see; which of the two is not told.
    """
    record = find_prints(connection, [print_id]).get(print_id)
    if record is None or not seen_prints(connection, [print_id], asker):
        raise NotFound(f"no print {print_id}")
    return record


def see_prints_of(connection: Connection, person_id: str, asker: Asker) -> list[PrintRecord]:
    """Those prints of a person that the asker may see, in the order of their recording."""
    records = prints_of(connection, person_id)
    seen = seen_prints(connection, [one.id for one in records], asker)
    return [one for one in records if one.id in seen]


def seen_prints(connection: Connection, ids: Sequence[int], asker: Asker) -> set[int]:
    """Those of some prints that are on record and that the asker may see."""
    facts, day = find_print_facts(connection, ids), today()
    return {number for number, one in facts.items() if may_see(asker, one, day)}
