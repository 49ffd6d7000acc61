"""A running portal, opened once, and a real browser, started once a module.

A browser of one module alone: while Playwright runs, nothing else in the process may start an event
loop of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from browser_support import HOW, find_browser, running_browser
from portal_pages import Shown, at, page_of
from portal_world import PortalWorld, running_portal


@pytest.fixture(scope="session")
def world() -> Iterator[PortalWorld]:
    """A running portal over a few invented people."""
    with running_portal() as opened:
        yield opened


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A real browser."""
    path = find_browser()
    if path is None:
        pytest.skip(HOW)
    with running_browser(path) as started:
        yield started


@pytest.fixture
def open_page(browser: Any, world: PortalWorld) -> Iterator[Callable[..., Any]]:
    """Opens pages: of somebody with a role or of a stranger, in a language and a scheme."""
    with ExitStack() as opened:

        def do(path: str, role: Any = None, language: str = "en", scheme: str = "light") -> Any:
            shown = Shown("", at(path), role)
            page = opened.enter_context(page_of(browser, world, shown, language, scheme))
            shown.open(page, world)
            return page

        yield do
