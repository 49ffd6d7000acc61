"""What operators do with an item. Each step starts where the last has left it, or is a conflict.

An open item is taken by one operator, who finishes it or puts it back. Open items are taken by the
room that they are in, and by the room on duty, which may not wait for a hand-over.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from engine.command_centre.item import Item, ItemState
from engine.command_centre.room import Room, room_on_duty
from engine.errors import BadRequest, Conflict, Forbidden
from engine.notices.values import words

LONGEST_NOTE = 4_000


@dataclass(frozen=True, slots=True)
class Operator:
    """Somebody who works in a room of the CCC."""

    actor: str
    room: Room


def take(item: Item, by: Operator, now: datetime) -> Item:
    """The item in the hands of an operator.

    Raises:
        Conflict: somebody has it already, or it is done.
        Forbidden: it is another room's, and the operator's room is not on duty.
    """
    if item.state is not ItemState.OPEN:
        raise Conflict(_taken(item))
    if by.room not in (item.room, room_on_duty(now)):
        raise Forbidden(f"item {item.id} is that of {item.room}, which may hand it over")
    return _step(item, state=ItemState.TAKEN, taken_by=by.actor, room=by.room)


def release(item: Item, by: Operator) -> Item:
    """The item open again in its room.

    Raises:
        Conflict: the operator does not have it.
    """
    _require_hold(item, by)
    return _step(item, state=ItemState.OPEN, taken_by=None)


def finish(item: Item, by: Operator, now: datetime) -> Item:
    """The item done.

    Raises:
        Conflict: the operator does not have it, or not any more.
    """
    _require_hold(item, by)
    return _step(item, state=ItemState.DONE, done_at=now)


def yield_to(item: Item, room: Room) -> Item:
    """The item, which is not done, open in the room that takes over."""
    return _step(item, state=ItemState.OPEN, taken_by=None, room=room)


def check_note(name: str, note: str) -> str:
    """A note of an operator.

    Raises:
        BadRequest: it is empty or too long.
    """
    if fault := words(LONGEST_NOTE)(note):
        raise BadRequest(f"{name}: {fault}")
    return note


def _require_hold(item: Item, by: Operator) -> None:
    """Check that an operator has an item.

    Raises:
        Conflict: somebody else has it, or nobody.
    """
    if item.state is not ItemState.TAKEN or item.taken_by != by.actor:
        raise Conflict(_taken(item))


def _taken(item: Item) -> str:
    """Why an item is not somebody's to work on."""
    whose = f" by {item.taken_by}" if item.taken_by else ""
    return f"item {item.id} is {item.state}{whose} in {item.room}"


def _step(item: Item, **changes: object) -> Item:
    """The item after a change."""
    return replace(item, revision=item.revision + 1, **changes)  # type: ignore[arg-type]
