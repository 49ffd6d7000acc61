"""A notice on paper: one sheet, whatever the language, with its images and without a script."""

from __future__ import annotations

import re
from typing import Any

import pytest

from api.portal.languages import LANGUAGES
from engine.identity.roles import Role
from portal_pages import Shown, at, page_of
from portal_records import RED, published
from portal_world import PortalWorld

_SHEET = re.compile(rb"/Type\s*/Page\b")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_notice_is_one_sheet(browser: Any, world: PortalWorld, language: str) -> None:
    """As the browser prints it: a Red notice with a warrant and prints."""
    shown = Shown("", at(f"{RED}/print"), Role.EXAMINER)
    with page_of(browser, world, shown, language, "dark") as page:
        shown.open(page, world)
        page.wait_for_load_state("networkidle")
        sheet = page.pdf(prefer_css_page_size=True, print_background=True)
        assert len(_SHEET.findall(sheet)) == 1
        assert page.locator("script").count() == 0


def test_the_whole_story_of_a_notice(browser: Any, world: PortalWorld) -> None:
    """Drafted at one bureau, reviewed and published by the secretariat, read at another."""
    author = Shown("", at("/portal/notices/new?colour=blue"), Role.NCB_OFFICER)
    with page_of(browser, world, author, "fr", "light") as page:
        author.open(page, world)
        page.fill("#f-name", "RECITOVA")
        page.fill("#f-description", "Localisation recherchée (inventé).")
        page.select_option("#f-language", "fr")
        page.select_option("#f-mode", "DENY")
        page.fill("#f-ncbs", "BR")
        page.locator("main form > button").click()
        page.locator('form[action$="/steps/submit"] button').click()
        page.locator(".notice-head .badge-info").wait_for()
        here = page.url.partition("?")[0].removeprefix(world.url)
    _publish(browser, world, here)
    reader = Shown("", at("/portal/notices/inbox?unread=true"), Role.INVESTIGATOR, "NL")
    with page_of(browser, world, reader, "ar", "dark") as page:
        reader.open(page, world)
        page.locator(".inbox .unread button").first.click()
        assert page.url == f"{world.url}{here}"
        assert "RECITOVA" in page.locator("h1").inner_text()
    denied = Shown("", at(here), Role.INVESTIGATOR, "BR")
    with page_of(browser, world, denied, "es", "light") as page:
        denied.open(page, world)
        assert page.locator(".problem-code").inner_text() == "404"


def _publish(browser: Any, world: PortalWorld, here: str) -> None:
    """Take a request through its review."""
    desk = Shown("", at(here), Role.NCB_OFFICER, "IPSG")
    with page_of(browser, world, desk, "en", "light") as page:
        desk.open(page, world)
        page.locator("summary", has_text="Take up the review").click()
        page.fill("#reason-take-up", "Taken up.")
        page.locator('form[action$="/steps/take-up"] button').click()
        page.select_option("#article_2", "yes")
        page.select_option("#article_3", "yes")
        page.locator('input[value="approve"]').check()
        page.locator('form[action$="/reviews"] button').click()
        page.locator('form[action$="/steps/publish"] button').click()
        page.locator(".badge-good", has_text="Published").wait_for()


def test_a_translated_notice_is_one_sheet_too(browser: Any, world: PortalWorld) -> None:
    """With its longer texts and the remark that some are not translated."""
    path = f"/portal/notices/red/{published(world).key.entity_id.replace('/', '-')}/print"
    shown = Shown("", at(path), Role.EXAMINER)
    with page_of(browser, world, shown, "es", "light") as page:
        shown.open(page, world)
        sheet = page.pdf(prefer_css_page_size=True, print_background=True)
        assert len(_SHEET.findall(sheet)) == 1
