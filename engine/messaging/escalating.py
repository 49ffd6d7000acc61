"""Telling the CCC of acknowledgements that are late, and what it was told of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine import audit
from engine.asker import Asker
from engine.errors import Forbidden
from engine.gallery.catalogue import Catalogue
from engine.gallery.message_store import find_message
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
        return Escalated(thread_id, number, ncb)


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
