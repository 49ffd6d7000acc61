"""The work of the CCC in the catalogue."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    and_,
    case,
    func,
    insert,
    select,
    true,
    update,
)

from engine.asker import Asker
from engine.command_centre.item import Item, ItemKind, ItemState
from engine.command_centre.room import Room
from engine.errors import Conflict, NotFound
from engine.events.subject import Subject, SubjectKind
from engine.gallery.centre_tables import centre_change, centre_item
from engine.gallery.seen_subjects import is_seen_subject
from engine.gallery.times import as_utc, as_utc_or_none
from engine.messages.priority import Priority


@dataclass(frozen=True, slots=True)
class ItemFilter:
    """Which items are wanted, and which part of the list.

    Attributes:
        offset, limit: items before the part, and most items of it.
        state: only those that stand there; None is all that is not done.
        room: only those of this room.
    """

    offset: int
    limit: int
    state: ItemState | None = None
    room: Room | None = None


@dataclass(frozen=True, slots=True)
class ItemChange:
    """What was done with an item.

    Attributes:
        revision: of the item after it.
        act: such as `take`.
        room: whose it was then.
        note: what was said about it.
        actor, at: who did it, and when.
    """

    revision: int
    act: str
    room: Room
    note: str
    actor: str
    at: datetime


def add_item(connection: Connection, new: Item, actor: str) -> bool:
    """Record an item, unless there is one of this occasion; tells whether there was none."""
    same = (
        centre_item.c.kind == new.kind.value,
        centre_item.c.subject == new.subject.id,
        centre_item.c.occasion == new.occasion,
    )
    if connection.execute(select(centre_item.c.id).where(*same)).first() is not None:
        return False
    row = {
        "id": new.id,
        "kind": new.kind.value,
        "subject_kind": new.subject.kind.value,
        "subject": new.subject.id,
        "colour": new.subject.colour,
        "person_id": new.subject.person_id,
        "occasion": new.occasion,
        "priority": new.priority.value,
        "opened_at": new.opened_at,
        "due_at": new.due_at,
        **_standing(new),
    }
    connection.execute(insert(centre_item).values(**row))
    add_change(connection, new.id, ItemChange(1, "open", new.room, "", actor, new.opened_at))
    return True


def save_item(connection: Connection, after: Item, change: ItemChange) -> None:
    """Write where an item stands after a step, if it stood one revision before.

    Raises:
        Conflict: somebody else was first.
    """
    before = (centre_item.c.id == after.id, centre_item.c.revision == after.revision - 1)
    step = update(centre_item).where(*before).values(**_standing(after))
    if connection.execute(step).rowcount != 1:
        raise Conflict(f"item {after.id} has changed meanwhile")
    add_change(connection, after.id, change)


def add_change(connection: Connection, item_id: str, change: ItemChange) -> None:
    """Record what was done with an item."""
    connection.execute(
        insert(centre_change).values(
            item_id=item_id,
            revision=change.revision,
            act=change.act,
            room=change.room.value,
            note=change.note,
            actor=change.actor,
            at=change.at,
        )
    )


def read_item(connection: Connection, item_id: str, asker: Asker, today: date) -> Item:
    """An item whose subject the asker may see.

    Raises:
        NotFound: there is none; which of the reasons it is, is not told.
    """
    seen = is_seen_subject(centre_item, asker, today)
    query = select(centre_item).where(centre_item.c.id == item_id, seen)
    row = connection.execute(query).mappings().first()
    if row is None:
        raise NotFound(f"no item {item_id!r}")
    return _item(row)


def list_items(
    connection: Connection, wanted: ItemFilter, asker: Asker, today: date
) -> tuple[list[Item], int]:
    """A part of the items that the asker may see, the most pressing first, and the number of all.

    By priority, then by what is to be done first.
    """
    where = and_(is_seen_subject(centre_item, asker, today), _is_wanted(wanted))
    counted = select(func.count()).select_from(centre_item).where(where)
    total = connection.execute(counted).scalar_one()
    rank = case(
        {one.value: place for place, one in enumerate(Priority)}, value=centre_item.c.priority
    )
    order = (rank.desc(), centre_item.c.due_at, centre_item.c.id)
    query = select(centre_item).where(where).order_by(*order)
    rows = connection.execute(query.offset(wanted.offset).limit(wanted.limit)).mappings()
    return [_item(row) for row in rows], total


def read_item_changes(connection: Connection, item_id: str) -> list[ItemChange]:
    """All that was done with an item, in order."""
    query = select(centre_change).where(centre_change.c.item_id == item_id)
    return [
        ItemChange(
            row["revision"], row["act"], Room(row["room"]), row["note"], row["actor"],
            as_utc(row["at"]),
        )
        for row in connection.execute(query.order_by(centre_change.c.revision)).mappings()
    ]  # fmt: skip


def items_of_room(connection: Connection, room: Room) -> list[Item]:
    """All that a room has not done, whoever may see it: a hand-over drops nothing."""
    mine = (centre_item.c.room == room.value, _is_waiting())
    query = select(centre_item).where(*mine).order_by(centre_item.c.due_at, centre_item.c.id)
    return [_item(row) for row in connection.execute(query).mappings()]


def seen_items(
    connection: Connection, ids: Collection[str], asker: Asker, today: date
) -> list[str]:
    """Those of some items that the asker may see, in their order."""
    seen = is_seen_subject(centre_item, asker, today)
    query = select(centre_item.c.id).where(centre_item.c.id.in_(ids), seen)
    known = set(connection.execute(query).scalars())
    return [one for one in ids if one in known]


def holder_of(connection: Connection, kind: ItemKind, subject: str) -> str | None:
    """The operator who has an item about a subject in hands; None if nobody has."""
    query = select(centre_item.c.taken_by).where(
        centre_item.c.kind == kind.value,
        centre_item.c.subject == subject,
        centre_item.c.state == ItemState.TAKEN.value,
    )
    return connection.execute(query).scalars().first()


def warn_late_items(connection: Connection, now: datetime) -> list[Item]:
    """Items whose time has passed and whose room was not told so yet; now it was."""
    late = and_(_is_waiting(), centre_item.c.due_at <= now, centre_item.c.warned_at.is_(None))
    rows = connection.execute(select(centre_item).where(late)).mappings().all()
    ids = [row["id"] for row in rows]
    if ids:
        done = update(centre_item).where(centre_item.c.id.in_(ids)).values(warned_at=now)
        connection.execute(done)
    return [_item(row) for row in rows]


def _is_wanted(wanted: ItemFilter) -> ColumnElement[bool]:
    """What a filter asks for."""
    state = _is_waiting() if wanted.state is None else centre_item.c.state == wanted.state.value
    room = true() if wanted.room is None else centre_item.c.room == wanted.room.value
    return and_(state, room)


def _is_waiting() -> ColumnElement[bool]:
    """Items that are not done."""
    return centre_item.c.state.in_([ItemState.OPEN.value, ItemState.TAKEN.value])


def _standing(item: Item) -> dict[str, object]:
    """Where an item stands, as columns."""
    return {
        "state": item.state.value,
        "room": item.room.value,
        "taken_by": item.taken_by,
        "done_at": item.done_at,
        "revision": item.revision,
    }


def _item(row: RowMapping) -> Item:
    """An item from its row."""
    return Item(
        id=row["id"],
        kind=ItemKind(row["kind"]),
        subject=Subject(
            SubjectKind(row["subject_kind"]), row["subject"], row["colour"], row["person_id"]
        ),
        occasion=row["occasion"],
        priority=Priority(row["priority"]),
        opened_at=as_utc(row["opened_at"]),
        due_at=as_utc(row["due_at"]),
        room=Room(row["room"]),
        state=ItemState(row["state"]),
        taken_by=row["taken_by"],
        done_at=as_utc_or_none(row["done_at"]),
        revision=row["revision"],
    )
