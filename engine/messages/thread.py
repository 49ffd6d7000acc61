"""A thread of messages, and whose it is: those that take part read it, and nobody else.

A thread of a hit is between the bureau that searched and the one that owns the record; the CCC
reads along and owes no acknowledgement. Into a thread between bureaus the CCC does not look: when
an acknowledgement is late it is told who owes it to whom, not what the message says (Rules on the
Processing of Data, article 22(6)).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.errors import BadRequest
from engine.identity.organisations import CENTRE, SECRETARIAT
from engine.members import find_bureau
from engine.messages.priority import Priority, due_at
from engine.notices.signature import Signature

MOST_PARTIES = 20
"""Organisations of one thread; news for everybody is a notice."""


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread on record.

    Attributes:
        id: unique, 32 hexadecimal digits; of a hit's thread that of the hit.
        subject: what it is about; empty for that of a hit.
        hit_id: the hit that it belongs to; None if it is free.
        parties: codes of the organisations that take part.
        opened: who opened it.
        latest_at: time of the latest message; None before the first.
    """

    id: str
    subject: str
    hit_id: str | None
    parties: frozenset[str]
    opened: Signature
    latest_at: datetime | None = None


def parse_organisation(code: str) -> str:
    """The code of an organisation that messages go to: a bureau, the secretariat or the CCC.

    Raises:
        BadRequest: there is no such organisation.
    """
    word = code.strip().upper()
    return word if word in (SECRETARIAT, CENTRE) else find_bureau(code).code


def parties_of(sender: str, recipients: Collection[str]) -> frozenset[str]:
    """Who takes part in a free thread.

    Raises:
        BadRequest: it is to nobody else, or to too many.
    """
    parties = frozenset({sender, *recipients})
    if len(parties) < 2 or sender in recipients:
        raise BadRequest("to: name the organisations that shall get it, without your own")
    if len(parties) > MOST_PARTIES:
        raise BadRequest(f"to: at most {MOST_PARTIES - 1} organisations; tell more by a notice")
    return parties


def receivers(
    thread: Thread, sender: str, priority: Priority, at: datetime
) -> Mapping[str, datetime | None]:
    """Who gets a message, and by when each is to acknowledge it; None is not at all."""
    due = due_at(priority, at)
    reads_along = CENTRE if thread.hit_id is not None else None
    return {
        ncb: None if ncb == reads_along else due for ncb in sorted(thread.parties) if ncb != sender
    }
