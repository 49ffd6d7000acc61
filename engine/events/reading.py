"""Reading events: what an asker's organisation is told of, as far as the asker may know it now."""

from __future__ import annotations

from datetime import datetime, timedelta

from engine import audit
from engine.asker import Asker
from engine.errors import Forbidden
from engine.events.event import Event
from engine.gallery.catalogue import Catalogue
from engine.gallery.event_store import (
    events_after,
    forget_events,
    latest_position,
    position_of,
)
from engine.seeing import today

KEPT = timedelta(days=30)
"""How long events can be asked for."""


def read_events(catalogue: Catalogue, token: str | None, limit: int, asker: Asker) -> list[Event]:
    """The events after one that is known by its token, in order.

    Args:
        catalogue: where they are.
        token: of the last one known; None or an unknown one is before all that are kept.
        limit: most of them.
        asker: who wants them.

    Raises:
        Forbidden: the asker is of no organisation.
    """
    return next_events(catalogue, find_position(catalogue, token or "", asker), limit, asker)


def find_position(catalogue: Catalogue, token: str | None, asker: Asker) -> int:
    """Where to read on: after the event of a token, or after all that there are by now (None).

    Raises:
        Forbidden: the asker is of no organisation.
    """
    if not asker.ncb:
        raise Forbidden("events are told to organisations")
    with catalogue.reading() as connection:
        if token is None:
            return latest_position(connection)
        return position_of(connection, asker.ncb, token)


def next_events(catalogue: Catalogue, position: int, limit: int, asker: Asker) -> list[Event]:
    """The events after a position, in order; what was told of is a row of the audit chain."""
    with catalogue.reading() as connection:  # most readings find nothing, and shall cost nothing
        if not events_after(connection, position, 1, asker, today()):
            return []
    with catalogue.recording() as connection:
        found = events_after(connection, position, limit, asker, today())
        detail = {"events": [one.token for one in found]}
        audit.record(connection, asker, "list.events", "", detail, persons_of(found))
        return found


def persons_of(events: list[Event]) -> list[str]:
    """The persons that events name."""
    return [one.subject.person_id for one in events if one.subject.person_id is not None]


def forget_old(catalogue: Catalogue, now: datetime, _: Asker) -> None:
    """Delete what nobody can ask for any more: it says nothing that its acts do not say."""
    with catalogue.recording() as connection:
        forget_events(connection, now - KEPT)
