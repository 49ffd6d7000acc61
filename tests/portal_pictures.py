"""Pictures of every page: `PYTHONPATH=. python tests/portal_pictures.py FOLDER [BEGINNING]`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from api.portal.languages import LANGUAGES
from browser_support import HOW, find_browser, running_browser
from portal_pages import PAGES, SCHEMES, Shown, page_of
from portal_world import PortalWorld, running_portal


def take(browser: Any, world: PortalWorld, shown: Shown, folder: Path) -> None:
    """Take the pictures of one page, in four languages and both schemes."""
    for language in LANGUAGES:
        for scheme in SCHEMES:
            with page_of(browser, world, shown, language, scheme) as page:
                shown.open(page, world)
                file = folder / f"{shown.name}-{language}-{scheme}.png"
                page.screenshot(path=file, full_page=True)


def main(folder: Path, beginning: str = "") -> None:
    """Take the pictures of all pages, or of those whose names begin so."""
    path = find_browser()
    if path is None:
        raise SystemExit(HOW)
    folder.mkdir(parents=True, exist_ok=True)
    with running_portal() as world, running_browser(path) as browser:
        for shown in PAGES:
            if shown.name.startswith(beginning):
                take(browser, world, shown, folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:3])
