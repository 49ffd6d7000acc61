"""An item of work of the CCC: what it is about, how urgent it is, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from engine.command_centre.room import Room
from engine.events.subject import Subject
from engine.messages.priority import Priority


class ItemKind(StrEnum):
    """What makes work."""

    MESSAGE = "message"
    HIT = "hit"
    REVERSE_HIT = "reverse_hit"
    RED_NOTICE = "red_notice"
    ORANGE_WARNING = "orange_warning"
    ESCALATION = "escalation"


class ItemState(StrEnum):
    """Where an item stands."""

    OPEN = "open"
    TAKEN = "taken"
    DONE = "done"


_URGENCY: Mapping[ItemKind, Priority] = {
    ItemKind.MESSAGE: Priority.ROUTINE,
    ItemKind.HIT: Priority.URGENT,
    ItemKind.REVERSE_HIT: Priority.URGENT,
    ItemKind.RED_NOTICE: Priority.URGENT,
    # It warns of a serious and imminent threat.
    ItemKind.ORANGE_WARNING: Priority.FLASH,
    # What was not answered in its own time has waited long enough.
    ItemKind.ESCALATION: Priority.URGENT,
}

_WITHIN: Mapping[Priority, timedelta] = {
    # One whole duty of a room.
    Priority.ROUTINE: timedelta(hours=8),
    # Within one duty, also if it comes late in it.
    Priority.URGENT: timedelta(hours=1),
    # Somebody is held at a border, or in danger.
    Priority.FLASH: timedelta(minutes=15),
}
"""Time until an item is to be done. Our choice: no public rule says it."""


@dataclass(frozen=True, slots=True)
class Item:
    """An item of work.

    Attributes:
        id: unique, 32 hexadecimal digits.
        kind: what makes it work.
        subject: what it is about.
        occasion: tells items about one subject apart, such as the number of a message.
        priority: how urgent it is.
        opened_at, due_at: since when it waits, and by when it is to be done.
        room: whose it is.
        state: where it stands.
        taken_by: the operator who has it, or had it when it was done; None if it is open.
        done_at: when it was done.
        revision: counts its changes, from 1.
    """

    id: str
    kind: ItemKind
    subject: Subject
    occasion: str
    priority: Priority
    opened_at: datetime
    due_at: datetime
    room: Room
    state: ItemState = ItemState.OPEN
    taken_by: str | None = None
    done_at: datetime | None = None
    revision: int = 1

    def is_late(self, now: datetime) -> bool:
        """Whether it is not done though its time has passed."""
        return self.state is not ItemState.DONE and self.due_at <= now


def urgency_of(kind: ItemKind, stated: Priority | None = None) -> Priority:
    """How urgent an item is: as its kind, or more if its message says so."""
    order = list(Priority)
    return max(_URGENCY[kind], stated or Priority.ROUTINE, key=order.index)


def due_after(priority: Priority, opened_at: datetime) -> datetime:
    """By when an item is to be done."""
    return opened_at + _WITHIN[priority]
