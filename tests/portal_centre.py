"""Messages, work of the centre and accounts of invented people, for pages to show."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from typing import Any

from engine.asker import Asker
from engine.centre_desk.rooms import choose_room
from engine.centre_desk.working import list_work, take_item
from engine.command_centre.room import Room, room_on_duty
from engine.gallery.centre_store import ItemFilter
from engine.gallery.message_store import ThreadPart
from engine.identity.organisations import CENTRE
from engine.identity.roles import Role
from engine.messages import Attachment, Draft, Priority
from engine.messaging.reading import list_opened_threads
from engine.messaging.sending import NewThread, open_thread, reply
from portal_cases import asker, open_a_hit
from portal_world import PortalWorld

NOTE = Attachment("note.txt", "text/plain", b"An invented note.\n")

_numbers = itertools.count(1)


def say(world: PortalWorld, to: str, subject: str, priority: Priority = Priority.ROUTINE) -> str:
    """Id of a new thread that Moldova opens with another organisation."""
    by = asker(world, "writer", ncb="MD")
    new = NewThread(subject, frozenset({to}))
    draft = Draft("Whom have you got? The print was found at a border.", priority, (NOTE,))
    return open_thread(world.service.catalogue, new, draft, f"T-{next(_numbers)}", by).thread.id


def operator(world: PortalWorld, name: str = "night", room: Room | None = None) -> Asker:
    """An operator who works in a room, by default in the one on duty."""
    by = asker(world, name, Role.CCC_OPERATOR, CENTRE)
    choose_room(world.service.catalogue, room or room_on_duty(datetime.now(UTC)), by)
    return by


def busy_centre(world: PortalWorld) -> str:
    """A centre with work of all priorities, one item in hand; tells the id of that."""
    known = list_work(world.service.catalogue, ItemFilter(0, 10), operator(world))[0]
    if len(known) < 4:
        open_a_hit(world)
        say(world, CENTRE, "Somebody is held at a border", Priority.FLASH)
        say(world, CENTRE, "Case 2026-CR-00123", Priority.URGENT)
        say(world, CENTRE, "A question")
        known = list_work(world.service.catalogue, ItemFilter(0, 10), operator(world))[0]
        take_item(world.service.catalogue, known[0].id, operator(world))
    return known[0].id


def seat_viewer(world: PortalWorld, language: str) -> None:
    """Let the operator who looks at pages of a language work in the room on duty."""
    operator(world, f"ccc-operator-{language}")


def board(page: Any, world: PortalWorld) -> None:
    """The board with work on it."""
    busy_centre(world)
    for language in ("ar", "en", "fr", "es"):
        seat_viewer(world, language)
    page.goto(f"{world.url}/portal/centre")
    page.locator("[data-pulse][data-state=live]").wait_for()


def item(page: Any, world: PortalWorld) -> None:
    """An item that is in somebody's hands."""
    page.goto(f"{world.url}/portal/centre/items/{busy_centre(world)}")


def threads(page: Any, world: PortalWorld) -> None:
    """The messages of France, some unread."""
    found, _ = list_opened_threads(
        world.service.catalogue, ThreadPart(0, 5), asker(world, "reader")
    )
    if not any(one.thread.subject for one in found):
        say(world, "FR", "Case 2026-CR-00123: a second print")
        say(world, "FR", "Held at a border: please answer at once", Priority.FLASH)
        answered = say(world, "FR", "Meeting of the working group")
        draft = Draft("Thank you, we shall be there.")
        reply(world.service.catalogue, answered, draft, "R-1", asker(world, "reader"))
    page.goto(f"{world.url}/portal/messages")


def thread(page: Any, world: PortalWorld) -> None:
    """A thread that has something to acknowledge, and a reply."""
    threads(page, world)
    page.locator(".thread-link", has_text="Held at a border").first.click()
    page.locator(".said").first.wait_for()


def person(page: Any, world: PortalWorld) -> None:
    """The account of somebody of France."""
    who = asker(world, "anne").actor
    page.goto(f"{world.url}/portal/administration/people/{who}")


def new_person(page: Any, world: PortalWorld) -> None:
    """The list of people, with the form of a new one."""
    page.goto(f"{world.url}/portal/administration")
    page.locator("details.add > summary").click()
