"""Reading all statistics at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engine import audit
from engine.asker import Asker
from engine.errors import BadRequest, Forbidden
from engine.gallery.catalogue import Catalogue
from engine.gallery.hit_store import HitCount, count_hits
from engine.gallery.statistics_store import (
    ActiveCount,
    Days,
    MessageCount,
    PublishedCount,
    SearchCount,
    count_active,
    count_messages,
    count_published,
    count_searches,
)
from engine.seeing import today

MOST_DAYS = 366
"""Days that one reading covers."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """All counts of some days, and of the notices in force now."""

    days: Days
    published: tuple[PublishedCount, ...]
    active: tuple[ActiveCount, ...]
    hits: tuple[HitCount, ...]
    searches: tuple[SearchCount, ...]
    messages: tuple[MessageCount, ...]


def read_all_statistics(catalogue: Catalogue, first: date, last: date, asker: Asker) -> Statistics:
    """Counts of what the asker may see: of the whole network for IPSG and CCC, else its bureau's.

    Of notices, whose readers are many, everybody counts those that they may see.

    Raises:
        Forbidden: the asker is of no organisation.
        BadRequest: the days are in the wrong order, or too many.
    """
    if not asker.ncb:
        raise Forbidden("statistics are for organisations")
    if not 0 <= (last - first).days < MOST_DAYS or last == date.max:
        raise BadRequest(f"from {first} to {last}: give 1 to {MOST_DAYS} days in their order")
    days = Days(first, last)
    with catalogue.recording() as connection:
        found = Statistics(
            days,
            tuple(count_published(connection, days, asker)),
            tuple(count_active(connection, asker)),
            tuple(count_hits(connection, first, last, asker, today())),
            tuple(count_searches(connection, days, asker)),
            tuple(count_messages(connection, days, asker, today())),
        )
        detail = {"from": first.isoformat(), "to": last.isoformat()}
        audit.record(connection, asker, "read.statistics", "", detail)
        return found
