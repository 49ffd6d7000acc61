"""Notices of the invented people at each point of their life, for pages to show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.asker import Asker
from engine.identity.roles import Role
from engine.identity.users import asker_of_user
from engine.noticeboard.acting import Target
from engine.noticeboard.translating import translate
from engine.notices import Colour
from engine.notices.file import NoticeFile
from engine.notices.lifecycle import Step
from http_support import make_user
from notice_support import WARRANT, content, draft, find, step
from portal_world import PortalWorld

WANTED = "FX-0001"
"""With a Red notice in force, and prints of both hands."""

RED = "/portal/notices/red/2019-94185"

FACTS = (
    "On 1 March 2024 a painting that does not exist was taken from a museum that was never built. "
    "The person is said to have left by a door that is not there. All of this is invented."
)

_kept: dict[tuple[str, str], NoticeFile] = {}


def officer(world: PortalWorld, ncb: str, name: str) -> Asker:
    """Somebody who speaks for an organisation."""
    user = make_user(world.service.catalogue, name, ncb, frozenset({Role.NCB_OFFICER}))
    return asker_of_user(user, frozenset(), "identification", "2026-CR-00123")


def drafted(world: PortalWorld) -> NoticeFile:
    """The draft of a Red notice of France."""
    return _once(world, "draft", lambda: _draft(world))


def requested(world: PortalWorld) -> NoticeFile:
    """A Red notice whose review was taken up."""

    def make() -> NoticeFile:
        file = _draft(world)
        step(world.service.gallery, file, Step.SUBMIT, officer(world, "FR", "author"))
        return step(world.service.gallery, file, Step.TAKE_UP, officer(world, "IPSG", "desk"))

    return _once(world, "requested", make)


def published(world: PortalWorld) -> NoticeFile:
    """A Red notice in force with a French translation."""

    def make() -> NoticeFile:
        gallery, desk = world.service.gallery, officer(world, "IPSG", "desk")
        file = _draft(world)
        step(gallery, file, Step.SUBMIT, officer(world, "FR", "author"))
        step(gallery, file, Step.TAKE_UP, desk)
        find(gallery, file, asker=desk)
        step(gallery, file, Step.PUBLISH, desk)
        texts = {"facts": "Un tableau qui n'existe pas a été pris dans un musée inventé."}
        return translate(gallery.catalogue, Target(file.key), "fr", texts, desk)

    return _once(world, "published", make)


def path_of(file: NoticeFile) -> str:
    """Where the page of a notice is."""
    return f"/portal/notices/{file.key.colour}/{file.key.entity_id.replace('/', '-')}"


def at_notice(
    make: Callable[[PortalWorld], NoticeFile], after: str = ""
) -> Callable[[Any, PortalWorld], None]:
    """Opens a page of a notice that is made first."""

    def open_it(page: Any, world: PortalWorld) -> None:
        page.goto(f"{world.url}{path_of(make(world))}{after}")

    return open_it


def inbox(page: Any, world: PortalWorld) -> None:
    """News of notices, some of them unread."""
    published(world)
    page.goto(f"{world.url}/portal/notices/inbox")


def waiting(page: Any, world: PortalWorld) -> None:
    """What waits for a review."""
    requested(world)
    page.goto(f"{world.url}/portal/notices/review")


def refused(page: Any, world: PortalWorld) -> None:
    """A draft whose fields are wrong."""
    page.goto(f"{world.url}/portal/notices/new?colour=yellow")
    page.fill("#f-date_of_birth", "yesterday")
    page.fill("#f-country", "nowhere")
    page.locator("main form > button").click()
    page.locator(".alert-bad").wait_for()


def _draft(world: PortalWorld) -> NoticeFile:
    """A new draft."""
    said = content(Colour.RED, facts=FACTS, arrest_warrants=[WARRANT]).fields
    return draft(world.service.gallery, Colour.RED, owner=officer(world, "FR", "author"), **said)


def _once(world: PortalWorld, name: str, make: Callable[[], NoticeFile]) -> NoticeFile:
    """What was made before, or is made now."""
    key = (world.url, name)
    if key not in _kept:
        _kept[key] = make()
    return _kept[key]
