"""How urgent a message is, and by when its receivers say that they have it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum


class Priority(StrEnum):
    """How urgent a message is."""

    ROUTINE = "routine"
    URGENT = "urgent"
    FLASH = "flash"


ACKNOWLEDGED_WITHIN: Mapping[Priority, timedelta] = {
    # Longer than any week-end, for bureaus that work in office hours.
    Priority.ROUTINE: timedelta(days=4),
    # Every bureau has somebody on the next working day, wherever it is.
    Priority.URGENT: timedelta(hours=24),
    # Somebody is held at a border; the CCC is awake at any hour to call instead.
    Priority.FLASH: timedelta(hours=1),
}
"""Time for an acknowledgement before the CCC is told. Our choice: no public rule says it."""


def due_at(priority: Priority, sent_at: datetime) -> datetime:
    """By when a message is to be acknowledged."""
    return sent_at + ACKNOWLEDGED_WITHIN[priority]
