"""Notices in the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, Select, func, insert, select

from engine.errors import Conflict, NotFound
from engine.gallery.catalogue import Change
from engine.gallery.tables import notice, person
from engine.notices import Colour, Notice, NoticeStatus


@dataclass(frozen=True, slots=True)
class NoticeFilter:
    """Which notices are wanted; None means any.

    Attributes:
        colour, ncb, person_id: equal to.
        name: the family name starts with this, whatever the case.
        nationality: one of the person's nationalities.
    """

    colour: Colour | None = None
    ncb: str | None = None
    person_id: str | None = None
    name: str | None = None


def add_notice(change: Change, new: Notice) -> None:
    """Record a notice.

    Raises:
        Conflict: a notice of this colour and id exists.
        NotFound: its person is not on record.
    """
    key = (notice.c.colour == new.colour.value, notice.c.entity_id == new.entity_id)
    if change.connection.execute(select(notice.c.ncb).where(*key)).first():
        raise Conflict(f"notice {new.colour} {new.entity_id} is already on record")
    known = select(person.c.id).where(person.c.id == new.person_id)
    if new.person_id is not None and not change.connection.execute(known).first():
        raise NotFound(f"notice {new.entity_id}: no person {new.person_id!r}")
    change.connection.execute(
        insert(notice).values(
            colour=new.colour.value,
            entity_id=new.entity_id,
            ncb=new.ncb,
            status=new.status.value,
            person_id=new.person_id,
            fields=dict(new.fields),
            recorded_at=change.at,
        )
    )


def read_notice(connection: Connection, colour: Colour, entity_id: str) -> Notice:
    """One published notice.

    Raises:
        NotFound: no such notice, or not published.
    """
    query = _published().where(notice.c.colour == colour.value, notice.c.entity_id == entity_id)
    row = connection.execute(query).mappings().first()
    if row is None:
        raise NotFound(f"no {colour} notice {entity_id}")
    return _notice(row)


def notices_of(connection: Connection, person_ids: Sequence[str]) -> dict[str, list[Notice]]:
    """Published notices about these persons, by person."""
    query = _published().where(notice.c.person_id.in_(person_ids))
    found: dict[str, list[Notice]] = {}
    for one in _notices(connection.execute(query).mappings()):
        found.setdefault(one.person_id or "", []).append(one)
    return found


def list_notices(
    connection: Connection, wanted: NoticeFilter, offset: int, limit: int
) -> tuple[list[Notice], int]:
    """A page of published notices, newest id first, and the number of all that fit."""
    query = _filtered(_published(), wanted)
    total = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    order = (notice.c.entity_id.desc(), notice.c.colour)
    rows = connection.execute(query.order_by(*order).offset(offset).limit(limit)).mappings()
    return _notices(rows), total


def _published() -> Select[tuple[object, ...]]:
    """All published notices, in a fixed order."""
    return select(notice).where(notice.c.status == NoticeStatus.PUBLISHED.value)


def _filtered(
    query: Select[tuple[object, ...]], wanted: NoticeFilter
) -> Select[tuple[object, ...]]:
    """The query with the conditions of a filter."""
    if wanted.colour is not None:
        query = query.where(notice.c.colour == wanted.colour.value)
    if wanted.ncb is not None:
        query = query.where(notice.c.ncb == wanted.ncb)
    if wanted.person_id is not None:
        query = query.where(notice.c.person_id == wanted.person_id)
    if wanted.name is not None:
        name = func.lower(notice.c.fields["name"].as_string())
        query = query.where(name.startswith(wanted.name.lower(), autoescape=True))
    return query


def _notices(rows: Iterable[RowMapping]) -> list[Notice]:
    """Notices from their rows."""
    return [_notice(row) for row in rows]


def _notice(row: RowMapping) -> Notice:
    """A notice from its row."""
    return Notice(
        colour=Colour(row["colour"]),
        entity_id=row["entity_id"],
        ncb=row["ncb"],
        status=NoticeStatus(row["status"]),
        person_id=row["person_id"],
        fields=row["fields"],
    )
