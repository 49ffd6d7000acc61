"""The three rooms of the CCC, and which of them has the duty.

The day is cut in three by fixed hours of UTC, so that no change of a clock to or from summer time
makes a gap or an overlap. Which hours of its own day a room works moves by one then, where its
country has summer time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from engine.errors import BadRequest


class Room(StrEnum):
    """The rooms, in the order in which they have the duty."""

    SINGAPORE = "singapore"
    LYON = "lyon"
    BUENOS_AIRES = "buenos_aires"

    @property
    def next(self) -> Room:
        """The room that takes over from this one."""
        rooms = list(Room)
        return rooms[(rooms.index(self) + 1) % len(rooms)]

    @property
    def zone(self) -> ZoneInfo:
        """The time zone that it is in."""
        return ZoneInfo(ZONES[self])


ZONES: Mapping[Room, str] = {
    Room.SINGAPORE: "Asia/Singapore",
    Room.LYON: "Europe/Paris",
    Room.BUENOS_AIRES: "America/Argentina/Buenos_Aires",
}

STARTS: Mapping[Room, int] = {
    Room.SINGAPORE: 0,  # 8 to 16 in Singapore
    Room.LYON: 8,  # 9 to 17 in Lyon, in summer 10 to 18
    Room.BUENOS_AIRES: 16,  # 13 to 21 in Buenos Aires
}
"""Hour of UTC at which the duty of each begins. Our choice: the network's hours are not public."""

LENGTH = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class Shift:
    """The duty of one room.

    Attributes:
        room: that has it.
        starts: first moment, of UTC.
        ends: first moment of the next room's.
    """

    room: Room
    starts: datetime
    ends: datetime

    def local(self) -> tuple[datetime, datetime]:
        """Start and end by the clock of the room."""
        return self.starts.astimezone(self.room.zone), self.ends.astimezone(self.room.zone)

    def before(self) -> Shift:
        """The shift before this one."""
        return shift_at(self.starts - LENGTH)


def shift_at(at: datetime) -> Shift:
    """The shift that a moment is in; exactly one for every moment.

    Raises:
        ValueError: the time has no zone, so that it is no moment.
    """
    if at.tzinfo is None:
        raise ValueError("give a time with its zone")
    moment = at.astimezone(UTC)
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    room = max(Room, key=lambda one: STARTS[one] if STARTS[one] <= moment.hour else -1)
    starts = midnight + timedelta(hours=STARTS[room])
    return Shift(room, starts, starts + LENGTH)


def room_on_duty(at: datetime) -> Room:
    """The room that has the duty at a moment."""
    return shift_at(at).room


def parse_room(text: str) -> Room:
    """Read a room by its name.

    Raises:
        BadRequest: there is none.
    """
    word = text.strip().lower().replace(" ", "_").replace("-", "_")
    if word not in set(Room):
        raise BadRequest(f"room {text!r}: use one of {', '.join(Room)}")
    return Room(word)
