"""Owners are told before the last day of their records, once for each such day.

Each record's event is told to those of the bureau who may see it. The message, which everybody
there may read who reads messages, names the records of the lowest class alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import groupby

from engine import audit
from engine.asker import Asker
from engine.events.event import EventKind
from engine.events.noting import note_event
from engine.events.subject import person_subject
from engine.gallery.catalogue import Catalogue
from engine.gallery.retention_store import EndingPerson, note_warning, unwarned_persons
from engine.identity.clearance import Clearance
from engine.messaging.announcing import announce
from engine.retention import WARN_DAYS

MOST_NAMED = 50
"""Records that a message names; the command tells of all."""


def warn_owners(catalogue: Catalogue, now: datetime, asker: Asker) -> None:
    """Tell every owner of records whose last day is near; what was told is not told again.

    Each bureau has a transaction of its own, so an interrupted run loses nothing.
    """
    until = now.date() + timedelta(days=WARN_DAYS)
    with catalogue.reading() as connection:
        owners = {one.ncb for one in unwarned_persons(connection, now.date(), until)}
    for ncb in sorted(owners):
        _warn(catalogue, ncb, until, now, asker)


def _warn(catalogue: Catalogue, ncb: str, until: date, now: datetime, asker: Asker) -> None:
    """Tell one owner."""
    with catalogue.recording() as connection:
        ending = unwarned_persons(connection, now.date(), until, ncb)
        for one in ending:
            note_warning(connection, one, now)
            data = {"until": one.until.isoformat()}
            about = person_subject(one.person_id)
            note_event(connection, EventKind.RECORD, "ends-soon", about, [ncb], data=data, at=now)
        named = [one for one in ending if one.classification == Clearance.OFFICIAL]
        if named:
            announce(connection, ncb, "Records end soon", "\n".join(_lines(named)), now)
        persons = [one.person_id for one in ending]
        audit.record(connection, asker, "retention.warn", ncb, {}, persons)


def _lines(ending: list[EndingPerson]) -> Iterator[str]:
    """What the message says."""
    yield (
        "Re-examine these records and set another last day if they are still needed. Nobody can "
        f"do so after it. `whorl person expired --ncb {ending[0].ncb}` lists them all."
    )
    for day, of_day in groupby(ending[:MOST_NAMED], key=lambda one: one.until):
        yield f"{day.isoformat()}: {', '.join(one.person_id for one in of_day)}"
    if len(ending) > MOST_NAMED:
        yield f"and {len(ending) - MOST_NAMED} more"
