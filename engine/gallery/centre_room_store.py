"""Who works in which room of the CCC, and the hand-overs between them, in the catalogue."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from engine.command_centre.handover import Handover
from engine.command_centre.room import Room
from engine.errors import NotFound
from engine.gallery.centre_tables import centre_handover, centre_seat
from engine.gallery.times import as_utc, as_utc_or_none

LARGEST = 2**63 - 1
"""Number that a column can hold."""


def sit_down(connection: Connection, actor: str, room: Room, at: datetime) -> None:
    """Note that somebody works in a room from now on, and in no other."""
    connection.execute(delete(centre_seat).where(centre_seat.c.actor == actor))
    connection.execute(insert(centre_seat).values(actor=actor, room=room.value, at=at))


def room_of(connection: Connection, actor: str) -> Room | None:
    """The room that somebody works in; None if they have named none."""
    query = select(centre_seat.c.room).where(centre_seat.c.actor == actor)
    found = connection.execute(query).scalar()
    return None if found is None else Room(found)


def add_handover(connection: Connection, new: Handover) -> Handover:
    """Record a hand-over; that of a duty which has one already is that one."""
    known = find_handover(connection, new.shift_ends_at)
    if known is not None:
        return known
    row: dict[str, object] = {
        "shift_ends_at": new.shift_ends_at,
        "from_room": new.from_room.value,
        "to_room": new.to_room.value,
        "note": new.note,
        "offered_by": new.offered_by,
        "offered_at": new.offered_at,
        "items": [],
    }
    connection.execute(insert(centre_handover).values(**row))
    return _handover(
        connection.execute(
            select(centre_handover).where(centre_handover.c.shift_ends_at == new.shift_ends_at)
        ).mappings().one()
    )  # fmt: skip


def find_handover(connection: Connection, shift_ends_at: datetime) -> Handover | None:
    """The hand-over of a duty."""
    query = select(centre_handover).where(centre_handover.c.shift_ends_at == shift_ends_at)
    row = connection.execute(query).mappings().first()
    return None if row is None else _handover(row)


def read_handover(connection: Connection, number: int) -> Handover:
    """A hand-over.

    Raises:
        NotFound: there is none of this number.
    """
    query = select(centre_handover).where(centre_handover.c.id == number)
    row = connection.execute(query).mappings().first() if 0 < number <= LARGEST else None
    if row is None:
        raise NotFound(f"no hand-over {number}")
    return _handover(row)


def save_acknowledgement(connection: Connection, after: Handover) -> bool:
    """Write that a room has taken over; tells whether nobody was first."""
    free = (centre_handover.c.id == after.id, centre_handover.c.acknowledged_at.is_(None))
    done = {
        "acknowledged_by": after.acknowledged_by,
        "acknowledged_at": after.acknowledged_at,
        "items": list(after.items),
    }
    return connection.execute(update(centre_handover).where(*free).values(**done)).rowcount == 1


def list_handovers(connection: Connection, limit: int) -> list[Handover]:
    """The latest hand-overs, the latest first."""
    query = select(centre_handover).order_by(centre_handover.c.id.desc()).limit(limit)
    return [_handover(row) for row in connection.execute(query).mappings()]


def _handover(row: RowMapping) -> Handover:
    """A hand-over from its row."""
    return Handover(
        id=row["id"],
        shift_ends_at=as_utc(row["shift_ends_at"]),
        from_room=Room(row["from_room"]),
        to_room=Room(row["to_room"]),
        note=row["note"],
        offered_by=row["offered_by"],
        offered_at=as_utc(row["offered_at"]),
        acknowledged_by=row["acknowledged_by"],
        acknowledged_at=as_utc_or_none(row["acknowledged_at"]),
        items=tuple(row["items"]),
    )
