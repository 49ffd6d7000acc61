"""Alerts in the catalogue: prints that are like unsolved latents, for the latents' owners."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    and_,
    func,
    insert,
    select,
    true,
    update,
)

from engine.asker import Asker
from engine.errors import NotFound
from engine.fingers import Finger
from engine.gallery.catalogue import read_clock
from engine.gallery.hit_inbox_store import LARGEST, NewsPart
from engine.gallery.latent_store import is_seen_latent
from engine.gallery.latent_tables import latent_alert, reverse_search
from engine.gallery.seen_records import is_seen_print
from engine.gallery.tables import print_
from engine.gallery.times import as_utc, as_utc_or_none


@dataclass(frozen=True, slots=True)
class Alert:
    """A print that is like a latent.

    Attributes:
        id: number of the entry in the inbox.
        latent_id: of the owner's latent.
        print_id, person_id, finger, owner: the print, and the bureau that it belongs to.
        score: of the exact comparison, 0 to 1.
        at: when it was found.
        read_at, read_by: when it was read first, and by whom; None if not yet.
    """

    id: int
    latent_id: str
    print_id: int
    person_id: str
    finger: Finger
    owner: str
    score: float
    at: datetime
    read_at: datetime | None
    read_by: str | None


@dataclass(frozen=True, slots=True)
class NewAlert:
    """An alert to be told.

    Attributes:
        ncb: of the latent's owner.
        latent_id, print_id, score: see `Alert`.
    """

    ncb: str
    latent_id: str
    print_id: int
    score: float


def tell_alerts(
    connection: Connection, found: Collection[NewAlert], at: datetime
) -> list[NewAlert]:
    """Put alerts into the owners' inboxes; returns those that were not there yet."""
    ids = {one.latent_id for one in found}
    query = select(latent_alert.c.latent_id, latent_alert.c.print_id)
    rows = connection.execute(query.where(latent_alert.c.latent_id.in_(ids)))
    told = {(row.latent_id, row.print_id) for row in rows}
    fresh = [one for one in found if (one.latent_id, one.print_id) not in told]
    if fresh:
        values = [
            {
                "ncb": one.ncb,
                "latent_id": one.latent_id,
                "print_id": one.print_id,
                "score": one.score,
                "at": at,
            }
            for one in fresh
        ]
        connection.execute(insert(latent_alert), values)
    return fresh


def list_alerts(
    connection: Connection, wanted: NewsPart, asker: Asker, today: date
) -> tuple[list[Alert], int]:
    """A part of a bureau's alerts, the newest first, and the number of all that fit."""
    unread = latent_alert.c.read_at.is_(None) if wanted.unread else true()
    where = and_(_is_mine(asker, today), unread)
    count = select(func.count()).select_from(latent_alert).where(where)
    total = connection.execute(count).scalar_one()
    query = _alerts().where(where).order_by(latent_alert.c.id.desc())
    rows = connection.execute(query.offset(wanted.offset).limit(wanted.limit)).mappings()
    return [_alert(row) for row in rows], total


def mark_alert_read(connection: Connection, entry: int, asker: Asker, at: datetime) -> Alert:
    """Note that an alert was read; who read it first stays.

    Raises:
        NotFound: there is none that the asker may see.
    """
    query = _alerts().where(latent_alert.c.id == entry, _is_mine(asker, at.date()))
    if not 0 < entry <= LARGEST or connection.execute(query).first() is None:
        raise NotFound(f"no alert {entry}")
    first = (latent_alert.c.id == entry, latent_alert.c.read_at.is_(None))
    connection.execute(update(latent_alert).where(*first).values(read_at=at, read_by=asker.actor))
    return _alert(connection.execute(query).mappings().one())


def read_covered(connection: Connection) -> tuple[int, int]:
    """The change up to which prints were searched against latents, and the latest change."""
    covers = connection.execute(select(reverse_search.c.covers)).scalar_one()
    return int(covers), read_clock(connection)


def write_covered(connection: Connection, covers: int) -> None:
    """Note up to which change that was done."""
    connection.execute(update(reverse_search).values(covers=covers))


def _is_mine(asker: Asker, today: date) -> ColumnElement[bool]:
    """Alerts of a bureau about a latent and a print that the asker may both see now."""
    return and_(
        latent_alert.c.ncb == asker.ncb,
        is_seen_latent(latent_alert.c.latent_id, asker, today),
        is_seen_print(latent_alert.c.print_id, asker, today),
    )


def _alerts() -> Select[Any]:
    """Alerts beside their prints."""
    joined = latent_alert.join(print_, print_.c.id == latent_alert.c.print_id)
    own = [latent_alert.c[name] for name in _OWN]
    return select(
        *own, print_.c.person_id, print_.c.finger, print_.c.ncb.label("owner")
    ).select_from(joined)


_OWN = ("id", "latent_id", "print_id", "score", "at", "read_at", "read_by")


def _alert(row: RowMapping) -> Alert:
    """An alert from its row."""
    facts = dict(row)
    facts["finger"] = Finger(facts["finger"])
    facts["at"] = as_utc(facts["at"])
    facts["read_at"] = as_utc_or_none(facts["read_at"])
    return Alert(**facts)
