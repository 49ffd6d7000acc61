"""Calls on both databases: at least once, later again, given up, switched off."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from centre_support import asked
from engine.errors import BadRequest, Forbidden, NotFound
from engine.events import Event, EventKind
from engine.gallery.gallery import Gallery
from engine.gallery.message_store import ThreadPart
from engine.handling import HandlingChange, change_person_handling
from engine.identity.clearance import Clearance
from engine.identity.roles import Role
from engine.messaging.reading import list_opened_threads
from engine.policy import parse_recipients
from engine.webhooks.address import allowed_by
from engine.webhooks.registering import (
    MOST,
    enable,
    list_dead,
    list_own,
    read_own,
    register,
    remove,
)
from engine.webhooks.schedule import LONGEST, MOST_FAILURES, MOST_TRIES, wait_after
from engine.webhooks.sending import CallFailed, make_calls, plan_calls
from engine.webhooks.webhook import Webhook, WebhookState
from examination_support import (
    ASKING_FIRST,
    ASKING_OFFICER,
    OWNING_OFFICER,
    confirmed,
    person_of,
)

ALLOWED = allowed_by(["hooks.example.org"], loopback=False)
URL = "https://hooks.example.org/in"
CENTRAL = person_of("officer", "CCC", Role.NCB_OFFICER)


class Receiver:
    """Takes calls, or refuses them."""

    def __init__(self) -> None:
        self.got: list[str] = []
        self.down = False

    def __call__(self, url: str, event: Event) -> None:
        if self.down:
            raise CallFailed("the answer was 503")
        self.got.append(event.token)


def registered(gallery: Gallery, *kinds: EventKind) -> Webhook:
    """A callback of the CCC."""
    return register(gallery.catalogue, URL, kinds, ALLOWED, CENTRAL)


def call(gallery: Gallery, receiver: Receiver, after: timedelta = timedelta(0)) -> None:
    """Make all calls that are due then."""
    now = datetime.now(UTC) + after
    for one in plan_calls(gallery.catalogue, now):
        make_calls(gallery.catalogue, one, receiver, now)


def test_each_event_is_called_once_if_it_arrives(gallery: Gallery) -> None:
    """From the registration on, of the kinds that are wanted."""
    asked(gallery, 1)
    registered(gallery, EventKind.MESSAGE)
    receiver = Receiver()
    for number in (2, 3):
        asked(gallery, number)
    for _ in range(2):
        call(gallery, receiver)
    assert len(receiver.got) == len(set(receiver.got)) == 2


def test_what_fails_is_called_again_later(gallery: Gallery) -> None:
    """With the same id; not before its time."""
    registered(gallery, EventKind.MESSAGE)
    asked(gallery)
    receiver = Receiver()
    receiver.down = True
    call(gallery, receiver)
    receiver.down = False
    call(gallery, receiver)
    assert receiver.got == []
    call(gallery, receiver, timedelta(minutes=1))
    assert len(receiver.got) == 1


def test_what_never_arrives_is_given_up_and_listed(gallery: Gallery) -> None:
    """And tried again when the callback is enabled."""
    hook = registered(gallery, EventKind.MESSAGE)
    asked(gallery)
    receiver = Receiver()
    receiver.down = True
    for number in range(MOST_TRIES):
        call(gallery, receiver, number * timedelta(days=1))
    dead = list_dead(gallery.catalogue, hook.id, CENTRAL)
    assert [(one.call.tries, one.call.fault) for one in dead] == [
        (MOST_TRIES, "the answer was 503")
    ]
    receiver.down = False
    enable(gallery.catalogue, hook.id, CENTRAL)
    call(gallery, receiver)
    assert receiver.got == [dead[0].event.token]
    assert list_dead(gallery.catalogue, hook.id, CENTRAL) == []


def test_a_callback_that_always_fails_is_switched_off(gallery: Gallery) -> None:
    """Its bureau gets a message; what happens meanwhile is sent when it is enabled."""
    hook = registered(gallery, EventKind.MESSAGE)
    for number in range(4):
        asked(gallery, number)
    receiver = Receiver()
    receiver.down = True
    for number in range(MOST_FAILURES):
        call(gallery, receiver, number * timedelta(days=1))
    off = read_own(gallery.catalogue, hook.id, CENTRAL)
    assert off.state is WebhookState.DISABLED
    found, _ = list_opened_threads(gallery.catalogue, ThreadPart(0, 9), CENTRAL)
    assert "A callback was switched off" in [one.thread.subject for one in found]
    receiver.down = False
    call(gallery, receiver, timedelta(days=90))
    assert receiver.got == []
    enable(gallery.catalogue, hook.id, CENTRAL)
    call(gallery, receiver, timedelta(days=90))
    assert len(receiver.got) >= 4


def test_what_is_hidden_by_now_is_not_sent(gallery: Gallery) -> None:
    """Though its call was planned; nor is what needs a clearance."""
    register(gallery.catalogue, URL, [EventKind.HIT], ALLOWED, ASKING_OFFICER)
    confirmed(gallery)
    plan_calls(gallery.catalogue, datetime.now(UTC))
    hide = HandlingChange(restriction=parse_recipients("DENY", ["FR"]))
    change_person_handling(gallery.catalogue, "P", hide, 1, OWNING_OFFICER)
    receiver = Receiver()
    call(gallery, receiver)
    assert receiver.got == []


def test_callbacks_are_for_officers_of_the_bureau(gallery: Gallery) -> None:
    """Others learn of none and change none."""
    hook = registered(gallery)
    assert list_own(gallery.catalogue, ASKING_OFFICER) == []
    for act in (read_own, enable, remove, list_dead):
        with pytest.raises(NotFound):
            act(gallery.catalogue, hook.id, ASKING_OFFICER)
        with pytest.raises(Forbidden):
            act(gallery.catalogue, hook.id, ASKING_FIRST)


def test_only_allowed_hosts_and_so_many_are_registered(gallery: Gallery) -> None:
    """The eleventh is refused; a removed one makes room."""
    with pytest.raises(BadRequest, match="hosts"):
        register(gallery.catalogue, "https://example.net/", [], ALLOWED, CENTRAL)
    hooks = [registered(gallery) for _ in range(MOST)]
    with pytest.raises(BadRequest, match="remove one"):
        registered(gallery)
    remove(gallery.catalogue, hooks[0].id, CENTRAL)
    registered(gallery)


def test_tries_come_later_and_later_and_end() -> None:
    """Twice as late each time, an hour at most, over some hours in all."""
    waits = [wait_after(one) for one in range(1, MOST_TRIES)]
    assert all(waits)
    assert waits == sorted(waits, key=lambda one: one or LONGEST)
    assert timedelta(hours=4) < sum((one or LONGEST for one in waits), timedelta()) < LONGEST * 12
    assert wait_after(MOST_TRIES) is None


def test_a_callback_is_told_with_the_lowest_clearance(gallery: Gallery) -> None:
    """Who reads what its server receives is not known."""
    assert registered(gallery).asker.clearance is Clearance.OFFICIAL
