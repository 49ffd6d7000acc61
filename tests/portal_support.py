"""People at a screen: clients with a session, as a browser has one."""

from __future__ import annotations

from starlette.testclient import TestClient

from api.portal.forgery import token_of
from engine.identity.roles import Role
from engine.identity.sessions import begin_session
from http_support import make_user

BROWSER = {"Sec-Fetch-Site": "same-origin", "Accept": "text/html"}
"""What a browser says when a page of ours sends a form."""


def stranger(client: TestClient) -> TestClient:
    """A browser without a session, which follows no redirects."""
    other = TestClient(client.app, follow_redirects=False)
    other.headers.update(BROWSER)
    return other


def at_screen(client: TestClient, ncb: str, *roles: Role, name: str = "") -> TestClient:
    """A browser with the session of somebody of a bureau; it sends the token of forms always."""
    login = name or "-".join(role.value.replace("_", "-") for role in roles)
    catalogue = client.app.state.service.catalogue  # type: ignore[attr-defined]
    user = make_user(catalogue, login, ncb, frozenset(roles))
    secret = begin_session(catalogue, user).secret
    other = stranger(client)
    other.cookies.set("whorl-session", secret)
    other.headers["X-CSRF-Token"] = token_of(secret)
    return other
