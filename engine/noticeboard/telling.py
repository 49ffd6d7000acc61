"""News of a notice: into the inboxes, to listeners, and to the CCC where somebody must act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from engine.centre_desk.opening import open_item
from engine.command_centre.item import ItemKind
from engine.events.event import EventKind
from engine.events.noting import note_event
from engine.events.subject import notice_subject
from engine.gallery.inbox_store import deliver
from engine.notices import Colour
from engine.notices.events import Event
from engine.notices.file import NoticeFile

_WORK: Mapping[Colour, ItemKind] = {
    Colour.RED: ItemKind.RED_NOTICE,
    Colour.ORANGE: ItemKind.ORANGE_WARNING,
}
"""Notices that the CCC follows up at once."""


def tell(
    connection: Connection,
    file: NoticeFile,
    event: Event,
    at: datetime,
    *,
    only: Sequence[str] | None = None,
) -> None:
    """Tell whom an event concerns.

    Args:
        connection: of the transaction in which it happened.
        file: the notice after the event.
        event: what has happened.
        at: when.
        only: to these bureaus alone; None is all that the event concerns.
    """
    told = deliver(connection, file, event, at, only=only)
    about, data = notice_subject(file.key), {"version": file.version}
    note_event(connection, EventKind.NOTICE, event.value, about, told, data=data, at=at)
    work = _WORK.get(file.key.colour)
    if work is not None and event in (Event.PUBLISHED, Event.CIRCULATED):
        open_item(connection, work, about, file.notice.ncb, at=at)
