"""The inboxes of bureaus in the catalogue: news of notices, and who has read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    func,
    insert,
    select,
    update,
)

from engine.errors import NotFound
from engine.gallery.notice_audience import is_received
from engine.gallery.notice_store import as_file
from engine.gallery.notice_tables import notice, notice_delivery
from engine.gallery.times import as_utc, as_utc_or_none
from engine.members import bureaus
from engine.notices import NoticeKey
from engine.notices.events import Event, receivers
from engine.notices.file import NoticeFile

LARGEST = 2**63 - 1
"""Number that a column can hold."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of an inbox.

    Attributes:
        id: its number.
        ncb: whose inbox it is in.
        event: what has happened.
        version: of the notice, when it happened.
        at: when it was delivered.
        read_at, read_by: when it was read first, and by whom; None if not yet.
        file: the notice as it stands now.
    """

    id: int
    ncb: str
    event: Event
    version: int
    at: datetime
    read_at: datetime | None
    read_by: str | None
    file: NoticeFile


@dataclass(frozen=True, slots=True)
class Receipt:
    """Whether a bureau has read news of a notice."""

    ncb: str
    event: Event
    version: int
    at: datetime
    read_at: datetime | None
    read_by: str | None


def deliver(
    connection: Connection,
    file: NoticeFile,
    event: Event,
    at: datetime,
    *,
    only: Sequence[str] | None = None,
) -> list[str]:
    """Put news of a notice into the inboxes that it belongs in.

    Args:
        connection: of the transaction in which it happened.
        file: the notice after the event.
        event: what has happened.
        at: when.
        only: to these bureaus alone; None is all that the event concerns.

    Returns:
        codes of the organisations that got it.
    """
    wanted = receivers(file.notice, event, bureaus()) if only is None else list(only)
    rows = [
        {
            "ncb": ncb,
            "colour": file.key.colour.value,
            "entity_id": file.key.entity_id,
            "version": file.version,
            "event": event.value,
            "at": at,
        }
        for ncb in wanted
    ]
    if rows:
        connection.execute(insert(notice_delivery), rows)
    return wanted


def list_inbox(
    connection: Connection, ncb: str, offset: int, limit: int, *, unread: bool = False
) -> tuple[list[Entry], int]:
    """A page of an inbox, newest first, and the number of all that fit.

    News of a notice whose owner does not admit the bureau any more is gone.
    """
    mine = _mine(ncb)
    where = (mine, notice_delivery.c.read_at.is_(None)) if unread else (mine,)
    total = connection.execute(
        select(func.count()).select_from(notice_delivery.join(notice)).where(*where)
    ).scalar_one()
    query = _entries().where(*where).order_by(notice_delivery.c.id.desc())
    rows = connection.execute(query.offset(offset).limit(limit)).mappings()
    return [_entry(row) for row in rows], total


def mark_read(connection: Connection, ncb: str, entry: int, actor: str, at: datetime) -> Entry:
    """Note that an entry was read; who read it first stays.

    Raises:
        NotFound: there is no such entry in this inbox.
    """
    if not 0 < entry <= LARGEST:
        raise NotFound(f"no inbox entry {entry}")
    first = (notice_delivery.c.id == entry, notice_delivery.c.read_at.is_(None))
    query = _entries().where(notice_delivery.c.id == entry, _mine(ncb))
    if connection.execute(query).first() is None:
        raise NotFound(f"no inbox entry {entry}")
    connection.execute(update(notice_delivery).where(*first).values(read_at=at, read_by=actor))
    return _entry(connection.execute(query).mappings().one())


def read_receipts(connection: Connection, key: NoticeKey) -> list[Receipt]:
    """Who got news of a notice, and who has read it, in the order of delivery."""
    query = select(notice_delivery).where(
        notice_delivery.c.colour == key.colour.value, notice_delivery.c.entity_id == key.entity_id
    )
    rows = connection.execute(query.order_by(notice_delivery.c.id)).mappings()
    return [
        Receipt(
            ncb=row["ncb"],
            event=Event(row["event"]),
            version=row["version"],
            at=as_utc(row["at"]),
            read_at=as_utc_or_none(row["read_at"]),
            read_by=row["read_by"],
        )
        for row in rows
    ]


def _mine(ncb: str) -> ColumnElement[bool]:
    """Entries of an inbox that its bureau may see now."""
    return (notice_delivery.c.ncb == ncb) & is_received(ncb)


_OWN = ("id", "ncb", "event", "version", "at", "read_at", "read_by")


def _entries() -> Select[Any]:
    """Entries beside their notices; the columns of both are told apart by a prefix."""
    own = [notice_delivery.c[name].label(f"entry_{name}") for name in _OWN]
    return select(*own, notice).select_from(notice_delivery.join(notice))


def _entry(row: RowMapping) -> Entry:
    """An entry from its row."""
    return Entry(
        id=row["entry_id"],
        ncb=row["entry_ncb"],
        event=Event(row["entry_event"]),
        version=row["entry_version"],
        at=as_utc(row["entry_at"]),
        read_at=as_utc_or_none(row["entry_read_at"]),
        read_by=row["entry_read_by"],
        file=as_file(row),
    )
