"""Sending messages: the first of a new thread, and answers in one."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from engine import audit
from engine.asker import Asker
from engine.centre_desk.opening import open_item
from engine.command_centre.item import ItemKind
from engine.errors import Conflict, Forbidden
from engine.events.event import EventKind
from engine.events.noting import note_event
from engine.events.subject import Subject, SubjectKind
from engine.examination.file import HitFile, check_id
from engine.gallery.catalogue import Catalogue
from engine.gallery.centre_store import holder_of
from engine.gallery.message_store import (
    add_message,
    add_thread,
    find_message,
    read_message,
    read_thread,
)
from engine.gallery.transaction_store import Transaction, find_done, note_done
from engine.identity.organisations import CENTRE
from engine.messages import Draft, Thread, check_draft, parties_of
from engine.messages.draft import check_subject
from engine.messages.message import Message
from engine.notices.signature import Signature
from engine.seeing import today


@dataclass(frozen=True, slots=True)
class Sent:
    """A message with the thread that it is in."""

    thread: Thread
    message: Message


@dataclass(frozen=True, slots=True)
class NewThread:
    """A thread that somebody wants to open.

    Attributes:
        subject: what it is about.
        recipients: codes of the organisations that shall take part.
    """

    subject: str
    recipients: frozenset[str]


def open_thread(
    catalogue: Catalogue, new: NewThread, draft: Draft, transaction_id: str, asker: Asker
) -> Sent:
    """Send the first message of a free thread; under the same transaction id it is sent once.

    Raises:
        Forbidden: the asker is of no organisation.
        BadRequest: recipients, subject, text or a file are none.
        Conflict: the transaction id stands for something else.
    """
    _check(draft, transaction_id, asker)
    subject, parties = check_subject(new.subject), parties_of(asker.ncb, new.recipients)
    said = {"subject": subject, "to": sorted(new.recipients), **_content(draft, asker)}
    wanted = Transaction(asker.ncb, transaction_id, "message.open", said)
    with catalogue.recording() as connection:
        known = find_done(connection, wanted)
        if known is not None:
            return _again(connection, known, asker)
        by = Signature(asker.actor, asker.ncb, datetime.now(UTC))
        thread = Thread(uuid.uuid4().hex, subject, None, parties, by)
        add_thread(connection, thread)
        return _send(connection, thread, draft, wanted, asker)


def reply(
    catalogue: Catalogue, thread_id: str, draft: Draft, transaction_id: str, asker: Asker
) -> Sent:
    """Send a message in a thread; under the same transaction id it is sent once.

    Raises:
        Forbidden: the asker is of no organisation.
        BadRequest: text or a file are none.
        NotFound: there is no such thread that the asker takes part in.
        Conflict: the transaction id stands for something else, or another operator of the CCC is
            at work on the thread.
    """
    _check(draft, transaction_id, asker)
    said = {"thread": thread_id, **_content(draft, asker)}
    wanted = Transaction(asker.ncb, transaction_id, "message.reply", said)
    with catalogue.recording() as connection:
        known = find_done(connection, wanted)
        if known is not None:
            return _again(connection, known, asker)
        thread = read_thread(connection, thread_id, asker, today())
        _require_free(connection, thread, asker)
        return _send(connection, thread, draft, wanted, asker)


def open_hit_thread(connection: Connection, hit: HitFile, asker: Asker) -> None:
    """Make the thread of a new hit, between its two bureaus, with the CCC reading along."""
    parties = frozenset({hit.sides.asking, hit.sides.owner, CENTRE})
    by = Signature(asker.actor, asker.ncb, hit.opened_at)
    add_thread(connection, Thread(hit.id, "", hit.id, parties, by))


def _check(draft: Draft, transaction_id: str, asker: Asker) -> None:
    """Check what can be checked without the catalogue."""
    if not asker.ncb:
        raise Forbidden("messages are between organisations")
    check_id("transaction_id", transaction_id)
    check_draft(draft)


def _send(
    connection: Connection, thread: Thread, draft: Draft, wanted: Transaction, asker: Asker
) -> Sent:
    """Record a message, what was done, and the audit row."""
    by = Signature(asker.actor, asker.ncb, datetime.now(UTC))
    made = add_message(connection, thread, draft, by)
    note_done(connection, wanted, str(made.id), by.at)
    detail = {
        "number": made.number,
        "priority": draft.priority.value,
        "to": [one.ncb for one in made.receipts],
        "attachments": [one.sha256 for one in draft.attachments],
    }
    audit.record(connection, asker, wanted.act, thread.id, detail)
    tell_of_message(connection, thread, made)
    return Sent(read_thread(connection, thread.id, asker, today()), made)


def _require_free(connection: Connection, thread: Thread, asker: Asker) -> None:
    """Check that no operator of the CCC answers what another one works on.

    Raises:
        Conflict: another one does.
    """
    holder = asker.actor if asker.ncb != CENTRE else _holder(connection, thread)
    if holder not in (None, asker.actor):
        raise Conflict(f"{holder} is at work on this thread")


def _holder(connection: Connection, thread: Thread) -> str | None:
    """The operator who works on a thread, or on its hit."""
    kind = ItemKind.MESSAGE if thread.hit_id is None else ItemKind.HIT
    return holder_of(connection, kind, thread.id)


def tell_of_message(connection: Connection, thread: Thread, made: Message) -> None:
    """Tell those who got a message of it; what the CCC is asked is work for it."""
    about = Subject(SubjectKind.THREAD, thread.id)
    data = {"number": made.number, "priority": made.priority.value}
    told = [one.ncb for one in made.receipts]
    note_event(connection, EventKind.MESSAGE, "received", about, told, data=data, at=made.by.at)
    if any(one.ncb == CENTRE and one.due_at is not None for one in made.receipts):
        open_item(
            connection, ItemKind.MESSAGE, about, made.by.actor,
            occasion=str(made.number), stated=made.priority, at=made.by.at,
        )  # fmt: skip


def _again(connection: Connection, known: str, asker: Asker) -> Sent:
    """What was sent before under the same id, if the asker may still see it."""
    thread_id, number = find_message(connection, int(known))
    thread = read_thread(connection, thread_id, asker, today())
    audit.record(connection, asker, "read.message", thread.id, {"numbers": [number]})
    return Sent(thread, read_message(connection, thread, number))


def _content(draft: Draft, asker: Asker) -> Mapping[str, Any]:
    """What a message is sent with, for the comparison of two sendings."""
    files = [[one.name, one.media_type, one.sha256] for one in draft.attachments]
    return {
        "actor": asker.actor,
        "text": draft.text,
        "priority": draft.priority.value,
        "attachments": files,
    }
