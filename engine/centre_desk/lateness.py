"""What the CCC is told by the clock: work that is late, and hand-overs that nobody answers."""

from __future__ import annotations

from datetime import datetime

from engine import audit
from engine.asker import Asker
from engine.centre_desk.opening import tell_of_item
from engine.centre_desk.rooms import offer_by_clock
from engine.gallery.catalogue import Catalogue
from engine.gallery.centre_store import warn_late_items


def keep_centre(catalogue: Catalogue, now: datetime, asker: Asker) -> None:
    """Hand over for a room that has not, and tell of each item that is late, once."""
    offer_by_clock(catalogue, now, asker)
    with catalogue.recording() as connection:
        for item in warn_late_items(connection, now):
            tell_of_item(connection, item, "late", now)
            audit.record(connection, asker, "centre.late", item.id, {"room": item.room.value})
