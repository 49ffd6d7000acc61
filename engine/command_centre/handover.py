"""Hand-over from the room whose duty ends to the next.

What is not done passes over whole, in one step, when the next room says that it has it: until then
it is the old room's, afterwards the new one's, and what an operator still held is open again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.command_centre.room import Room, Shift, shift_at
from engine.errors import Conflict, Forbidden

EARLY = timedelta(minutes=30)
"""How long before the end of a duty its hand-over can be written."""

ANSWERED_WITHIN = timedelta(minutes=15)
"""How soon the next room says that it has taken over, before both are told that it is late."""

BY_CLOCK = "Handed over by the clock: the room left no note."


@dataclass(frozen=True, slots=True)
class Handover:
    """A hand-over.

    Attributes:
        id: its number; 0 before it is recorded.
        shift_ends_at: end of the duty that it is of.
        from_room, to_room: who hands over, and to whom.
        note: what the next room should know.
        offered_by, offered_at: who wrote it, and when.
        acknowledged_by, acknowledged_at: who of the next room took over; None if nobody yet.
        items: ids of what passed over; empty before.
    """

    id: int
    shift_ends_at: datetime
    from_room: Room
    to_room: Room
    note: str
    offered_by: str
    offered_at: datetime
    acknowledged_by: str | None = None
    acknowledged_at: datetime | None = None
    items: tuple[str, ...] = ()

    def is_late(self, now: datetime) -> bool:
        """Whether the next room has not taken over in time."""
        return self.acknowledged_at is None and now >= self.shift_ends_at + ANSWERED_WITHIN


def shift_to_hand_over(room: Room, now: datetime) -> Shift:
    """The duty that a room can hand over now: its own that ends soon, or has ended last.

    Raises:
        Forbidden: its duty neither ends soon nor was the one before.
    """
    current = shift_at(now)
    if current.room is room and now >= current.ends - EARLY:
        return current
    if current.before().room is room:
        return current.before()
    raise Forbidden(f"{room}: its duty does not end within {EARLY}, nor has it ended last")


def require_taker(handover: Handover, room: Room, now: datetime) -> None:
    """Check that a room can take over: the one that it is for, or a later one that is on duty.

    Raises:
        Forbidden: it is for another room.
        Conflict: it was done, or the duty of the next room has not begun.
    """
    if room not in (handover.to_room, shift_at(now).room):
        raise Forbidden(f"this hand-over is to {handover.to_room}")
    if handover.acknowledged_at is not None:
        raise Conflict(f"{handover.acknowledged_by} has taken over already")
    if now < handover.shift_ends_at:
        raise Conflict(
            f"the duty of {handover.from_room} ends at {handover.shift_ends_at:%H:%M} UTC"
        )
