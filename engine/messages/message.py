"""Messages on record, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.messages.attachment import AttachmentFacts
from engine.messages.priority import Priority
from engine.messages.thread import Thread
from engine.notices.signature import Signature


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a message at one organisation.

    Attributes:
        ncb: the organisation.
        due_at: by when it is to acknowledge; None if it owes nothing.
        read_at, read_by: when it was read first, and by whom; None if not yet.
        acknowledged_at, acknowledged_by: the same of the acknowledgement.
        escalated_at: when the CCC was told that it is late; None if it was not.
    """

    ncb: str
    due_at: datetime | None
    read_at: datetime | None = None
    read_by: str | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by: str | None = None
    escalated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A message on record; none is ever changed.

    Attributes:
        id: its number in the catalogue.
        thread_id: the thread that it is in.
        number: within the thread, from 1.
        text, priority: see `Draft`.
        by: who sent it, for which organisation, and when.
        attachments: files that came with it.
        receipts: of all that got it.
    """

    id: int
    thread_id: str
    number: int
    text: str
    priority: Priority
    by: Signature
    attachments: tuple[AttachmentFacts, ...] = ()
    receipts: tuple[Receipt, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """A thread in a list.

    Attributes:
        thread: the thread.
        messages: how many it holds.
        unread: how many of them the reader's organisation has not read.
        owed: how many it has yet to acknowledge.
    """

    thread: Thread
    messages: int
    unread: int
    owed: int


@dataclass(frozen=True, slots=True)
class Late:
    """An acknowledgement that is late: who owes it to whom, and nothing of what was said.

    Attributes:
        thread_id: of the message.
        number: of the message within the thread.
        sender: organisation that waits.
        receipt: of the organisation that owes it.
        priority: of the message.
        sent_at: when it was sent.
    """

    thread_id: str
    number: int
    sender: str
    receipt: Receipt
    priority: Priority
    sent_at: datetime
