"""Which room has the duty: exactly one, at every moment, whatever the clocks of the rooms do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.command_centre.room import LENGTH, ZONES, Room, parse_room, room_on_duty, shift_at
from engine.errors import BadRequest

MOMENTS = st.datetimes(
    datetime(2000, 1, 1),
    datetime(2099, 12, 31),
    timezones=st.sampled_from([UTC, *map(ZoneInfo, ZONES.values())]),
)
CHANGES = [datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)]
"""Europe's clocks change; those of the other two rooms do not."""


@given(MOMENTS)
def test_every_moment_is_in_one_shift(moment: datetime) -> None:
    """It has begun and has not ended, and lasts eight hours."""
    shift = shift_at(moment)
    assert shift.starts <= moment < shift.ends
    assert shift.ends - shift.starts == LENGTH


@given(MOMENTS)
def test_the_next_room_takes_over_without_gap(moment: datetime) -> None:
    """The moment of the hand-over is the next room's, the one before still the old one's."""
    shift = shift_at(moment)
    assert room_on_duty(shift.ends) is shift.room.next
    assert room_on_duty(shift.ends - timedelta(microseconds=1)) is shift.room
    assert shift_at(shift.ends).before() == shift


@given(MOMENTS)
def test_a_moment_has_one_duty_in_every_zone(moment: datetime) -> None:
    """However its time is written."""
    others = [moment.astimezone(room.zone) for room in Room]
    assert {room_on_duty(one) for one in others} == {room_on_duty(moment)}


@pytest.mark.parametrize("change", CHANGES)
def test_all_three_have_eight_hours_on_the_day_of_a_clock_change(change: datetime) -> None:
    """Also in minutes, though the day of Lyon has 23 or 25 hours."""
    midnight = change.replace(hour=0)
    minutes = [room_on_duty(midnight + timedelta(minutes=one)) for one in range(24 * 60)]
    assert [minutes.count(room) for room in Room] == [480, 480, 480]


@pytest.mark.parametrize(("day", "hours"), [("2026-01-15", (9, 17)), ("2026-07-15", (10, 18))])
def test_a_duty_is_told_by_the_clock_of_its_room(day: str, hours: tuple[int, int]) -> None:
    """In summer it begins an hour later there."""
    starts, ends = shift_at(datetime.fromisoformat(f"{day}T12:00:00+00:00")).local()
    assert (starts.hour, ends.hour) == hours


def test_a_time_without_zone_is_refused() -> None:
    """It is no moment."""
    with pytest.raises(ValueError, match="zone"):
        shift_at(datetime(2026, 1, 1))


def test_rooms_are_read_by_their_names() -> None:
    """With a space or a dash; others are refused."""
    assert parse_room("Buenos Aires") is Room.BUENOS_AIRES
    with pytest.raises(BadRequest, match="use one of"):
        parse_room("paris")
