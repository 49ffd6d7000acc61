"""Threads of messages in the catalogue."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
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
from engine.errors import NotFound
from engine.gallery.examination_tables import hit
from engine.gallery.message_tables import (
    message,
    message_attachment,
    message_party,
    message_receipt,
    message_thread,
)
from engine.gallery.receipt_store import add_receipts, receipts_of
from engine.gallery.sealed_columns import ATTACHMENT
from engine.gallery.seen_records import is_seen_person
from engine.gallery.times import as_utc, as_utc_or_none
from engine.gallery.vault import open_sealed, sealer_for
from engine.messages import AttachmentFacts, Draft, Priority, Thread, receivers
from engine.messages.message import Listed, Message
from engine.notices.signature import Signature


@dataclass(frozen=True, slots=True)
class ThreadPart:
    """Which part of a list is wanted.

    Attributes:
        offset, limit: entries before the part, and most entries of it.
        unread: only threads with a message that the reader's organisation has not read.
    """

    offset: int
    limit: int
    unread: bool = False


def add_thread(connection: Connection, new: Thread) -> None:
    """Record a thread without messages."""
    connection.execute(
        insert(message_thread).values(
            id=new.id,
            subject=new.subject,
            hit_id=new.hit_id,
            actor=new.opened.actor,
            ncb=new.opened.ncb,
            opened_at=new.opened.at,
            latest_at=None,
        )
    )
    parties = [{"thread_id": new.id, "ncb": ncb} for ncb in sorted(new.parties)]
    connection.execute(insert(message_party), parties)


def add_message(connection: Connection, thread: Thread, draft: Draft, by: Signature) -> Message:
    """Record a message with its files and what each receiver owes."""
    here = message.c.thread_id == thread.id
    count = connection.execute(select(func.count()).select_from(message).where(here)).scalar_one()
    row = {
        "thread_id": thread.id,
        "number": count + 1,
        "priority": draft.priority.value,
        "text": draft.text,
        "actor": by.actor,
        "ncb": by.ncb,
        "at": by.at,
    }
    made = connection.execute(insert(message).values(**row).returning(message.c.id)).scalar_one()
    _add_attachments(connection, made, draft)
    add_receipts(connection, made, receivers(thread, by.ncb, draft.priority, by.at))
    connection.execute(
        update(message_thread).where(message_thread.c.id == thread.id).values(latest_at=by.at)
    )
    return read_message(connection, thread, count + 1)


def read_thread(connection: Connection, thread_id: str, asker: Asker, today: date) -> Thread:
    """A thread that the asker's organisation takes part in.

    That of a hit is seen by those of them that may see the person.

    Raises:
        NotFound: there is none; which of the reasons it is, is not told.
    """
    query = select(message_thread).where(
        message_thread.c.id == thread_id, is_shown_thread(asker, today)
    )
    row = connection.execute(query).mappings().first()
    if row is None:
        raise NotFound(f"no thread {thread_id!r}")
    return _thread(row, _parties(connection, [thread_id]))


def list_threads(
    connection: Connection, wanted: ThreadPart, asker: Asker, today: date
) -> tuple[list[Listed], int]:
    """A part of the threads with messages, the one with the latest first, and the number of all."""
    where = and_(is_shown_thread(asker, today), message_thread.c.latest_at.is_not(None))
    if wanted.unread:
        where = and_(where, message_thread.c.id.in_(_unread_threads(asker.ncb)))
    total = connection.execute(
        select(func.count()).select_from(message_thread).where(where)
    ).scalar_one()
    order = (message_thread.c.latest_at.desc(), message_thread.c.id)
    query = select(message_thread).where(where).order_by(*order)
    rows = connection.execute(query.offset(wanted.offset).limit(wanted.limit)).mappings().all()
    ids = [row["id"] for row in rows]
    parties, counts = _parties(connection, ids), _counts(connection, ids, asker.ncb)
    return [Listed(_thread(row, parties), *counts[row["id"]]) for row in rows], total


def list_messages(
    connection: Connection, thread: Thread, part: ThreadPart
) -> tuple[list[Message], int]:
    """A part of the messages of a thread, the first first, and the number of all."""
    here = message.c.thread_id == thread.id
    total = connection.execute(select(func.count()).select_from(message).where(here)).scalar_one()
    query = select(message).where(here).order_by(message.c.number)
    rows = connection.execute(query.offset(part.offset).limit(part.limit)).mappings().all()
    return _messages(connection, rows), total


def read_message(connection: Connection, thread: Thread, number: int) -> Message:
    """A message of a thread.

    Raises:
        NotFound: there is none of this number.
    """
    query = select(message).where(message.c.thread_id == thread.id, message.c.number == number)
    row = connection.execute(query).mappings().first() if 0 < number < 2**31 else None
    if row is None:
        raise NotFound(f"no message {number} in thread {thread.id!r}")
    return _messages(connection, [row])[0]


def find_message(connection: Connection, message_id: int) -> tuple[str, int]:
    """Thread and number of a message on record."""
    query = select(message.c.thread_id, message.c.number).where(message.c.id == message_id)
    row = connection.execute(query).one()
    return row.thread_id, row.number


def find_numbered(connection: Connection, thread_id: str, number: int) -> int:
    """The id of a message on record, by thread and number."""
    query = select(message.c.id).where(message.c.thread_id == thread_id, message.c.number == number)
    return int(connection.execute(query).scalar_one())


@dataclass(frozen=True, slots=True)
class MessagePlace:
    """Where a message is, for those who may not read it.

    Attributes:
        thread_id, number: of the message.
        sender: organisation.
        priority: of the message.
        person_id: of the hit that the thread belongs to; None if it is free.
    """

    thread_id: str
    number: int
    sender: str
    priority: Priority
    person_id: str | None


def place_of(connection: Connection, message_id: int) -> MessagePlace:
    """Where a message on record is."""
    joined = message.join(message_thread, message_thread.c.id == message.c.thread_id).outerjoin(
        hit, hit.c.id == message_thread.c.hit_id
    )
    names = ("thread_id", "number", "ncb", "priority")
    columns = [*(message.c[name] for name in names), hit.c.person_id]
    query = select(*columns).select_from(joined).where(message.c.id == message_id)
    row = connection.execute(query).one()
    return MessagePlace(row.thread_id, row.number, row.ncb, Priority(row.priority), row.person_id)


def read_content(connection: Connection, of: Message, number: int) -> bytes:
    """The bytes of a file that a message has.

    Raises:
        NotFound: it was erased with its sender's keys.
    """
    query = select(message_attachment.c.content).where(
        message_attachment.c.message_id == of.id, message_attachment.c.number == number
    )
    sealed = bytes(connection.execute(query).scalar_one())
    if not sealed:
        raise NotFound(f"attachment {number} is erased")
    return open_sealed(connection, sealed, ATTACHMENT, of.by.ncb, of.id, number)


def is_shown_thread(asker: Asker, today: date) -> ColumnElement[bool]:
    """Threads that an asker may see."""
    takes_part = exists().where(
        message_party.c.thread_id == message_thread.c.id, message_party.c.ncb == asker.ncb
    )
    sees_hit = exists().where(
        hit.c.id == message_thread.c.hit_id, is_seen_person(hit.c.person_id, asker, today)
    )
    return and_(takes_part, or_(message_thread.c.hit_id.is_(None), sees_hit))


def _unread_threads(ncb: str) -> Any:
    """Ids of threads with a message that an organisation has not read."""
    joined = message.join(message_receipt, message_receipt.c.message_id == message.c.id)
    return (
        select(message.c.thread_id)
        .select_from(joined)
        .where(message_receipt.c.ncb == ncb, message_receipt.c.read_at.is_(None))
    )


def _counts(
    connection: Connection, ids: Collection[str], ncb: str
) -> dict[str, tuple[int, int, int]]:
    """Messages, unread ones and unacknowledged ones of some threads, for an organisation."""
    mine = and_(message_receipt.c.message_id == message.c.id, message_receipt.c.ncb == ncb)
    got = message_receipt.c.message_id.is_not(None)
    unread = and_(got, message_receipt.c.read_at.is_(None))
    owed = and_(message_receipt.c.due_at.is_not(None), message_receipt.c.acknowledged_at.is_(None))
    counted = [func.count(), *(func.count().filter(one) for one in (unread, owed))]
    query = (
        select(message.c.thread_id, *counted)
        .select_from(message.outerjoin(message_receipt, mine))
        .where(message.c.thread_id.in_(ids))
        .group_by(message.c.thread_id)
    )
    return {row[0]: (row[1], row[2], row[3]) for row in connection.execute(query)}


def _parties(connection: Connection, ids: Collection[str]) -> dict[str, frozenset[str]]:
    """Who takes part in some threads."""
    query = select(message_party).where(message_party.c.thread_id.in_(ids))
    found: dict[str, frozenset[str]] = {}
    for row in connection.execute(query):
        found[row.thread_id] = found.get(row.thread_id, frozenset()) | {row.ncb}
    return found


def _add_attachments(connection: Connection, message_id: int, draft: Draft) -> None:
    """Record the files of a message, numbered from 1."""
    if not draft.attachments:
        return
    sent = select(message.c.ncb).where(message.c.id == message_id)
    sealer = sealer_for(connection, connection.execute(sent).scalar_one())
    rows = [
        {
            "message_id": message_id,
            "number": place,
            "name": one.name,
            "media_type": one.media_type,
            "size": len(one.content),
            "sha256": one.sha256,
            "content": sealer.seal(one.content, ATTACHMENT, message_id, place),
        }
        for place, one in enumerate(draft.attachments, 1)
    ]
    connection.execute(insert(message_attachment), rows)


def _attachments_of(
    connection: Connection, ids: Collection[int]
) -> dict[int, tuple[AttachmentFacts, ...]]:
    """What is known of the files of some messages, in order."""
    columns = [
        message_attachment.c[name]
        for name in ("message_id", "number", "name", "media_type", "size", "sha256")
    ]
    query = select(*columns).where(message_attachment.c.message_id.in_(ids))
    found: dict[int, tuple[AttachmentFacts, ...]] = {}
    for message_id, *facts in connection.execute(query.order_by(message_attachment.c.number)):
        found[message_id] = (*found.get(message_id, ()), AttachmentFacts(*facts))
    return found


def _messages(connection: Connection, rows: Collection[RowMapping]) -> list[Message]:
    """Messages from their rows, with files and receipts."""
    ids = [row["id"] for row in rows]
    files, receipts = _attachments_of(connection, ids), receipts_of(connection, ids)
    return [
        Message(
            id=row["id"],
            thread_id=row["thread_id"],
            number=row["number"],
            text=row["text"],
            priority=Priority(row["priority"]),
            by=Signature(row["actor"], row["ncb"], as_utc(row["at"])),
            attachments=files.get(row["id"], ()),
            receipts=receipts.get(row["id"], ()),
        )
        for row in rows
    ]


def _thread(row: RowMapping, parties: Mapping[str, frozenset[str]]) -> Thread:
    """A thread from its row."""
    return Thread(
        id=row["id"],
        subject=row["subject"],
        hit_id=row["hit_id"],
        parties=parties[row["id"]],
        opened=Signature(row["actor"], row["ncb"], as_utc(row["opened_at"])),
        latest_at=as_utc_or_none(row["latest_at"]),
    )
