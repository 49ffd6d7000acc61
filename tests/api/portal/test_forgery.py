"""Nothing is changed by a request that another site makes a browser send."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from api.access import PORTAL_ROUTES
from api.portal.forgery import token_of
from engine.identity.roles import Role
from portal_support import at_screen, stranger

CHANGES = [path for method, path in PORTAL_ROUTES if method != "GET"]


def officer(client: TestClient) -> TestClient:
    """A browser of somebody who may do much."""
    return at_screen(client, "FR", Role.NCB_OFFICER, Role.ADMIN, Role.CCC_OPERATOR, name="forged")


@pytest.mark.parametrize("path", CHANGES)
def test_each_change_needs_its_token(client: TestClient, path: str) -> None:
    """Without it, and with another session's, nothing is done."""
    browser = officer(client)
    for token in ("", token_of("another secret")):
        browser.headers["X-CSRF-Token"] = token
        answer = browser.post(path.replace("{", "").replace("}", ""), data={"language": "fr"})
        assert answer.status_code in (403, 422), answer.text  # 422: no such id can be
    assert browser.get("/portal").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {},
    ],
)
def test_each_change_comes_from_our_own_pages(client: TestClient, headers: dict[str, str]) -> None:
    """Though the token is right."""
    browser = officer(client)
    del browser.headers["Sec-Fetch-Site"]
    assert browser.post("/portal/appearance", headers=headers).status_code == 403


def test_older_browsers_say_where_they_come_from(client: TestClient) -> None:
    """By the header Origin alone."""
    browser = officer(client)
    del browser.headers["Sec-Fetch-Site"]
    answer = browser.post("/portal/appearance", headers={"Origin": "http://testserver"})
    assert answer.status_code == 303


def test_strangers_forms_are_bound_to_their_visit(client: TestClient) -> None:
    """So nobody can be signed in as somebody else unawares."""
    browser = stranger(client)
    browser.get("/portal/sign-in")
    form = {"user": "a", "password": "b", "csrf": token_of("another visit")}
    assert browser.post("/portal/sign-in", data=form).status_code == 403
