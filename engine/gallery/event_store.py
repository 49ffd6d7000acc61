"""Events in the catalogue: written with the act that they tell of, read by whom they are for."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, delete, func, insert, select

from engine.asker import Asker
from engine.events.event import Event, EventKind, kinds_for
from engine.events.subject import Subject, SubjectKind
from engine.gallery.event_tables import event, event_delivery, webhook_call
from engine.gallery.seen_subjects import is_seen_subject
from engine.gallery.times import as_utc

_TOKEN_BYTES = 16


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event that is to be told; see `Event`."""

    kind: EventKind
    act: str
    subject: Subject
    at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)


def add_event(connection: Connection, new: NewEvent, to: Collection[str]) -> None:
    """Record an event for some organisations. The caller holds the catalogue's clock."""
    if not to:
        return
    row = {
        "kind": new.kind.value,
        "act": new.act,
        "subject_kind": new.subject.kind.value,
        "subject": new.subject.id,
        "colour": new.subject.colour,
        "person_id": new.subject.person_id,
        "data": dict(new.data),
        "at": new.at,
    }
    made = connection.execute(insert(event).values(**row).returning(event.c.id)).scalar_one()
    rows = [
        {"ncb": ncb, "token": secrets.token_hex(_TOKEN_BYTES), "event_id": made}
        for ncb in sorted(set(to))
    ]
    connection.execute(insert(event_delivery), rows)


def latest_position(connection: Connection) -> int:
    """Position of the latest delivery; 0 if there is none."""
    return int(connection.execute(select(func.max(event_delivery.c.id))).scalar() or 0)


def position_of(connection: Connection, ncb: str, token: str) -> int:
    """Position of what an organisation knows by a token.

    A token that is unknown, or forgotten by now, is before all that is kept: whatever may have
    been missed is told again.
    """
    query = select(event_delivery.c.id).where(
        event_delivery.c.ncb == ncb, event_delivery.c.token == token
    )
    return int(connection.execute(query).scalar() or 0)


def events_after(
    connection: Connection, position: int, limit: int, asker: Asker, today: date
) -> list[Event]:
    """The next events that an asker's organisation is told of and that the asker may see now."""
    where = (event_delivery.c.id > position, _is_told(asker, today))
    query = _events().where(*where).order_by(event_delivery.c.id).limit(limit)
    return [_event(row) for row in connection.execute(query).mappings()]


def find_event(connection: Connection, delivery_id: int, asker: Asker, today: date) -> Event | None:
    """One event, if the asker may see it now."""
    query = _events().where(event_delivery.c.id == delivery_id, _is_told(asker, today))
    row = connection.execute(query).mappings().first()
    return None if row is None else _event(row)


def forget_events(connection: Connection, before: datetime) -> int:
    """Delete events of before a time, with what was still to be sent of them; tells how many."""
    old = select(event.c.id).where(event.c.at < before)
    deliveries = select(event_delivery.c.id).where(event_delivery.c.event_id.in_(old))
    connection.execute(delete(webhook_call).where(webhook_call.c.delivery_id.in_(deliveries)))
    connection.execute(delete(event_delivery).where(event_delivery.c.event_id.in_(old)))
    return connection.execute(delete(event).where(event.c.at < before)).rowcount


def _is_told(asker: Asker, today: date) -> ColumnElement[bool]:
    """Deliveries to an asker's organisation, of what the asker may read."""
    kinds = [kind.value for kind in kinds_for(asker.scopes)]
    return and_(
        event_delivery.c.ncb == asker.ncb,
        event.c.kind.in_(kinds),
        is_seen_subject(event, asker, today),
    )


def _events() -> Any:
    """Events beside their deliveries."""
    own = [event_delivery.c.id.label("position"), event_delivery.c.token]
    joined = event_delivery.join(event, event.c.id == event_delivery.c.event_id)
    return select(*own, event).select_from(joined)


def _event(row: RowMapping) -> Event:
    """An event from its row."""
    about = Subject(
        SubjectKind(row["subject_kind"]), row["subject"], row["colour"], row["person_id"]
    )
    return Event(
        position=row["position"],
        token=row["token"],
        kind=EventKind(row["kind"]),
        act=row["act"],
        subject=about,
        at=as_utc(row["at"]),
        data=row["data"],
    )
