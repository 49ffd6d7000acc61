"""From the sign-in to the candidates, in a real browser and each language; and without scripts."""

from __future__ import annotations

from typing import Any

import pytest

from api.portal.languages import LANGUAGES
from engine.identity.roles import Role
from http_support import PASSWORD
from portal_pages import SIZE, Shown, at, page_of
from portal_world import PortalWorld, probe_file


def fill_sign_in(page: Any, world: PortalWorld, user: str) -> None:
    """Sign in by hand."""
    page.goto(f"{world.url}/portal/searches/new")
    page.fill("#f-user", user)
    page.fill("#f-password", PASSWORD)
    page.locator("main button").click()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_print_finds_its_person(browser: Any, world: PortalWorld, language: str) -> None:
    """Signed in by hand, the image chosen, the finger clicked, the mate at rank 1."""
    user = world.user(Role.EXAMINER, name=f"by-hand-{language}")
    with page_of(browser, world, Shown("", at("/portal"), None), language, "light") as page:
        fill_sign_in(page, world, user)
        assert page.locator("html").get_attribute("lang") == language
        page.set_input_files("#f-image", probe_file())
        page.locator(".probe[data-probe] .tip-right_index").click()
        page.fill("#f-case_ref", "2026-CR-00123")
        page.locator('button[value="search"]').click()
        first = page.locator(".candidate").first
        first.wait_for()
        assert "FX-0007" in first.inner_text()
        assert first.locator(".notice").count() == 1
        first.locator(".acts a").click()
        assert page.locator("main h1").inner_text()
        page.locator(".workbench").wait_for()


def test_it_works_without_scripts(browser: Any, world: PortalWorld) -> None:
    """The server looks at the image when it is asked to, and the page of the search goes on."""
    context = browser.new_context(viewport=SIZE, java_script_enabled=False)
    page = context.new_page()
    fill_sign_in(page, world, world.user(Role.EXAMINER, name="plain"))
    page.set_input_files("#f-image", probe_file())
    page.locator('button[value="look"]').click()
    assert page.locator(".marks g").count() > 20
    page.locator(".tip-right_index input").check()
    page.fill("#f-case_ref", "2026-CR-00123")
    page.locator('button[value="search"]').click()
    page.locator(".candidates").wait_for()
    context.close()


def test_what_is_missing_is_said_at_its_field(browser: Any, world: PortalWorld) -> None:
    """And what was filled in stays."""
    with page_of(browser, world, Shown("", at("/portal")), "en", "light") as page:
        page.goto(f"{world.url}/portal/searches/new")
        page.set_input_files("#f-image", probe_file())
        page.locator(".probe[data-probe]").wait_for()
        page.evaluate("document.querySelector('#f-case_ref').required = false")
        page.locator('button[value="search"]').click()
        assert page.locator("#f-case_ref-error").is_visible()
        assert page.locator(".probe[data-probe]").count() == 1
        assert page.locator("#f-case_ref").get_attribute("aria-invalid") == "true"


def test_a_picture_of_nothing_is_refused(browser: Any, world: PortalWorld, tmp_path: Any) -> None:
    """By name, in place of its preview."""
    (tmp_path / "note.png").write_bytes(b"no picture")
    with page_of(browser, world, Shown("", at("/portal")), "en", "light") as page:
        page.goto(f"{world.url}/portal/searches/new")
        page.set_input_files("#f-image", tmp_path / "note.png")
        page.locator("#probes .error").wait_for()
        assert "note.png: The image cannot be used" in page.locator("#probes").inner_text()
