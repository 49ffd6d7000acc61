"""What the board of the CCC shows at a moment, gathered from its use cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from engine.asker import Asker
from engine.centre_desk.rooms import Duty, list_hand_overs, read_duty
from engine.centre_desk.working import list_work
from engine.command_centre.handover import Handover, require_taker, shift_to_hand_over
from engine.command_centre.item import Item, ItemKind, ItemState
from engine.command_centre.room import Room, shift_at
from engine.command_centre.working import Operator, take
from engine.errors import Conflict, Forbidden
from engine.gallery.catalogue import Catalogue
from engine.gallery.centre_store import ItemFilter
from engine.gallery.hit_store import HitCount
from engine.messages import Priority
from engine.statistics.reading import read_all_statistics

SHOWN = 100
"""Items of the board, the most pressing first; more are on the pages of one room."""

DAYS = 7
"""Whose hits the map shows."""

HANDOVERS = 4
"""Of one day, and the one before."""

_ALERTS = (ItemKind.REVERSE_HIT, ItemKind.ORANGE_WARNING, ItemKind.ESCALATION)


@dataclass(frozen=True, slots=True)
class RoomNow:
    """A room at a moment.

    Attributes:
        room: which.
        local: its time.
        on_duty, own: whether it has the duty, and whether the asker works there.
        starts, ends: of its duty, this or the next, by its own clock.
        waiting: items of it that are not done, among those shown.
    """

    room: Room
    local: datetime
    on_duty: bool
    own: bool
    starts: datetime
    ends: datetime
    waiting: int


@dataclass(frozen=True, slots=True)
class Work:
    """An item, and whether the asker can take it now."""

    item: Item
    late: bool
    may_take: bool


@dataclass(frozen=True, slots=True)
class Passing:
    """A hand-over, and whether the asker's room can take it over now."""

    handover: Handover
    late: bool
    may_take: bool


@dataclass(frozen=True, slots=True)
class Board:
    """The board.

    Attributes:
        at: when it was read.
        duty: which room has the duty.
        rooms: all three.
        work: items that are not done, the most pressing first; `total` of them in all.
        alerts: those of them that somebody must hear of at once.
        late, flash, taken: how many of those shown are so.
        handovers: the latest.
        may_hand_over: whether the asker's room can write its hand-over now.
        hits: of the last days, by regions.
        of_room: the room whose work alone is shown.
    """

    at: datetime
    duty: Duty
    rooms: tuple[RoomNow, ...]
    work: tuple[Work, ...]
    total: int
    alerts: tuple[Work, ...]
    late: int
    flash: int
    taken: int
    handovers: tuple[Passing, ...]
    may_hand_over: bool
    hits: tuple[HitCount, ...]
    of_room: Room | None


def read_board(catalogue: Catalogue, of_room: Room | None, asker: Asker) -> Board:
    """The board as an operator of the CCC sees it now.

    Raises:
        Forbidden: the asker is none.
    """
    duty = read_duty(catalogue, asker)
    items, total = list_work(catalogue, ItemFilter(0, SHOWN, room=of_room), asker)
    passed = list_hand_overs(catalogue, asker)[:HANDOVERS]
    now = datetime.now(UTC)
    first = now.date() - timedelta(days=DAYS - 1)
    hits = read_all_statistics(catalogue, first, now.date(), asker).hits
    by = None if duty.own is None else Operator(asker.actor, duty.own)
    work = tuple(Work(one, one.is_late(now), may_take(one, by, now)) for one in items)
    return Board(
        at=now,
        duty=duty,
        rooms=tuple(_room(one, duty, items, now) for one in Room),
        work=work,
        total=total,
        alerts=tuple(one for one in work if one.item.kind in _ALERTS),
        late=sum(one.late for one in work),
        flash=sum(one.item.priority is Priority.FLASH for one in work),
        taken=sum(one.item.state is ItemState.TAKEN for one in work),
        handovers=tuple(
            Passing(one, one.is_late(now), _may_take_over(one, duty.own, now)) for one in passed
        ),
        may_hand_over=_may_hand_over(duty.own, now),
        hits=hits,
        of_room=of_room,
    )


def may_take(item: Item, by: Operator | None, now: datetime) -> bool:
    """Whether an operator could take an item: the rule itself is asked."""
    if by is None:
        return False
    try:
        take(item, by, now)
    except (Conflict, Forbidden):
        return False
    return True


def _may_take_over(handover: Handover, room: Room | None, now: datetime) -> bool:
    """The same of a hand-over."""
    if room is None:
        return False
    try:
        require_taker(handover, room, now)
    except (Conflict, Forbidden):
        return False
    return True


def _may_hand_over(room: Room | None, now: datetime) -> bool:
    """Whether a room's duty ends soon, or has ended last."""
    if room is None:
        return False
    try:
        shift_to_hand_over(room, now)
    except Forbidden:
        return False
    return True


def _room(room: Room, duty: Duty, items: list[Item], now: datetime) -> RoomNow:
    """A room at a moment."""
    shift = duty.shift
    while shift.room is not room:
        shift = shift_at(shift.ends)
    starts, ends = shift.local()
    return RoomNow(
        room=room,
        local=now.astimezone(room.zone),
        on_duty=room is duty.shift.room,
        own=room is duty.own,
        starts=starts,
        ends=ends,
        waiting=sum(one.room is room for one in items),
    )
