"""How much of something a bureau may use on a day."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

from engine.asker import Asker
from engine.errors import QuotaSpent
from engine.gallery.catalogue import Catalogue
from engine.gallery.quota_store import count_use, used_on
from engine.settings import Settings


class Use(StrEnum):
    """What is counted."""

    SEARCH = "search"
    ENROLMENT = "enrolment"


def most_of(settings: Settings, what: Use) -> int:
    """What a bureau may use on a day; 0 is as much as it wants."""
    return settings.searches_per_day if what is Use.SEARCH else settings.enrolments_per_day


def use_quota(catalogue: Catalogue, what: Use, most: int, asker: Asker, count: int = 1) -> None:
    """Count what an asker's bureau is about to use, if that is limited.

    Args:
        catalogue: where it is counted, for all servers and over restarts.
        what: is used.
        most: that may be used on a day of UTC; 0 is no limit, and nothing is counted.
        asker: of the bureau.
        count: how much; all of it or nothing.

    Raises:
        QuotaSpent: it would be more than the bureau has left.
    """
    if most == 0:
        return
    now = datetime.now(UTC)
    with catalogue.recording() as connection:
        used = used_on(connection, asker.ncb, now.date(), what)
        if used + count > most:
            raise QuotaSpent(
                f"your bureau may make {most} a day ({what}), and has made {used}",
                _until_midnight(now),
            )
        count_use(connection, asker.ncb, now.date(), what, count)


def _until_midnight(now: datetime) -> int:
    """Seconds until the next day of UTC begins."""
    midnight = datetime.combine(now.date() + timedelta(days=1), time.min, UTC)
    return int((midnight - now).total_seconds()) + 1
