"""How an act makes work for the CCC: in the act's own transaction, and once."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from sqlalchemy import Connection

from engine.command_centre.item import Item, ItemKind, due_after, urgency_of
from engine.command_centre.room import room_on_duty
from engine.events.event import EventKind
from engine.events.noting import note_event
from engine.events.subject import Subject
from engine.gallery.centre_store import add_item
from engine.identity.organisations import CENTRE
from engine.messages.priority import Priority


def open_item(  # noqa: PLR0913 - a record of five facts would only move them
    connection: Connection,
    kind: ItemKind,
    subject: Subject,
    actor: str,
    *,
    occasion: str = "",
    stated: Priority | None = None,
    at: datetime | None = None,
) -> None:
    """Give the room on duty something to do; of one occasion there is one item.

    Who of the CCC may see the subject is asked anew whenever the item is read.

    Args:
        connection: of the act's own transaction, which holds the catalogue's clock.
        kind: of work.
        subject: what it is about.
        actor: whose act made it.
        occasion: tells items about one subject apart, such as the number of a message.
        stated: priority that the act has; the item's is that of its kind at least.
        at: when; None is now.
    """
    now = at or datetime.now(UTC)
    priority = urgency_of(kind, stated)
    new = Item(
        id=uuid.uuid4().hex,
        kind=kind,
        subject=subject,
        occasion=occasion,
        priority=priority,
        opened_at=now,
        due_at=due_after(priority, now),
        room=room_on_duty(now),
    )
    if add_item(connection, new, actor):
        tell_of_item(connection, new, "opened", now)


def tell_of_item(connection: Connection, item: Item, act: str, at: datetime) -> None:
    """Let the people of the CCC who may see an item's subject know where it stands."""
    data = {
        "item": item.id,
        "kind": item.kind.value,
        "state": item.state.value,
        "room": item.room.value,
        "priority": item.priority.value,
    }
    note_event(connection, EventKind.CENTRE, act, item.subject, [CENTRE], data=data, at=at)
