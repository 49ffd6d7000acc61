"""A real browser for tests of pages: found on this machine, or said how to get one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

HOW = (
    "NO BROWSER: pages are not tested. Install one: `.venv/bin/playwright install --with-deps "
    "chromium` (needs root for its libraries), or `apt-get install chromium`, or name one in "
    "WHORL_CHROMIUM."
)


def find_browser() -> str | None:
    """The path of a Chromium: named, in PATH, or Playwright's own; None if there is none."""
    named = os.environ.get("WHORL_CHROMIUM")
    if named:
        return named
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return found or _playwrights_own()


def _playwrights_own() -> str | None:
    """The browser that Playwright has installed."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where tests need it

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if shutil.which(path) else None


@contextmanager
def running_browser(path: str) -> Iterator[Any]:
    """A browser without a window."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where tests need it

    sandbox = os.geteuid() != 0  # Chromium refuses to build its sandbox as root
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=[] if sandbox else ["--no-sandbox"], chromium_sandbox=sandbox
        )
        yield browser
        browser.close()


AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Any) -> list[str]:
    """What axe-core finds wrong with a page: rule, and where."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)  # by the debugger: the page's own policy lets no foreign script in
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [
        f"{one['id']}: {one['help']}: {node['target']} {node.get('failureSummary', '')}"
        for one in found
        for node in one["nodes"]
    ]


def runs_over(page: Any) -> bool:
    """Whether a page must be moved sideways to be read."""
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"))


if __name__ == "__main__":
    print(find_browser() or HOW)
