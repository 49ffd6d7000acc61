"""Whatever operators do, an item is in one pair of hands, and is done once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.command_centre import Item, ItemKind, ItemState, Room, finish, release, take, yield_to
from engine.command_centre.handover import Handover, require_taker, shift_to_hand_over
from engine.command_centre.item import due_after, urgency_of
from engine.command_centre.working import Operator, check_note
from engine.errors import BadRequest, Conflict, Forbidden
from engine.events import Subject, SubjectKind
from engine.messages import Priority

AT = datetime(2026, 1, 2, 9, tzinfo=UTC)
"""Lyon has the duty."""

ITEM = Item(
    "0" * 32, ItemKind.MESSAGE, Subject(SubjectKind.FREE, "M"), "1", Priority.ROUTINE, AT,
    due_after(Priority.ROUTINE, AT), Room.LYON,
)  # fmt: skip
ANNE, BEN = Operator("anne@ccc", Room.LYON), Operator("ben@ccc", Room.SINGAPORE)
STEPS = {
    "take": lambda item, who: take(item, who, AT),
    "release": release,
    "finish": lambda item, who: finish(item, who, AT),
    "hand over": lambda item, who: yield_to(item, who.room),
}


@given(st.lists(st.tuples(st.sampled_from(list(STEPS)), st.sampled_from([ANNE, BEN]))))
def test_an_item_is_done_once_and_by_who_has_it(steps: list[tuple[str, Operator]]) -> None:
    """Steps that do not start where it stands are refused and change nothing."""
    item, done = ITEM, 0
    for name, who in steps:
        if item.state is ItemState.DONE and name == "hand over":
            continue  # what is done is not handed over
        before = item
        try:
            item = STEPS[name](item, who)
        except (Conflict, Forbidden):
            continue
        assert item.revision == before.revision + 1
        assert (item.state is ItemState.OPEN) is (item.taken_by is None)
        if item.state is ItemState.DONE:
            done += 1
            assert before.taken_by == who.actor
    assert done <= 1


def test_another_room_takes_only_when_it_has_the_duty() -> None:
    """Then it need not wait for the hand-over."""
    with pytest.raises(Forbidden, match="hand it over"):
        take(ITEM, BEN, AT)
    taken = take(ITEM, BEN, AT.replace(hour=1))
    assert (taken.room, taken.taken_by) == (Room.SINGAPORE, BEN.actor)


@pytest.mark.parametrize(
    ("kind", "stated", "found"),
    [
        (ItemKind.MESSAGE, Priority.FLASH, Priority.FLASH),
        (ItemKind.ORANGE_WARNING, None, Priority.FLASH),
        (ItemKind.ESCALATION, Priority.ROUTINE, Priority.URGENT),
    ],
)
def test_an_item_is_as_urgent_as_the_more_urgent(kind: Any, stated: Any, found: Any) -> None:
    """Of its kind and of what its message says."""
    assert urgency_of(kind, stated) is found


def test_an_item_is_late_until_it_is_done() -> None:
    """From its due time on."""
    assert not ITEM.is_late(ITEM.due_at - timedelta(seconds=1))
    assert ITEM.is_late(ITEM.due_at)
    assert not replace(ITEM, state=ItemState.DONE).is_late(ITEM.due_at)


@pytest.mark.parametrize(("hour", "minute", "ends"), [(15, 30, 16), (16, 0, 16), (23, 59, 16)])
def test_a_room_hands_over_what_ends_or_has_ended(hour: int, minute: int, ends: int) -> None:
    """From half an hour before, until the next room's duty ends."""
    assert shift_to_hand_over(Room.LYON, AT.replace(hour=hour, minute=minute)).ends.hour == ends


def test_a_room_hands_over_nothing_else() -> None:
    """Neither early nor that of two shifts ago."""
    for hour, minute in ((15, 29), (8, 0), (1, 0)):
        with pytest.raises(Forbidden, match="duty"):
            shift_to_hand_over(Room.LYON, AT.replace(hour=hour, minute=minute))


def test_only_the_next_room_takes_over_and_once() -> None:
    """When its duty has begun; a later one if that one has not."""
    ends = AT.replace(hour=16)
    offered = Handover(1, ends, Room.LYON, Room.BUENOS_AIRES, "A note.", ANNE.actor, ends)
    require_taker(offered, Room.BUENOS_AIRES, ends)
    require_taker(offered, Room.SINGAPORE, ends + timedelta(hours=9))
    with pytest.raises(Forbidden, match="hand-over is to"):
        require_taker(offered, Room.SINGAPORE, ends)
    with pytest.raises(Conflict, match="ends at"):
        require_taker(offered, Room.BUENOS_AIRES, ends - timedelta(minutes=1))
    with pytest.raises(Conflict, match="already"):
        require_taker(replace(offered, acknowledged_at=ends), Room.BUENOS_AIRES, ends)


@pytest.mark.parametrize("note", ["", " ", "x" * 4_001])
def test_a_note_says_something(note: str) -> None:
    """And not too much."""
    with pytest.raises(BadRequest, match="note"):
        check_note("note", note)
