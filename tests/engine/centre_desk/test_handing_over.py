"""The seam between two rooms, on both databases: nothing is dropped, nothing answered twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from centre_support import asked, operator_in, work
from engine.centre_desk.lateness import keep_centre
from engine.centre_desk.rooms import list_hand_overs, offer_handover, take_over
from engine.centre_desk.working import finish_item, open_work, take_item
from engine.command_centre import ItemState, shift_at
from engine.command_centre.handover import BY_CLOCK
from engine.errors import Conflict, Forbidden
from engine.gallery.centre_store import ItemFilter
from engine.gallery.gallery import Gallery
from engine.terminal import operator

SHIFT = shift_at(datetime.now(UTC))
NEXT = SHIFT.room.next


def test_open_and_taken_items_pass_over(gallery: Gallery) -> None:
    """What was in somebody's hands is open again, and says in whose it was."""
    for number in range(3):
        asked(gallery, number)
    old, new = operator_in(gallery, "old", SHIFT.room), operator_in(gallery, "new", NEXT)
    taken = take_item(gallery.catalogue, work(gallery, old)[0].id, old).item.id
    offered = offer_handover(gallery.catalogue, "Three wait.", old, SHIFT.ends)
    done = take_over(gallery.catalogue, offered.id, new, SHIFT.ends)
    assert len(done.items) == 3
    assert {(one.room, one.state) for one in work(gallery, new)} == {(NEXT, ItemState.OPEN)}
    last = open_work(gallery.catalogue, taken, new).changes[-1]
    assert (last.act, last.note) == ("hand-over", f"was in the hands of {old.actor}")


def test_what_was_handed_over_is_not_finished_by_the_old_room(gallery: Gallery) -> None:
    """Nor is what was finished handed over."""
    for number in range(2):
        asked(gallery, number)
    old, new = operator_in(gallery, "old", SHIFT.room), operator_in(gallery, "new", NEXT)
    first, second = (one.id for one in work(gallery, old))
    for item in (first, second):
        take_item(gallery.catalogue, item, old)
    finish_item(gallery.catalogue, first, "Answered.", old)
    offered = offer_handover(gallery.catalogue, "One waits.", old, SHIFT.ends)
    assert take_over(gallery.catalogue, offered.id, new, SHIFT.ends).items == (second,)
    with pytest.raises(Conflict):
        finish_item(gallery.catalogue, second, "Answered.", old)


def test_finishing_and_taking_over_at_once(gallery: Gallery) -> None:
    """Each item is either done by the old room or open in the new one, never both or neither."""
    for number in range(10):
        asked(gallery, number)
    old, new = operator_in(gallery, "old", SHIFT.room), operator_in(gallery, "new", NEXT)
    items = [one.id for one in work(gallery, old)]
    for item in items:
        take_item(gallery.catalogue, item, old)
    offered = offer_handover(gallery.catalogue, "Many wait.", old, SHIFT.ends)

    def finish(item: str) -> bool:
        try:
            finish_item(gallery.catalogue, item, "Answered.", old)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(3) as pool:
        answered = [pool.submit(finish, item) for item in items]
        passed = pool.submit(take_over, gallery.catalogue, offered.id, new, SHIFT.ends).result()
        done = {item for item, one in zip(items, answered, strict=True) if one.result()}
    assert done | set(passed.items) == set(items)
    assert not done & set(passed.items)
    assert {one.id for one in work(gallery, new)} == set(passed.items)


def test_one_operator_takes_over(gallery: Gallery) -> None:
    """Of several who say so at once."""
    asked(gallery)
    old = operator_in(gallery, "old", SHIFT.room)
    people = [operator_in(gallery, f"new-{number}", NEXT) for number in range(4)]
    offered = offer_handover(gallery.catalogue, "One waits.", old, SHIFT.ends)

    def attempt(who: int) -> bool:
        try:
            take_over(gallery.catalogue, offered.id, people[who], SHIFT.ends)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(attempt, range(4))) == 1


def test_a_room_that_writes_nothing_is_handed_over_by_the_clock(gallery: Gallery) -> None:
    """Once, and only if it left something."""
    new = operator_in(gallery, "new", NEXT)
    keep_centre(gallery.catalogue, SHIFT.ends, operator())
    assert list_hand_overs(gallery.catalogue, new) == []
    asked(gallery)
    for minutes in (0, 1):
        keep_centre(gallery.catalogue, SHIFT.ends + timedelta(minutes=minutes), operator())
    found = list_hand_overs(gallery.catalogue, new)
    assert [(one.from_room, one.note) for one in found] == [(SHIFT.room, BY_CLOCK)]


def test_a_hand_over_is_written_once_and_at_its_time(gallery: Gallery) -> None:
    """A second one would hide the first."""
    old = operator_in(gallery, "old", SHIFT.room)
    with pytest.raises(Forbidden, match="does not end"):
        offer_handover(gallery.catalogue, "Early.", old, SHIFT.starts)
    offer_handover(gallery.catalogue, "First.", old, SHIFT.ends)
    with pytest.raises(Conflict, match="handed over"):
        offer_handover(gallery.catalogue, "Second.", old, SHIFT.ends)


def test_items_are_listed_by_room_and_state(gallery: Gallery) -> None:
    """What is done is asked for by its state."""
    asked(gallery)
    anne = operator_in(gallery, "anne", SHIFT.room)
    assert work(gallery, anne, ItemFilter(0, 9, room=NEXT)) == []
    item = work(gallery, anne, ItemFilter(0, 9, room=SHIFT.room))[0].id
    take_item(gallery.catalogue, item, anne)
    finish_item(gallery.catalogue, item, "Answered.", anne)
    done = work(gallery, anne, ItemFilter(0, 9, ItemState.DONE))
    assert [one.id for one in done] == [item]
