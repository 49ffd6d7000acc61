"""What bureaus have used on a day, in the catalogue."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from engine.gallery.upkeep_tables import daily_use

KEPT = timedelta(days=40)
"""How long the counts are kept, so that a month can be looked at."""


def used_on(connection: Connection, ncb: str, day: date, what: str) -> int:
    """What a bureau has used of something on a day."""
    query = select(daily_use.c.used).where(
        daily_use.c.ncb == ncb, daily_use.c.day == day, daily_use.c.what == what
    )
    return int(connection.execute(query).scalar() or 0)


def count_use(connection: Connection, ncb: str, day: date, what: str, count: int) -> None:
    """Add to what a bureau has used. The caller holds the catalogue's clock."""
    mine = (daily_use.c.ncb == ncb, daily_use.c.day == day, daily_use.c.what == what)
    step = update(daily_use).where(*mine).values(used=daily_use.c.used + count)
    if connection.execute(step).rowcount == 0:
        values = {"ncb": ncb, "day": day, "what": what, "used": count}
        connection.execute(insert(daily_use).values(**values))
        connection.execute(delete(daily_use).where(daily_use.c.day < day - KEPT))
