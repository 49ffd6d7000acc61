"""Persons whose time is over, in the catalogue, and what is erased of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import (
    ColumnElement,
    Connection,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    true,
    update,
)

from engine.gallery.catalogue import Change
from engine.gallery.examination_tables import examination, examination_decision
from engine.gallery.handling_store import note_policy
from engine.gallery.job_store import forget_answers_about
from engine.gallery.tables import person, print_, print_image
from engine.gallery.times import as_utc
from engine.gallery.upkeep_tables import retention_warning

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


@dataclass(frozen=True, slots=True)
class EndingPerson:
    """A person whose last day is near.

    Attributes:
        person_id: whose.
        ncb: of the owner.
        ends_at: last moment.
        classification: clearance that the record needs.
    """

    person_id: str
    ncb: str
    ends_at: datetime
    classification: int

    @property
    def until(self) -> date:
        """Last day."""
        return self.ends_at.date()


def unwarned_persons(
    connection: Connection, today: date, until: date, ncb: str | None = None
) -> list[EndingPerson]:
    """Persons whose last day is from today to another one, of which nobody was told yet.

    Args:
        connection: of the catalogue.
        today: first last day.
        until: last one.
        ncb: only of this bureau; None is all.
    """
    columns = (person.c.id, person.c.ncb, person.c.retention_until, person.c.classification)
    near = person.c.retention_until.between(
        datetime.combine(today, time.min, UTC), datetime.combine(until, time.max, UTC)
    )
    own = true() if ncb is None else person.c.ncb == ncb
    told = exists().where(
        retention_warning.c.person_id == person.c.id,
        retention_warning.c.until == person.c.retention_until,
    )
    query = select(*columns).where(near, own, ~told, _has_anything())
    rows = connection.execute(query.order_by(person.c.retention_until, person.c.id))
    return [
        EndingPerson(row.id, row.ncb, as_utc(row.retention_until), row.classification)
        for row in rows
    ]


def note_warning(connection: Connection, told: EndingPerson, at: datetime) -> None:
    """Remember that an owner was told of a last day."""
    values = {"person_id": told.person_id, "until": told.ends_at, "at": at}
    connection.execute(insert(retention_warning).values(**values))


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
    forget_traces(change.connection, [person_id])
    note_policy(change)
    return numbers


def forget_traces(connection: Connection, persons: Collection[str]) -> None:
    """Erase what others keep of some persons' prints: marked minutiae, and answers of searches."""
    cases = select(examination.c.id).where(examination.c.person_id.in_(persons))
    marked = examination_decision.c.examination_id.in_(cases)
    connection.execute(update(examination_decision).where(marked).values(pairs=ERASED))
    forget_answers_about(connection, persons)


def _has_anything() -> ColumnElement[bool]:
    """Whether there is something of a person left to be erased."""
    texts = [person.c.family_name, person.c.forename, person.c.date_of_birth]
    mine = print_.c.person_id == person.c.id
    kept = exists().where(mine, func.length(print_.c.template) > 0)
    return or_(kept, person.c.sex != "U", *[text != "" for text in texts])
