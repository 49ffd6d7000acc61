"""What every page has: a language, a strict policy, and problems that people can read."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.portal.languages import LANGUAGES, accepted
from api.portal.static_files import load_static_files
from api.portal.words import STAGES
from engine.identity.roles import Role
from http_support import PROBLEM, make_app, make_settings, picture, upload
from portal_support import at_screen, stranger

BUDGET = 100_000
"""Bytes of our own scripts and styles that a page may load, as they are."""

TEMPLATES = Path(__file__).parents[3] / "api" / "portal" / "templates"


@pytest.mark.parametrize(
    ("header", "language"),
    [("fr-CH, fr;q=0.9, en;q=0.8", "fr"), ("de, ar;q=0.4", "ar"), ("en;q=0, es", "es"),
     ("xx;q=x", None), ("", None)],
)  # fmt: skip
def test_the_browser_says_the_language(header: str, language: str | None) -> None:
    """The one of ours that it likes best."""
    assert accepted(header) == language


def test_the_choice_of_the_user_comes_first(client: TestClient) -> None:
    """Then that of the browser's cookie, then what the browser asks for."""
    browser = at_screen(client, "FR", Role.EXAMINER, name="chooser")
    arabic = {"Accept-Language": "ar"}
    assert '<html lang="ar" dir="rtl"' in browser.get("/portal", headers=arabic).text
    chosen = browser.post("/portal/appearance", data={"language": "es", "back": "/portal/profile"})
    assert chosen.headers["location"] == "/portal/profile"
    assert '<html lang="es" dir="ltr"' in browser.get("/portal", headers=arabic).text
    other = at_screen(client, "FR", Role.EXAMINER, name="chooser")
    assert '<html lang="es"' in other.get("/portal").text
    new = stranger(client)
    new.cookies.set("whorl-language", "fr")
    assert '<html lang="fr"' in new.get("/portal/sign-in", headers=arabic).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_problems_are_read_in_ones_language(client: TestClient, language: str) -> None:
    """A page for people, the problem itself for scripts."""
    browser = at_screen(client, "FR", Role.EXAMINER, name=f"reads-{language}")
    page = browser.get("/portal/nothing", headers={"Accept-Language": language})
    assert page.status_code == 404
    assert f'<html lang="{language}"' in page.text
    plain = browser.get("/portal/nothing.json")
    assert plain.headers["content-type"] == PROBLEM


def test_pages_load_nothing_from_elsewhere(client: TestClient) -> None:
    """By their policy; and nothing of them is kept by the browser."""
    page = stranger(client).get("/portal/sign-in")
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
    assert "unsafe" not in policy
    assert page.headers["Cache-Control"] == "no-store"
    assert "style=" not in page.text
    assert "<script>" not in page.text


def test_scripts_and_styles_are_kept_for_ever(client: TestClient) -> None:
    """Under a name that changes with them; they need no session."""
    files = load_static_files()
    for name in files.contents:
        answer = stranger(client).get(files.url(name))
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
    old = stranger(client).get("/portal/static/0/portal.js")
    assert (old.status_code, old.headers["Cache-Control"]) == (404, "no-store")


def _used(template: str) -> set[str]:
    """The static files that a template names, and those that it extends or takes macros from."""
    waiting, seen, names = {template}, set[str](), set[str]()
    while waiting:
        seen.add(one := waiting.pop())
        text = (TEMPLATES / one).read_text(encoding="utf-8")
        waiting |= set(re.findall(r'{%-? *(?:extends|import|from|include) "([^"]+)"', text)) - seen
        names |= set(re.findall(r"static\('([^']+)'\)", text))
    return names


def _with_imports(names: set[str], files: dict[str, bytes]) -> set[str]:
    """The same with every module that they import."""
    found: set[str] = set()
    while new := names - found:
        found |= new
        names = found | {
            posixpath.join(posixpath.dirname(name), other)
            for name in new
            for other in re.findall(r'from "\./([^"]+)"', files[name].decode())
        }
    return found


@pytest.mark.parametrize(
    "page", sorted(str(p.relative_to(TEMPLATES)) for p in TEMPLATES.rglob("*.html"))
)
def test_scripts_and_styles_of_a_page_stay_small(page: str) -> None:
    """Whatever a page loads, modules of modules too."""
    files = load_static_files().contents
    sizes = {
        name: len(files[name])
        for name in _with_imports(_used(page), files)
        if name.endswith((".js", ".css"))
    }
    assert sum(sizes.values()) < BUDGET, sizes


def test_over_https_cookies_and_browsers_keep_to_it(tmp_path: Path) -> None:
    """The prefix binds cookies to this host; browsers come back by HTTPS alone."""
    settings = make_settings(tmp_path).model_copy(update={"public_url": "https://whorl.example"})
    with TestClient(make_app(settings)) as client:
        page = stranger(client).get("/portal/sign-in")
    assert page.headers["Strict-Transport-Security"].startswith("max-age=63072000")
    cookie = page.headers["set-cookie"]
    assert cookie.startswith("__Host-whorl-visit=")
    assert "Secure" in cookie


def test_every_stage_of_a_search_has_words(client: TestClient) -> None:
    """The page of a running search names each."""
    answer = client.post("/v1/searches", files=[upload(picture(77))]).json()
    assert set(answer["times"]) - {"together"} <= set(STAGES)
