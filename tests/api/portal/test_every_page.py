"""Every page, in a real browser: no barrier, nothing cut off, nothing that the policy refuses."""

from __future__ import annotations

from typing import Any

import pytest

from api.portal.languages import LANGUAGES
from browser_support import runs_over, violations
from portal_pages import PAGES, SCHEMES, Shown, page_of
from portal_world import PortalWorld


@pytest.fixture(params=SCHEMES)
def scheme(request: pytest.FixtureRequest) -> str:
    """Both schemes of colours."""
    return request.param


@pytest.mark.parametrize("shown", PAGES, ids=lambda shown: shown.name)
def test_axe_finds_no_barrier(browser: Any, world: PortalWorld, shown: Shown, scheme: str) -> None:
    """By the rules of WCAG 2.2 AA and good practice."""
    language = "ar" if scheme == "dark" else "en"
    with page_of(browser, world, shown, language, scheme) as page:
        shown.open(page, world)
        assert violations(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shown", PAGES, ids=lambda shown: shown.name)
def test_no_page_runs_over(browser: Any, world: PortalWorld, shown: Shown, language: str) -> None:
    """On a phone of 320 pixels, whatever the language; and the browser complains of nothing."""
    said: list[str] = []
    with page_of(browser, world, shown, language, "light") as page:
        page.on("console", lambda one: said.append(one.text) if one.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.set_viewport_size({"width": 320, "height": 640})
        shown.open(page, world)
        assert not runs_over(page)
        assert [one for one in said if "status of 4" not in one] == []
