"""Counts of notices, searches and messages in the catalogue.

A count is a record that somebody may see or not, like what it counts: each asks the same rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    exists,
    extract,
    false,
    func,
    or_,
    select,
    true,
)

from engine.asker import Asker
from engine.gallery.examination_tables import hit
from engine.gallery.identity_tables import organisation
from engine.gallery.message_store import is_shown_thread
from engine.gallery.message_tables import message, message_receipt, message_thread
from engine.gallery.notice_audience import is_visible
from engine.gallery.notice_tables import notice
from engine.gallery.seen_records import is_seen_person
from engine.gallery.tables import audit
from engine.identity.organisations import CENTRE, SECRETARIAT
from engine.notices.status import IN_FORCE


@dataclass(frozen=True, slots=True)
class Days:
    """From a first to a last day, both of UTC and both counted."""

    first: date
    last: date

    @property
    def starts(self) -> datetime:
        """First moment."""
        return datetime.combine(self.first, time.min, UTC)

    @property
    def ends(self) -> datetime:
        """First moment after it."""
        return datetime.combine(self.last, time.min, UTC) + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PublishedCount:
    """Notices of a colour that bureaus of a region have had published on a day."""

    day: str
    colour: str
    region: str
    notices: int


@dataclass(frozen=True, slots=True)
class ActiveCount:
    """Notices of a colour and region that are in force."""

    colour: str
    region: str
    notices: int


@dataclass(frozen=True, slots=True)
class SearchCount:
    """Searches by bureaus of a region on a day."""

    day: str
    region: str
    searches: int


@dataclass(frozen=True, slots=True)
class MessageCount:
    """Messages that organisations of a region got on a day.

    Attributes:
        day: on which they were sent.
        region: of the receiver; empty for the organisations of the whole network.
        received: how many; one to three receivers counts three times.
        owed: of which an acknowledgement was asked.
        acknowledged: of which there is one.
        seconds: from sending to acknowledgement, on average; None if there is none.
    """

    day: str
    region: str
    received: int
    owed: int
    acknowledged: int
    seconds: float | None


def count_published(connection: Connection, days: Days, asker: Asker) -> list[PublishedCount]:
    """Notices by day of publication, colour and region, of those that the asker may see now."""
    keys = (_day(connection, notice.c.published_at), notice.c.colour, _region())
    query = _notices(keys, asker).where(
        notice.c.published_at >= days.starts, notice.c.published_at < days.ends
    )
    return [PublishedCount(*row) for row in connection.execute(query)]


def count_active(connection: Connection, asker: Asker) -> list[ActiveCount]:
    """Notices in force by colour and region, of those that the asker may see."""
    in_force = notice.c.status.in_([status.value for status in IN_FORCE])
    query = _notices((notice.c.colour, _region()), asker).where(in_force)
    return [ActiveCount(*row) for row in connection.execute(query)]


def count_searches(connection: Connection, days: Days, asker: Asker) -> list[SearchCount]:
    """Searches by day and region, as the audit chain has them: the asker's bureau's, or all."""
    keys = (func.substr(audit.c.at, 1, 10), _region())
    whose = true() if counts_all(asker) else _is(audit.c.ncb, asker.ncb)
    query = (
        select(*keys, func.count())
        .select_from(audit.outerjoin(organisation, organisation.c.code == audit.c.ncb))
        .where(audit.c.action == "search", whose)
        .where(audit.c.at >= days.starts.isoformat(), audit.c.at < days.ends.isoformat())
        .group_by(*keys)
        .order_by(*keys)
    )
    return [SearchCount(*row) for row in connection.execute(query)]


def count_messages(
    connection: Connection, days: Days, asker: Asker, today: date
) -> list[MessageCount]:
    """Messages by day and region of the receiver: to and from the asker's bureau, or all."""
    keys = (_day(connection, message.c.at), _region())
    got = message_receipt.c
    took = extract("epoch", got.acknowledged_at) - extract("epoch", message.c.at)
    joined = (
        message_receipt.join(message, message.c.id == got.message_id)
        .join(message_thread, message_thread.c.id == message.c.thread_id)
        .outerjoin(organisation, organisation.c.code == got.ncb)
    )
    query = (
        select(*keys, func.count(), func.count(got.due_at), func.count(got.acknowledged_at))
        .add_columns(func.avg(took))
        .select_from(joined)
        .where(_is_counted_thread(asker, today))
        .where(message.c.at >= days.starts, message.c.at < days.ends)
        .group_by(*keys)
        .order_by(*keys)
    )
    return [
        MessageCount(day, region, received, owed, done, None if mean is None else float(mean))
        for day, region, received, owed, done, mean in connection.execute(query)
    ]


def counts_all(asker: Asker) -> bool:
    """Whether an asker counts what all bureaus do: the General Secretariat and the CCC."""
    return asker.ncb in (SECRETARIAT, CENTRE)


def _notices(keys: tuple[ColumnElement[Any], ...], asker: Asker) -> Any:
    """Counts of the notices that an asker may see."""
    joined = notice.outerjoin(organisation, organisation.c.code == notice.c.ncb)
    query = select(*keys, func.count()).select_from(joined).where(is_visible(asker.ncb))
    return query.group_by(*keys).order_by(*keys)


def _is_counted_thread(asker: Asker, today: date) -> ColumnElement[bool]:
    """Threads whose messages an asker counts; without those about persons hidden from them."""
    if not counts_all(asker):
        return is_shown_thread(asker, today)
    sees_hit = exists().where(
        hit.c.id == message_thread.c.hit_id, is_seen_person(hit.c.person_id, asker, today)
    )
    return or_(message_thread.c.hit_id.is_(None), sees_hit)


def _region() -> ColumnElement[str]:
    """Region of the organisation that is joined; empty where it has none."""
    return func.coalesce(organisation.c.region, "")


def _is(column: Column[Any], ncb: str) -> ColumnElement[bool]:
    """Whether a row is of an organisation."""
    return column == ncb if ncb else false()


def _day(connection: Connection, column: Column[Any]) -> ColumnElement[str]:
    """The day of UTC of a time, as YYYY-MM-DD; times are kept as UTC by SQLite."""
    if connection.dialect.name == "postgresql":
        return func.to_char(func.timezone("UTC", column), "YYYY-MM-DD")
    return func.strftime("%Y-%m-%d", column)
