"""What became of messages at their receivers, in the catalogue: read, acknowledged, late."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    and_,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from engine.asker import Asker
from engine.gallery.examination_tables import hit
from engine.gallery.message_tables import message, message_receipt, message_thread
from engine.gallery.seen_records import is_seen_person
from engine.gallery.times import as_utc, as_utc_or_none
from engine.messages.message import Late, Receipt
from engine.messages.priority import Priority


def add_receipts(
    connection: Connection, message_id: int, due: Mapping[str, datetime | None]
) -> None:
    """Record who gets a message, and by when each is to acknowledge it."""
    rows = [{"message_id": message_id, "ncb": ncb, "due_at": at} for ncb, at in due.items()]
    connection.execute(insert(message_receipt), rows)


def receipts_of(connection: Connection, ids: Collection[int]) -> dict[int, tuple[Receipt, ...]]:
    """What became of some messages, by receiver."""
    query = select(message_receipt).where(message_receipt.c.message_id.in_(ids))
    found: dict[int, tuple[Receipt, ...]] = {}
    for row in connection.execute(query.order_by(message_receipt.c.ncb)).mappings():
        found[row["message_id"]] = (*found.get(row["message_id"], ()), _receipt(row))
    return found


def mark_thread_read(connection: Connection, thread_id: str, asker: Asker, at: datetime) -> int:
    """Note that an organisation has read a thread; who read a message first stays.

    Returns:
        how many messages were unread.
    """
    there = select(message.c.id).where(message.c.thread_id == thread_id)
    unread = (
        message_receipt.c.message_id.in_(there),
        message_receipt.c.ncb == asker.ncb,
        message_receipt.c.read_at.is_(None),
    )
    read = {"read_at": at, "read_by": asker.actor}
    return connection.execute(update(message_receipt).where(*unread).values(**read)).rowcount


def mark_acknowledged(connection: Connection, message_id: int, asker: Asker, at: datetime) -> None:
    """Note that an organisation has acknowledged a message, and so has read it."""
    mine = (message_receipt.c.message_id == message_id, message_receipt.c.ncb == asker.ncb)
    for column, name in (("acknowledged_at", "acknowledged_by"), ("read_at", "read_by")):
        first = message_receipt.c[column].is_(None)
        values = {column: at, name: asker.actor}
        connection.execute(update(message_receipt).where(*mine, first).values(**values))


def find_late(connection: Connection, now: datetime) -> list[tuple[int, str]]:
    """Messages and organisations whose acknowledgement is late and was not told to the CCC."""
    query = select(message_receipt.c.message_id, message_receipt.c.ncb).where(_is_late(now))
    order = (message_receipt.c.due_at, message_receipt.c.message_id, message_receipt.c.ncb)
    return [(row.message_id, row.ncb) for row in connection.execute(query.order_by(*order))]


def escalate_receipt(connection: Connection, message_id: int, ncb: str, now: datetime) -> bool:
    """Note that the CCC is told of a late acknowledgement; tells whether it still was late."""
    mine = (message_receipt.c.message_id == message_id, message_receipt.c.ncb == ncb)
    step = update(message_receipt).where(*mine, _is_late(now)).values(escalated_at=now)
    return connection.execute(step).rowcount > 0


def list_escalated(
    connection: Connection, asker: Asker, today: date, offset: int, limit: int
) -> tuple[list[Late], int]:
    """A part of what the CCC was told of and is still owed, oldest first, and the number of all.

    Without those about hits whose person the asker may not see.
    """
    joined = message_receipt.join(message, message.c.id == message_receipt.c.message_id).join(
        message_thread, message_thread.c.id == message.c.thread_id
    )
    sees_hit = exists().where(
        hit.c.id == message_thread.c.hit_id, is_seen_person(hit.c.person_id, asker, today)
    )
    where = and_(
        message_receipt.c.escalated_at.is_not(None),
        message_receipt.c.acknowledged_at.is_(None),
        or_(message_thread.c.hit_id.is_(None), sees_hit),
    )
    total = connection.execute(select(func.count()).select_from(joined).where(where)).scalar_one()
    sent = [message.c[name].label(f"message_{name}") for name in _SENT]
    order = (message_receipt.c.escalated_at, message_receipt.c.message_id, message_receipt.c.ncb)
    query = select(message_receipt, *sent).select_from(joined).where(where).order_by(*order)
    return [
        _late(row) for row in connection.execute(query.offset(offset).limit(limit)).mappings()
    ], total


_SENT = ("thread_id", "number", "ncb", "priority", "at")


def _is_late(now: datetime) -> ColumnElement[bool]:
    """Receipts whose time has passed without a word, and that nobody was told of."""
    return and_(
        message_receipt.c.due_at <= now,
        message_receipt.c.acknowledged_at.is_(None),
        message_receipt.c.escalated_at.is_(None),
    )


def _late(row: RowMapping) -> Late:
    """A late acknowledgement from its row."""
    return Late(
        thread_id=row["message_thread_id"],
        number=row["message_number"],
        sender=row["message_ncb"],
        receipt=_receipt(row),
        priority=Priority(row["message_priority"]),
        sent_at=as_utc(row["message_at"]),
    )


def _receipt(row: Mapping[Any, Any]) -> Receipt:
    """What became of a message at one organisation, from its row."""
    return Receipt(
        ncb=row["ncb"],
        due_at=as_utc_or_none(row["due_at"]),
        read_at=as_utc_or_none(row["read_at"]),
        read_by=row["read_by"],
        acknowledged_at=as_utc_or_none(row["acknowledged_at"]),
        acknowledged_by=row["acknowledged_by"],
        escalated_at=as_utc_or_none(row["escalated_at"]),
    )
