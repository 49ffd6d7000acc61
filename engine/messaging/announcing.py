"""Messages that the network itself sends to a bureau, in the name of the CCC."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import Connection

from engine import audit
from engine.asker import Asker
from engine.gallery.message_store import add_message, add_thread
from engine.identity.organisations import CENTRE, SECRETARIAT
from engine.messages import Draft, Priority, Thread
from engine.messaging.sending import tell_of_message
from engine.notices.signature import Signature

SYSTEM = "system:network"


def announce(
    connection: Connection,
    to: str,
    subject: str,
    text: str,
    at: datetime,
    priority: Priority = Priority.ROUTINE,
) -> None:
    """Send a bureau a message, in the transaction of what it tells of."""
    sender = CENTRE if to != CENTRE else SECRETARIAT
    by = Signature(SYSTEM, sender, at)
    thread = Thread(uuid.uuid4().hex, subject, None, frozenset({sender, to}), by)
    add_thread(connection, thread)
    made = add_message(connection, thread, Draft(text, priority), by)
    tell_of_message(connection, thread, made)
    asker = Asker(SYSTEM, sender, "administration")
    audit.record(connection, asker, "message.open", thread.id, {"number": 1, "to": [to]})
