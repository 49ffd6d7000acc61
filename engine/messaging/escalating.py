"""Telling the CCC of acknowledgements that are late, and what it was told of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from engine import audit
from engine.asker import Asker
from engine.centre_desk.opening import open_item
from engine.command_centre.item import ItemKind
from engine.errors import Forbidden
from engine.events.event import EventKind
from engine.events.noting import note_event
from engine.events.subject import Subject, SubjectKind
from engine.gallery.catalogue import Catalogue
from engine.gallery.message_store import MessagePlace, find_message, place_of
from engine.gallery.receipt_store import escalate_receipt, find_late, list_escalated
from engine.identity.organisations import CENTRE
from engine.messages.message import Late
from engine.seeing import today


@dataclass(frozen=True, slots=True)
class Escalated:
    """An acknowledgement that the CCC was told is late: which message, and who owes it."""

    thread_id: str
    number: int
    ncb: str


def escalate(catalogue: Catalogue, now: datetime, asker: Asker) -> list[Escalated]:
    """Tell the CCC of every acknowledgement that is late by now.

    Each has a transaction of its own, so an interrupted run loses nothing, and a second one does
    only what is left: the CCC is told of each once.
    """
    with catalogue.reading() as connection:
        late = find_late(connection, now)
    told = [_escalate(catalogue, message_id, ncb, now, asker) for message_id, ncb in late]
    return [one for one in told if one is not None]


def _escalate(
    catalogue: Catalogue, message_id: int, ncb: str, now: datetime, asker: Asker
) -> Escalated | None:
    """Tell the CCC of one, if it is still late."""
    with catalogue.recording() as connection:
        if not escalate_receipt(connection, message_id, ncb, now):
            return None
        thread_id, number = find_message(connection, message_id)
        detail = {"number": number, "owed_by": ncb}
        audit.record(connection, asker, "message.escalate", thread_id, detail)
        _tell(connection, place_of(connection, message_id), ncb, now, asker)
        return Escalated(thread_id, number, ncb)


def _tell(connection: Connection, at: MessagePlace, ncb: str, now: datetime, asker: Asker) -> None:
    """Tell sender and receiver that it is late; the CCC, which sees no more than that, acts."""
    data = {"number": at.number, "owed_by": ncb}
    both, thread = sorted({at.sender, ncb} - {CENTRE}), Subject(SubjectKind.THREAD, at.thread_id)
    note_event(connection, EventKind.MESSAGE, "late", thread, both, data=data, at=now)
    about = Subject(SubjectKind.FREE, at.thread_id, person_id=at.person_id)
    note_event(connection, EventKind.MESSAGE, "escalated", about, [CENTRE], data=data, at=now)
    open_item(
        connection, ItemKind.ESCALATION, about, asker.actor,
        occasion=f"{at.number} {ncb}", stated=at.priority, at=now,
    )  # fmt: skip


def list_late(
    catalogue: Catalogue, offset: int, limit: int, asker: Asker
) -> tuple[list[Late], int]:
    """A part of what the CCC was told of and is still owed, the oldest first.

    Raises:
        Forbidden: the asker is not of the CCC.
    """
    if asker.ncb != CENTRE:
        raise Forbidden("late acknowledgements are told to the CCC")
    with catalogue.recording() as connection:
        found, total = list_escalated(connection, asker, today(), offset, limit)
        detail = {"threads": [one.thread_id for one in found]}
        audit.record(connection, asker, "list.escalations", "", detail)
        return found, total
