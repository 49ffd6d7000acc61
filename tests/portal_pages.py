"""Every page of the portal, to be looked at: by axe-core, by its width, and by people.

A new page adds itself here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from engine.examination import Conclusion
from engine.identity.roles import Role
from portal_cases import bring, decide, open_a_case, open_a_hit
from portal_centre import board, item, new_person, person, thread, threads
from portal_records import (
    RED,
    WANTED,
    at_notice,
    drafted,
    inbox,
    published,
    requested,
    waiting,
)
from portal_records import refused as refused_notice
from portal_world import PortalWorld, probe_file

Open = Callable[[Any, PortalWorld], None]
"""Brings a browser's page to what is to be seen."""

SIZE = {"width": 1366, "height": 768}
PHONE = {"width": 360, "height": 740}
SCHEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Shown:
    """A page to be looked at.

    Attributes:
        name: of its pictures.
        open: how to get there.
        role: of who looks; None is a stranger.
        ncb: of who looks.
        phone: whether it is looked at on a phone.
    """

    name: str
    open: Open
    role: Role | None = Role.EXAMINER
    ncb: str = "FR"
    phone: bool = False


def at(path: str) -> Open:
    """A page that has an address of its own."""

    def open_it(page: Any, world: PortalWorld) -> None:
        page.goto(f"{world.url}{path}")

    return open_it


def menu_open(page: Any, world: PortalWorld) -> None:
    """The first page with the menu of the account open."""
    page.goto(f"{world.url}/portal")
    page.locator("details.drop summary").last.click()


def refused(page: Any, world: PortalWorld) -> None:
    """A sign-in that is refused."""
    page.goto(f"{world.url}/portal/sign-in")
    page.fill("#f-user", "nobody@fr")
    page.fill("#f-password", "a wrong password")
    page.locator("main button").click()
    page.locator(".alert-bad").wait_for()


def queue(page: Any, world: PortalWorld) -> None:
    """The cases that wait."""
    open_a_case(world)
    page.goto(f"{world.url}/portal/examinations?waiting=true")


def case_without_probe(page: Any, world: PortalWorld) -> None:
    """A case whose probe has to be brought."""
    page.goto(f"{world.url}/portal/examinations/{open_a_case(world)}")


def workbench(page: Any, world: PortalWorld) -> None:
    """Two prints side by side."""
    bring(page, world, open_a_case(world))


def overlay(page: Any, world: PortalWorld) -> None:
    """The probe on the candidate, with a marked pair."""
    workbench(page, world)
    page.locator(".wb-pairs input").nth(2).check()
    page.locator(".wb-probe").focus()
    page.keyboard.press("o")


def keys(page: Any, world: PortalWorld) -> None:
    """The help of the workbench."""
    workbench(page, world)
    page.locator(".wb-probe").focus()
    page.keyboard.press("?")


def conflict(page: Any, world: PortalWorld) -> None:
    """Two verdicts that differ, for a supervisor."""
    case_id = open_a_case(world)
    decide(world, case_id, "one", Conclusion.IDENTIFICATION, "Eleven minutiae agree.")
    decide(world, case_id, "two", Conclusion.EXCLUSION, "The cores differ.")
    bring(page, world, case_id)


def hits(page: Any, world: PortalWorld) -> None:
    """Hits, with news that nobody has read."""
    open_a_hit(world)
    page.goto(f"{world.url}/portal/hits")


def hit(page: Any, world: PortalWorld) -> None:
    """A hit that waits for its owner."""
    page.goto(f"{world.url}/portal/hits/{open_a_hit(world)}")


PAGES: list[Shown] = [
    Shown("sign-in", at("/portal/sign-in"), None),
    Shown("sign-in-refused", refused, None),
    Shown("sign-in-phone", at("/portal/sign-in"), None, phone=True),
    Shown("password-first", at("/portal/password?user=martin@fr"), None),
    Shown("password", at("/portal/password")),
    Shown("home", at("/portal"), Role.NCB_OFFICER),
    Shown("home-menu", menu_open, Role.NCB_OFFICER),
    Shown("home-phone", at("/portal"), Role.NCB_OFFICER, phone=True),
    Shown("profile", at("/portal/profile")),
    Shown("not-found", at("/portal/nothing-here")),
    Shown("examinations", queue),
    Shown("case-without-probe", case_without_probe),
    Shown("workbench", workbench),
    Shown("workbench-phone", workbench, phone=True),
    Shown("workbench-overlay", overlay),
    Shown("workbench-keys", keys),
    Shown("case-in-conflict", conflict, Role.NCB_OFFICER),
    Shown("hits", hits, Role.NCB_OFFICER),
    Shown("hit", hit, Role.NCB_OFFICER, "NL"),
]
"""Later pages add themselves."""


@contextmanager
def page_of(
    browser: Any, world: PortalWorld, shown: Shown, language: str, scheme: str
) -> Iterator[Any]:
    """A browser's page of somebody who is about to look."""
    context = browser.new_context(
        viewport=PHONE if shown.phone else SIZE,
        locale=language,
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    if shown.role is not None:
        world.sign_in(context, shown.role, shown.ncb, language)
    yield context.new_page()
    context.close()


def looked_at(page: Any, world: PortalWorld) -> None:
    """The form of a search with an image that was looked at."""
    page.goto(f"{world.url}/portal/searches/new")
    page.set_input_files("#f-image", probe_file())
    page.locator(".probe[data-probe]").wait_for()
    page.locator(".tip-right_index").click()
    page.fill("#f-case_ref", "2026-CR-00123")


def found(page: Any, world: PortalWorld) -> None:
    """The candidates of a search."""
    looked_at(page, world)
    page.locator('button[value="search"]').click()
    page.locator(".candidates").wait_for()
    page.wait_for_load_state("networkidle")


def compared(page: Any, world: PortalWorld) -> None:
    """The first candidate beside the probe."""
    found(page, world)
    page.locator(".acts a").first.click()
    page.wait_for_load_state("networkidle")


PAGES += [
    Shown("search", at("/portal/searches/new")),
    Shown("search-looked-at", looked_at),
    Shown("search-phone", looked_at, phone=True),
    Shown("candidates", found),
    Shown("candidates-phone", found, phone=True),
    Shown("candidate", compared),
]

PAGES += [
    Shown("messages", threads),
    Shown("message", thread),
    Shown("message-phone", thread, phone=True),
    Shown("message-new", at("/portal/messages/new?to=CCC")),
    Shown("centre", board, Role.CCC_OPERATOR, "CCC"),
    Shown("centre-phone", board, Role.CCC_OPERATOR, "CCC", phone=True),
    Shown("centre-item", item, Role.CCC_OPERATOR, "CCC"),
    Shown("centre-statistics", at("/portal/centre/statistics"), Role.CCC_OPERATOR, "CCC"),
    Shown("people", new_person, Role.NCB_OFFICER),
    Shown("person-account", person, Role.NCB_OFFICER),
    Shown("bureau", at("/portal/administration/bureau?code=CN"), Role.NCB_OFFICER),
    Shown("callbacks", at("/portal/administration/callbacks"), Role.NCB_OFFICER),
    Shown("index", at("/portal/administration/index"), Role.ADMIN, "IPSG"),
    Shown("audit", at("/portal/audit"), Role.AUDITOR),
    Shown("audit-chain", at("/portal/audit/chain"), Role.AUDITOR),
]

PAGES += [
    Shown("persons", at("/portal/persons"), Role.NCB_OFFICER),
    Shown("person", at(f"/portal/persons/{WANTED}"), Role.NCB_OFFICER, "MD"),
    Shown("person-phone", at(f"/portal/persons/{WANTED}"), Role.NCB_OFFICER, "MD", phone=True),
    Shown("person-new", at("/portal/persons/new"), Role.NCB_OFFICER, "MD"),
    Shown("person-enrol", at(f"/portal/persons/{WANTED}/encounters/new"), Role.NCB_OFFICER, "MD"),
    Shown("person-accesses", at(f"/portal/persons/{WANTED}/accesses"), Role.NCB_OFFICER, "MD"),
    Shown("print", at("/portal/prints/1"), Role.NCB_OFFICER),
    Shown("notices", at("/portal/notices"), Role.NCB_OFFICER),
    Shown("notices-phone", at("/portal/notices"), Role.NCB_OFFICER, phone=True),
    Shown("notices-inbox", inbox, Role.NCB_OFFICER),
    Shown("notices-review", waiting, Role.NCB_OFFICER, "IPSG"),
    Shown("notice", at(RED)),
    Shown("notice-phone", at(RED), phone=True),
    Shown("notice-draft", at_notice(drafted), Role.NCB_OFFICER),
    Shown("notice-reviewed", at_notice(requested), Role.NCB_OFFICER, "IPSG"),
    Shown("notice-history", at_notice(published, "/history"), Role.NCB_OFFICER),
    Shown("notice-translation", at_notice(drafted, "/translations/ar"), Role.NCB_OFFICER),
    Shown("notice-colours", at("/portal/notices/new"), Role.NCB_OFFICER),
    Shown("notice-new", at("/portal/notices/new?colour=red"), Role.NCB_OFFICER),
    Shown("notice-refused", refused_notice, Role.NCB_OFFICER),
    Shown("notice-paper", at_notice(published, "/print")),
]
