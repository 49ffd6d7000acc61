"""Persons in the catalogue."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select

from engine.errors import Conflict, NotFound
from engine.gallery.catalogue import Change
from engine.gallery.tables import encounter, person
from engine.gallery.times import as_utc
from engine.persons import Person, PersonStatus

RETENTION = timedelta(days=5 * 365)
"""A record is kept at most five years before its owner must re-examine it."""


def add_person(change: Change, new: Person) -> None:
    """Record a person.

    Raises:
        Conflict: the id is taken.
    """
    existing = find_persons(change.connection, [new.id]).get(new.id)
    if existing is not None:
        # Whose it is, and whether it is more than an id that was given once, is not told.
        raise Conflict(f"the id {new.id} was given before")
    change.connection.execute(
        insert(person).values(
            id=new.id,
            ncb=new.ncb,
            status=new.status.value,
            family_name=new.family_name,
            forename=new.forename,
            sex=new.sex,
            date_of_birth=new.date_of_birth,
            nationalities=list(new.nationalities),
            recorded_at=change.at,
            retention_until=change.at + RETENTION,
        )
    )


def ensure_person(change: Change, new: Person) -> None:
    """Record a person, or accept one that is on record with the same facts.

    Raises:
        Conflict: the id belongs to a person with other facts.
    """
    existing = find_persons(change.connection, [new.id]).get(new.id)
    if existing is None:
        add_person(change, new)
    elif existing != new:
        raise Conflict(f"person {new.id} is already on record with other facts")


def read_person(connection: Connection, person_id: str) -> Person:
    """The person of this id.

    Raises:
        NotFound: no such person.
    """
    found = find_persons(connection, [person_id]).get(person_id)
    if found is None:
        raise NotFound(f"no person {person_id!r}")
    return found


def find_persons(connection: Connection, ids: list[str]) -> dict[str, Person]:
    """Those of the asked persons that are on record, by id."""
    rows = connection.execute(select(person).where(person.c.id.in_(ids))).mappings()
    return {row["id"]: _person(row) for row in rows}


def _person(row: RowMapping) -> Person:
    """A person from its row."""
    return Person(
        id=row["id"],
        ncb=row["ncb"],
        status=PersonStatus(row["status"]),
        family_name=row["family_name"],
        forename=row["forename"],
        sex=row["sex"],
        date_of_birth=row["date_of_birth"],
        nationalities=tuple(row["nationalities"]),
    )


def encounter_times(connection: Connection, ids: Collection[str]) -> dict[str, datetime]:
    """When some encounters were recorded, by their ids."""
    query = select(encounter.c.id, encounter.c.recorded_at).where(encounter.c.id.in_(ids))
    return {row.id: as_utc(row.recorded_at) for row in connection.execute(query)}


def add_encounter(change: Change, encounter_id: str, owner: Person) -> None:
    """Record an occasion on which prints were taken."""
    values: dict[str, Any] = {"id": encounter_id, "person_id": owner.id, "ncb": owner.ncb}
    change.connection.execute(insert(encounter).values(**values, recorded_at=change.at))
