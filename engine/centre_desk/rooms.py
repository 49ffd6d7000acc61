"""The rooms at work: who sits in which, and what passes from one to the next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import Connection

from engine import audit
from engine.asker import Asker
from engine.centre_desk.desk import require_operator, seated
from engine.centre_desk.opening import tell_of_item
from engine.command_centre.handover import (
    BY_CLOCK,
    Handover,
    require_taker,
    shift_to_hand_over,
)
from engine.command_centre.room import Room, Shift, shift_at
from engine.command_centre.working import Operator, check_note, yield_to
from engine.errors import Conflict
from engine.events.event import EventKind
from engine.events.noting import note_event
from engine.events.subject import Subject, SubjectKind
from engine.gallery.catalogue import Catalogue
from engine.gallery.centre_room_store import (
    add_handover,
    find_handover,
    list_handovers,
    read_handover,
    room_of,
    save_acknowledgement,
    sit_down,
)
from engine.gallery.centre_store import ItemChange, items_of_room, save_item, seen_items
from engine.identity.organisations import CENTRE
from engine.seeing import today

MOST_LISTED = 30
"""Hand-overs that are shown: those of ten days."""


@dataclass(frozen=True, slots=True)
class Duty:
    """Which room has the duty, and in which the asker works."""

    shift: Shift
    own: Room | None


def read_duty(catalogue: Catalogue, asker: Asker) -> Duty:
    """Who has the duty now.

    Raises:
        Forbidden: the asker is no operator of the CCC.
    """
    require_operator(asker)
    with catalogue.recording() as connection:
        audit.record(connection, asker, "read.centre-duty", "", {})
        return Duty(shift_at(datetime.now(UTC)), room_of(connection, asker.actor))


def choose_room(catalogue: Catalogue, room: Room, asker: Asker) -> Duty:
    """Work in a room from now on.

    Raises:
        Forbidden: the asker is no operator of the CCC.
    """
    require_operator(asker)
    with catalogue.recording() as connection:
        now = datetime.now(UTC)
        sit_down(connection, asker.actor, room, now)
        audit.record(connection, asker, "centre.sit-down", room.value, {})
        return Duty(shift_at(now), room)


def offer_handover(
    catalogue: Catalogue, note: str, asker: Asker, now: datetime | None = None
) -> Handover:
    """Write the hand-over of one's room at the end of its duty.

    Raises:
        Forbidden: the asker is no operator, or the duty of their room does not end.
        BadRequest: the note is none, or they have not said in which room they work.
        Conflict: there is one already.
    """
    check_note("note", note)
    with catalogue.recording() as connection:
        at = now or datetime.now(UTC)
        by = seated(connection, asker)
        shift = shift_to_hand_over(by.room, at)
        if find_handover(connection, shift.ends) is not None:
            raise Conflict(f"the duty of {by.room} that ends {shift.ends:%d %H:%M} is handed over")
        return _offer(connection, shift, note, asker, at)


def offer_by_clock(catalogue: Catalogue, now: datetime, asker: Asker) -> None:
    """Hand over for the room whose duty has ended, if it left work and wrote nothing."""
    with catalogue.recording() as connection:
        shift = shift_at(now).before()
        if find_handover(connection, shift.ends) is None and items_of_room(connection, shift.room):
            _offer(connection, shift, BY_CLOCK, asker, now)


def take_over(
    catalogue: Catalogue, number: int, asker: Asker, now: datetime | None = None
) -> Handover:
    """Say that one's room has taken over: all that the other has not done is its own now.

    Raises:
        Forbidden: the asker is no operator, or it is for another room.
        BadRequest: they have not said in which room they work.
        NotFound: there is no such hand-over.
        Conflict: somebody was first, or the duty has not begun.
    """
    with catalogue.recording() as connection:
        at = now or datetime.now(UTC)
        by = seated(connection, asker)
        offered = read_handover(connection, number)
        require_taker(offered, by.room, at)
        after = replace(
            offered,
            acknowledged_by=by.actor,
            acknowledged_at=at,
            items=_pass_over(connection, offered.from_room, by, at),
        )
        if not save_acknowledgement(connection, after):
            raise Conflict("somebody has taken over already")
        detail = {"from": offered.from_room.value, "items": list(after.items)}
        audit.record(connection, asker, "centre.take-over", str(after.id), detail)
        _tell(connection, after, "handover-taken", at)
        return _as_seen(connection, after, asker)


def list_hand_overs(catalogue: Catalogue, asker: Asker) -> list[Handover]:
    """The latest hand-overs, the latest first.

    Raises:
        Forbidden: the asker is no operator of the CCC.
    """
    require_operator(asker)
    with catalogue.recording() as connection:
        found = list_handovers(connection, MOST_LISTED)
        detail = {"handovers": [one.id for one in found]}
        audit.record(connection, asker, "list.centre-handovers", "", detail)
        return [_as_seen(connection, one, asker) for one in found]


def _offer(connection: Connection, shift: Shift, note: str, asker: Asker, at: datetime) -> Handover:
    """Record a hand-over."""
    new = Handover(0, shift.ends, shift.room, shift.room.next, note, asker.actor, at)
    made = add_handover(connection, new)
    detail = {"from": made.from_room.value, "to": made.to_room.value}
    audit.record(connection, asker, "centre.hand-over", str(made.id), detail)
    _tell(connection, made, "handover-offered", at)
    return made


def _pass_over(
    connection: Connection, from_room: Room, by: Operator, at: datetime
) -> tuple[str, ...]:
    """Make all that a room has not done the work of an operator's room; tells which it was."""
    waiting = items_of_room(connection, from_room) if from_room is not by.room else []
    for item in waiting:
        after = yield_to(item, by.room)
        note = f"was in the hands of {item.taken_by}" if item.taken_by else ""
        change = ItemChange(after.revision, "hand-over", after.room, note, by.actor, at)
        save_item(connection, after, change)
        tell_of_item(connection, after, "handed-over", at)
    return tuple(one.id for one in waiting)


def _tell(connection: Connection, handover: Handover, act: str, at: datetime) -> None:
    """Let the CCC know where a hand-over stands."""
    about = Subject(SubjectKind.FREE, str(handover.id))
    data = {"from": handover.from_room.value, "to": handover.to_room.value}
    note_event(connection, EventKind.CENTRE, act, about, [CENTRE], data=data, at=at)


def _as_seen(connection: Connection, handover: Handover, asker: Asker) -> Handover:
    """A hand-over with those of its items that an asker may see."""
    return replace(handover, items=tuple(seen_items(connection, handover.items, asker, today())))
