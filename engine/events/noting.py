"""Noting an event with the act that it tells of: both happen, or neither."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from engine.events.event import EventKind
from engine.events.subject import Subject
from engine.gallery.event_store import NewEvent, add_event


def note_event(  # noqa: PLR0913 - a record of six facts would only move them
    connection: Connection,
    kind: EventKind,
    act: str,
    subject: Subject,
    to: Collection[str],
    *,
    data: Mapping[str, Any] | None = None,
    at: datetime | None = None,
) -> None:
    """Tell organisations of something, by the stream of events and by their callbacks.

    Who may see the subject is asked anew when an event is read. What is in `data` is told as it
    is: ids, numbers and words of our own, nothing of what a record or a message says.

    Args:
        connection: of the act's own transaction, which holds the catalogue's clock
            (`Catalogue.recording` or `Catalogue.changing`).
        kind: of event; it decides which scope a listener needs.
        act: what has happened, such as `published`; at most 32 characters.
        subject: what it has happened to.
        to: codes of the organisations that are told.
        data: further facts that JSON can hold.
        at: when; None is now.
    """
    add_event(connection, NewEvent(kind, act, subject, at or datetime.now(UTC), data or {}), to)
