"""Operators of the CCC and their work, as tests make them up."""

from __future__ import annotations

from datetime import UTC, datetime

from engine.asker import Asker
from engine.centre_desk.rooms import choose_room
from engine.centre_desk.working import list_work
from engine.command_centre import Item, Room, room_on_duty
from engine.gallery.centre_store import ItemFilter
from engine.gallery.gallery import Gallery
from engine.identity.organisations import CENTRE
from engine.identity.roles import Role
from engine.messages import Draft, Priority
from engine.messaging.sending import NewThread, Sent, open_thread
from examination_support import ASKING_OFFICER, person_of

ALL = ItemFilter(0, 100)


def operator_in(gallery: Gallery, name: str, room: Room | None = None) -> Asker:
    """An operator who works in a room; by default in the one on duty."""
    asker = person_of(name, CENTRE, Role.CCC_OPERATOR)
    choose_room(gallery.catalogue, room or room_on_duty(datetime.now(UTC)), asker)
    return asker


def asked(gallery: Gallery, number: int = 1, priority: Priority = Priority.ROUTINE) -> Sent:
    """A message of France to the CCC."""
    new = NewThread(f"Question {number}", frozenset({CENTRE}))
    draft = Draft("A text.", priority)
    return open_thread(gallery.catalogue, new, draft, f"ask-{number}", ASKING_OFFICER)


def work(gallery: Gallery, asker: Asker, wanted: ItemFilter = ALL) -> list[Item]:
    """What an operator finds to do."""
    return list_work(gallery.catalogue, wanted, asker)[0]
