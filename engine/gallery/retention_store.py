"""Persons whose time is over, in the catalogue, and what is erased of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from sqlalchemy import ColumnElement, Connection, delete, exists, func, or_, select, update

from engine.gallery.catalogue import Change
from engine.gallery.handling_store import note_policy
from engine.gallery.tables import person, print_, print_image
from engine.gallery.times import as_utc

ERASED = b""
"""What is left of a template."""


def persons_until(connection: Connection, ncb: str, day: date) -> list[tuple[str, date]]:
    """Persons of a bureau that may be used until this day at most, the earliest first.

    Those of whom nothing is left to be erased are not among them.
    """
    query = select(person.c.id, person.c.retention_until).where(
        person.c.ncb == ncb,
        person.c.retention_until <= datetime.combine(day, time.max, UTC),
        _has_anything(),
    )
    rows = connection.execute(query.order_by(person.c.retention_until, person.c.id))
    return [(row.id, as_utc(row.retention_until).date()) for row in rows]


def erase_person(change: Change, person_id: str) -> list[int]:
    """Take a person's prints out of every search and erase templates, images and facts.

    What is left is a row with id, owner and dates: the id is not given again, and the audit chain
    still tells the owner of accesses.

    Returns:
        numbers of the prints.
    """
    mine = print_.c.person_id == person_id
    numbers = list(change.connection.execute(select(print_.c.id).where(mine)).scalars())
    images = print_image.c.print_id.in_(select(print_.c.id).where(mine))
    change.connection.execute(delete(print_image).where(images))
    blank = {"template": ERASED, "source": "", "image_sha256": "", "minutiae": 0, "quality": 0}
    removed = func.coalesce(print_.c.removed, change.tick)
    change.connection.execute(update(print_).where(mine).values(removed=removed, **blank))
    facts = {"family_name": "", "forename": "", "date_of_birth": "", "sex": "U"}
    erased = update(person).where(person.c.id == person_id).values(nationalities=[], **facts)
    change.connection.execute(erased)
    note_policy(change)
    return numbers


def _has_anything() -> ColumnElement[bool]:
    """Whether there is something of a person left to be erased."""
    texts = [person.c.family_name, person.c.forename, person.c.date_of_birth]
    mine = print_.c.person_id == person.c.id
    kept = exists().where(mine, func.length(print_.c.template) > 0)
    return or_(kept, person.c.sex != "U", *[text != "" for text in texts])
