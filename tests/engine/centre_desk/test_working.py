"""The work of the CCC on both databases: made by acts, done once, hidden with its subject."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from centre_support import asked, operator_in, work
from engine.centre_desk.lateness import keep_centre
from engine.centre_desk.working import finish_item, list_work, open_work, release_item, take_item
from engine.command_centre import ItemKind, ItemState
from engine.errors import BadRequest, Conflict, Forbidden, NotFound
from engine.gallery.centre_store import ItemFilter
from engine.gallery.gallery import Gallery
from engine.gallery.message_store import ThreadPart
from engine.handling import HandlingChange, change_person_handling
from engine.messages import Draft, Priority
from engine.messaging.escalating import escalate
from engine.messaging.reading import read_opened_thread
from engine.messaging.sending import NewThread, open_thread, reply
from engine.policy import parse_recipients
from engine.terminal import operator
from examination_support import (
    ASKING_OFFICER,
    CENTRAL,
    OWNING_OFFICER,
    SECRETARY,
    confirmed,
    person_of,
)


def test_a_message_to_the_centre_is_work_once(gallery: Gallery) -> None:
    """As urgent as it says; sent again under its transaction it makes no second item."""
    anne = operator_in(gallery, "anne")
    first, again = asked(gallery, priority=Priority.FLASH), asked(gallery, priority=Priority.FLASH)
    found = work(gallery, anne)
    assert first.thread.id == again.thread.id
    assert [(one.kind, one.subject.id) for one in found] == [(ItemKind.MESSAGE, first.thread.id)]
    assert found[0].priority is Priority.FLASH


def test_messages_between_others_are_none_of_it(gallery: Gallery) -> None:
    """Until their acknowledgement is late: then who owes it is."""
    new = NewThread("A case", frozenset({"DE"}))
    open_thread(gallery.catalogue, new, Draft("A text."), "M-1", ASKING_OFFICER)
    anne = operator_in(gallery, "anne")
    assert work(gallery, anne) == []
    escalate(gallery.catalogue, datetime.now(UTC) + timedelta(days=30), operator())
    assert [one.kind for one in work(gallery, anne)] == [ItemKind.ESCALATION]


def test_a_hit_is_work_that_hides_with_its_person(gallery: Gallery) -> None:
    """From the next reading on, by id and in every count."""
    confirmed(gallery)
    anne = operator_in(gallery, "anne")
    item = work(gallery, anne)[0]
    assert item.kind is ItemKind.HIT
    hide = HandlingChange(restriction=parse_recipients("DENY", ["CCC"]))
    change_person_handling(gallery.catalogue, "P", hide, 1, OWNING_OFFICER)
    assert list_work(gallery.catalogue, ItemFilter(0, 10), anne) == ([], 0)
    for act in (open_work, take_item):
        with pytest.raises(NotFound):
            act(gallery.catalogue, item.id, anne)


def test_the_most_pressing_comes_first(gallery: Gallery) -> None:
    """Whatever came first."""
    for number, priority in enumerate(Priority):
        asked(gallery, number, priority)
    found = work(gallery, operator_in(gallery, "anne"))
    assert [one.priority for one in found] == list(reversed(Priority))


def test_one_of_many_operators_takes_an_item(gallery: Gallery) -> None:
    """At the same moment; all others are told that it is taken."""
    asked(gallery)
    people = [operator_in(gallery, f"operator-{number}") for number in range(8)]
    item = work(gallery, people[0])[0].id

    def attempt(who: int) -> bool:
        try:
            take_item(gallery.catalogue, item, people[who])
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(8))) == 1


def test_all_work_is_done_once_by_concurrent_operators(gallery: Gallery) -> None:
    """Each takes what it can and finishes it; nothing is left, nothing done twice."""
    for number in range(12):
        asked(gallery, number)
    people = [operator_in(gallery, f"operator-{number}") for number in range(4)]

    def labour(who: int) -> list[str]:
        done = []
        for item in work(gallery, people[who]):
            try:
                take_item(gallery.catalogue, item.id, people[who])
            except Conflict:
                continue
            finish_item(gallery.catalogue, item.id, "Answered.", people[who])
            done.append(item.id)
        return done

    with ThreadPoolExecutor(4) as pool:
        done = [one for many in pool.map(labour, range(4)) for one in many]
    assert len(done) == len(set(done)) == 12
    assert work(gallery, people[0]) == []


def test_a_finished_message_is_acknowledged(gallery: Gallery) -> None:
    """By the operator who finished it, with the whole history kept."""
    thread = asked(gallery).thread
    anne = operator_in(gallery, "anne")
    item = work(gallery, anne)[0].id
    take_item(gallery.catalogue, item, anne)
    release_item(gallery.catalogue, item, "Not mine.", anne)
    take_item(gallery.catalogue, item, anne)
    opened = finish_item(gallery.catalogue, item, "Answered.", anne)
    assert [one.act for one in opened.changes] == ["open", "take", "release", "take", "finish"]
    read = read_opened_thread(gallery.catalogue, thread.id, ThreadPart(0, 9), ASKING_OFFICER)
    assert read.messages[0].receipts[0].acknowledged_by == anne.actor


def test_nobody_answers_what_another_works_on(gallery: Gallery) -> None:
    """Whoever has the item may, and the bureau that asks, and anybody while nobody has it."""
    thread = asked(gallery).thread.id
    anne, ben = operator_in(gallery, "anne"), operator_in(gallery, "ben")
    take_item(gallery.catalogue, work(gallery, anne)[0].id, anne)
    with pytest.raises(Conflict, match="at work"):
        reply(gallery.catalogue, thread, Draft("Mine."), "R-1", ben)
    reply(gallery.catalogue, thread, Draft("Mine."), "R-2", anne)
    reply(gallery.catalogue, thread, Draft("More."), "R-3", ASKING_OFFICER)


@pytest.mark.parametrize("act", [release_item, finish_item])
def test_only_who_has_an_item_ends_it(gallery: Gallery, act: Callable[..., object]) -> None:
    """Nobody who has not taken it, and with words."""
    asked(gallery)
    anne = operator_in(gallery, "anne")
    item = work(gallery, anne)[0].id
    with pytest.raises(Conflict):
        act(gallery.catalogue, item, "A note.", anne)
    take_item(gallery.catalogue, item, anne)
    with pytest.raises(BadRequest, match="note"):
        act(gallery.catalogue, item, " ", anne)


def test_the_work_is_for_operators_in_a_room(gallery: Gallery) -> None:
    """Not for others, the Secretariat's included; and not before they say where they sit."""
    asked(gallery)
    item = work(gallery, CENTRAL)[0].id
    for other in (ASKING_OFFICER, SECRETARY, person_of("officer", "CCC")):
        with pytest.raises(Forbidden):
            work(gallery, other)
    with pytest.raises(BadRequest, match="which room"):
        take_item(gallery.catalogue, item, CENTRAL)


def test_late_work_is_told_once(gallery: Gallery) -> None:
    """By the clock."""
    asked(gallery)
    later = datetime.now(UTC) + timedelta(hours=20)
    for _ in range(2):
        keep_centre(gallery.catalogue, later, operator())
    item = work(gallery, operator_in(gallery, "anne"))[0]
    assert (item.state, item.is_late(later)) == (ItemState.OPEN, True)
