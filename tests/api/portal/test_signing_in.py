"""Sessions: begun with a password, ended in time, and good for pages alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from engine.gallery.identity_tables import portal_session
from engine.gallery.user_store import find_user
from engine.identity.accounts import disable_user, reset_password
from engine.identity.proof import change_password
from engine.identity.roles import Role
from engine.identity.sessions import IDLE
from engine.terminal import operator
from http_support import PASSWORD, make_user
from portal_support import at_screen, stranger


def catalogue_of(client: TestClient) -> Any:
    """The catalogue behind a client."""
    return client.app.state.service.catalogue  # type: ignore[attr-defined]


def token_in(page: str) -> str:
    """The token of a page's forms."""
    return page.partition('name="csrf" value="')[2].partition('"')[0]


def sign_in(browser: TestClient, user: str, password: str, after: str = "") -> Any:
    """Fill in the form of the sign-in and send it."""
    page = browser.get("/portal/sign-in", params={"next": after})
    form = {"csrf": token_in(page.text), "user": user, "password": password, "next": after}
    return browser.post("/portal/sign-in", data=form)


def test_whoever_asks_for_a_page_signs_in_and_comes_back(client: TestClient) -> None:
    """To the page that was asked for, with its query."""
    browser, user = stranger(client), make_user(catalogue_of(client), "comes-back").id
    asked = browser.get("/portal/profile?x=1")
    assert asked.status_code == 303
    assert asked.headers["location"] == "/portal/sign-in?next=%2Fportal%2Fprofile%3Fx%3D1"
    done = sign_in(browser, user.upper(), PASSWORD, "/portal/profile?x=1")
    assert done.headers["location"] == "/portal/profile?x=1"
    assert browser.get("/portal/profile").status_code == 200


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example",
        "https://evil.example",
        "/v1/me",
        "/portal//evil",
        "/portal/\\evil",
        "/port",
    ],
)
def test_nobody_is_led_elsewhere(client: TestClient, elsewhere: str) -> None:
    """A link to the sign-in cannot name another site to go to."""
    browser, user = stranger(client), make_user(catalogue_of(client), "not-led").id
    assert sign_in(browser, user, PASSWORD, elsewhere).headers["location"] == "/portal"


def test_the_cookie_is_strict_and_of_no_use_to_scripts(client: TestClient) -> None:
    """And its value is new with every sign-in, whatever the browser had before."""
    browser, user = stranger(client), make_user(catalogue_of(client), "cookie").id
    browser.cookies.set("whorl-session", "chosen-by-somebody-else")
    done = sign_in(browser, user, PASSWORD)
    cookie = next(one for one in done.headers.get_list("set-cookie") if "session" in one)
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "chosen-by-somebody-else" not in cookie


def test_a_wrong_password_tells_nothing(client: TestClient) -> None:
    """Of somebody and of nobody alike."""
    make_user(catalogue_of(client), "somebody")
    answers = [
        sign_in(stranger(client), user, "a wrong password") for user in ("somebody@fr", "no@fr")
    ]
    assert [one.status_code for one in answers] == [400, 400]
    texts = [one.text.replace("somebody@fr", "no@fr") for one in answers]
    assert texts[0].replace(token_in(texts[0]), "") == texts[1].replace(token_in(texts[1]), "")


def test_a_one_time_password_leads_to_choosing_one(client: TestClient) -> None:
    """And choosing one signs in."""
    catalogue = catalogue_of(client)
    user = make_user(catalogue, "first-run").id
    secret = reset_password(catalogue, user, operator()).secret
    browser = stranger(client)
    done = sign_in(browser, user, secret or "")
    assert done.headers["location"] == f"/portal/password?user={user.replace('@', '%40')}"
    page = browser.get(done.headers["location"])
    new = "another invented password"
    form = {"csrf": token_in(page.text), "user": user, "password": secret, "new_password": new}
    assert browser.post("/portal/password", data={**form, "repeated": "x"}).status_code == 422
    browser.post("/portal/password", data={**form, "repeated": new})
    assert browser.get("/portal").status_code == 200


@pytest.mark.parametrize("end", ["sign-out", "password", "disable", "idle"])
def test_a_session_ends(client: TestClient, end: str) -> None:
    """By its user, by a new password, by an officer, and by itself."""
    catalogue = catalogue_of(client)
    browser = at_screen(client, "FR", Role.EXAMINER, name=f"ends-{end}")
    user = f"ends-{end}@fr"
    assert browser.get("/portal").status_code == 200
    if end == "sign-out":
        assert browser.post("/portal/sign-out").headers["location"].startswith("/portal/sign-in")
    elif end == "password":
        change_password(catalogue, user, PASSWORD, "quite another password")
    elif end == "disable":
        disable_user(catalogue, user, operator())
    else:
        past = datetime.now(UTC) - IDLE - timedelta(seconds=1)
        with catalogue.recording() as connection:
            connection.execute(update(portal_session).values(seen_at=past))
    assert browser.get("/portal").status_code == 303


def test_a_session_is_of_no_use_to_programs(client: TestClient) -> None:
    """No cookie opens /v1, and no token opens a page."""
    browser = at_screen(client, "FR", Role.EXAMINER)
    assert browser.get("/v1/me").status_code == 401
    bearer = stranger(client)
    bearer.headers["Authorization"] = client.headers["Authorization"]
    assert bearer.get("/v1/me").status_code == 200
    assert bearer.get("/portal").status_code == 303


def test_programs_have_no_screen(client: TestClient) -> None:
    """A service account cannot sign in here."""
    catalogue = catalogue_of(client)
    make_user(catalogue, "gateway", roles=frozenset({Role.SERVICE}))
    assert sign_in(stranger(client), "gateway@fr", PASSWORD).status_code == 400
    with catalogue.reading() as connection:
        assert find_user(connection, "gateway@fr") is not None
