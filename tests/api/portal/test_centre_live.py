"""The board of the command centre in a real browser: what happens appears by itself."""

from __future__ import annotations

from typing import Any

from engine.identity.roles import Role
from engine.messages import Priority
from portal_cases import open_a_hit
from portal_centre import say
from portal_pages import Shown, at, page_of
from portal_world import PortalWorld

BOARD = Shown("", at("/portal/centre"), Role.CCC_OPERATOR, "CCC")


def test_the_board_shows_a_hit_as_it_happens(world: PortalWorld, browser: Any) -> None:
    """Without a reload; it is told to those who do not look, and the map counts it."""
    with page_of(browser, world, BOARD, "en", "light") as page:
        BOARD.open(page, world)
        page.locator("[data-pulse][data-state=live]").wait_for()
        before = page.locator("[data-item]").count()
        open_a_hit(world)
        page.locator("[data-item]").nth(before).wait_for()
        assert "Hit" in page.locator("[data-say]").inner_text()
        assert page.locator(".map .spot").count() >= 1


def test_what_has_the_focus_keeps_it(world: PortalWorld, browser: Any) -> None:
    """Somebody who goes through the queue by keyboard is not thrown out of it by news."""
    with page_of(browser, world, BOARD, "en", "light") as page:
        say(world, "CCC", "A question")
        BOARD.open(page, world)
        page.locator("[data-pulse][data-state=live]").wait_for()
        page.locator(".item-link").first.focus()
        here = page.evaluate("document.activeElement.id")
        before = page.locator("[data-item]").count()
        say(world, "CCC", "Another", Priority.URGENT)
        page.locator("[data-item]").nth(before).wait_for()
        assert page.evaluate("document.activeElement.id") == here
