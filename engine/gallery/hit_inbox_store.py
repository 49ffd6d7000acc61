"""The inboxes of bureaus in the catalogue: news of hits, and who has read it."""

from __future__ import annotations

from collections.abc import Iterable
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
from engine.examination.file import HitChange, HitFile
from engine.gallery.examination_tables import hit, hit_delivery
from engine.gallery.hit_store import as_hit, is_shown_hit
from engine.gallery.times import as_utc, as_utc_or_none

LARGEST = 2**63 - 1
"""Number that a column can hold."""


@dataclass(frozen=True, slots=True)
class NewsPart:
    """Which part of an inbox is wanted.

    Attributes:
        offset, limit: entries before the part, and most entries of it.
        unread: only entries that nobody has read.
    """

    offset: int
    limit: int
    unread: bool = False


@dataclass(frozen=True, slots=True)
class HitNews:
    """One entry of a bureau's inbox of hits.

    Attributes:
        id: its number.
        act: what was done with the hit.
        at: when.
        read_at, read_by: when it was read first, and by whom; None if not yet.
        file: the hit as it stands now.
    """

    id: int
    act: str
    at: datetime
    read_at: datetime | None
    read_by: str | None
    file: HitFile


def deliver_hit(connection: Connection, hit_id: str, change: HitChange, to: Iterable[str]) -> None:
    """Put news of a hit into inboxes; where it is already, nothing happens."""
    there = select(hit_delivery.c.ncb).where(
        hit_delivery.c.hit_id == hit_id, hit_delivery.c.revision == change.revision
    )
    told = set(connection.execute(there).scalars())
    news = {"hit_id": hit_id, "revision": change.revision, "act": change.act, "at": change.by.at}
    rows = [{"ncb": ncb, **news} for ncb in sorted(set(to) - told)]
    if rows:
        connection.execute(insert(hit_delivery), rows)


def list_news(
    connection: Connection, wanted: NewsPart, asker: Asker, today: date
) -> tuple[list[HitNews], int]:
    """A part of a bureau's inbox of hits, newest first, and the number of all that fit."""
    where = and_(
        _is_mine(asker, today), hit_delivery.c.read_at.is_(None) if wanted.unread else true()
    )
    total = connection.execute(
        select(func.count()).select_from(hit_delivery.join(hit)).where(where)
    ).scalar_one()
    query = _news().where(where).order_by(hit_delivery.c.id.desc())
    rows = connection.execute(query.offset(wanted.offset).limit(wanted.limit)).mappings()
    return [_entry(row) for row in rows], total


def mark_news_read(connection: Connection, entry: int, asker: Asker, at: datetime) -> HitNews:
    """Note that an entry was read; who read it first stays.

    Raises:
        NotFound: there is no such entry in the asker's inbox.
    """
    query = _news().where(hit_delivery.c.id == entry, _is_mine(asker, at.date()))
    if not 0 < entry <= LARGEST or connection.execute(query).first() is None:
        raise NotFound(f"no inbox entry {entry}")
    first = (hit_delivery.c.id == entry, hit_delivery.c.read_at.is_(None))
    connection.execute(update(hit_delivery).where(*first).values(read_at=at, read_by=asker.actor))
    return _entry(connection.execute(query).mappings().one())


def _is_mine(asker: Asker, today: date) -> ColumnElement[bool]:
    """Entries of an inbox that its bureau may see now."""
    return and_(hit_delivery.c.ncb == asker.ncb, is_shown_hit(asker, today))


_OWN = ("id", "act", "at", "read_at", "read_by")


def _news() -> Select[Any]:
    """Entries beside their hits; the columns of both are told apart by a prefix."""
    own = [hit_delivery.c[name].label(f"entry_{name}") for name in _OWN]
    return select(*own, hit).select_from(hit_delivery.join(hit))


def _entry(row: RowMapping) -> HitNews:
    """An entry from its row."""
    return HitNews(
        id=row["entry_id"],
        act=row["entry_act"],
        at=as_utc(row["entry_at"]),
        read_at=as_utc_or_none(row["entry_read_at"]),
        read_by=row["entry_read_by"],
        file=as_hit(row),
    )
