"""Signing in over HTTP (RFC 6749)."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.service import HASHES_AT_ONCE, Service
from engine.identity.accounts import NewUser, create_user
from engine.identity.proof import REFUSED
from engine.identity.roles import Role
from engine.terminal import operator
from http_support import (
    PASSWORD,
    is_problem,
    make_app,
    make_settings,
    make_user,
    with_token,
)


@pytest.fixture(scope="module")
def caller(client: TestClient, service: Service) -> TestClient:
    """A caller without a token, where an examiner and a new officer have accounts."""
    make_user(service.catalogue, "anne", roles=frozenset({Role.EXAMINER}))
    return with_token(client, None)


@pytest.fixture(scope="module")
def bot(service: Service) -> tuple[str, str]:
    """Id and secret of a service."""
    new = NewUser("bot", "FR", "Bot", frozenset({Role.SERVICE}))
    made = create_user(service.catalogue, new, operator())
    return made.user.id, made.secret or ""


def ask(caller: TestClient, grant: str, headers: dict[str, str] | None = None, **form: str) -> Any:
    """The answer of the token route."""
    return caller.post("/v1/token", data={"grant_type": grant, **form}, headers=headers)


def is_refusal(response: Any, status: int, code: str) -> bool:
    """Whether an answer is a refusal of RFC 6749."""
    return (
        response.status_code == status
        and response.headers["cache-control"] == "no-store"
        and set(response.json()) == {"error", "error_description"}
        and response.json()["error"] == code
    )


def test_a_password_gives_tokens(caller: TestClient) -> None:
    """They count, are told in the form of the standard, and are not cached."""
    response = ask(caller, "password", username="anne@fr", password=PASSWORD)
    assert response.headers["cache-control"] == "no-store"
    granted = response.json()
    assert granted["token_type"] == "Bearer"
    assert 590 <= granted["expires_in"] <= 600
    assert granted["scope"] == "search latent read decide message notice.read"
    me = with_token(caller, granted["access_token"]).get("/v1/me").json()
    assert (me["id"], me["ncb"], me["roles"]) == ("anne@fr", "FR", ["examiner"])


def test_a_wrong_password_is_a_refusal_without_a_hint(caller: TestClient) -> None:
    """The same for a user who does not exist."""
    for user in ("anne@fr", "nobody@fr"):
        response = ask(caller, "password", username=user, password="wrong")
        assert is_refusal(response, 400, "invalid_grant")
        assert response.json()["error_description"] == REFUSED


def test_the_header_of_a_page_without_a_client_is_passed_over(caller: TestClient) -> None:
    """The docs page sends one with neither id nor secret."""
    headers = {"Authorization": "Basic Og=="}
    form = {"username": "anne@fr", "password": PASSWORD, "scope": ""}
    assert ask(caller, "password", headers, **form).status_code == 200


def test_refresh_and_sign_out(caller: TestClient) -> None:
    """A refresh token gives the next pair; after signing out none counts."""
    first = ask(caller, "password", username="anne@fr", password=PASSWORD).json()
    second = ask(caller, "refresh_token", refresh_token=first["refresh_token"], scope="search")
    assert second.json()["scope"] == "search"
    again = ask(caller, "refresh_token", refresh_token=first["refresh_token"])
    assert is_refusal(again, 400, "invalid_grant")
    third = ask(caller, "password", username="anne@fr", password=PASSWORD).json()
    done = caller.post("/v1/token/revoke", data={"token": third["refresh_token"]})
    assert (done.status_code, done.content) == (200, b"")
    response = with_token(caller, third["access_token"]).get("/v1/me")
    assert is_problem(response, 401, "unauthorised")
    assert caller.post("/v1/token/revoke", data={"token": "unknown"}).status_code == 200


@pytest.mark.parametrize("in_header", [True, False])
def test_a_service_is_admitted_by_its_secret(
    caller: TestClient, bot: tuple[str, str], in_header: bool
) -> None:
    """In the header or in the form; there is no refresh token."""
    basic = base64.b64encode(":".join(bot).encode()).decode()
    headers = {"Authorization": f"Basic {basic}"} if in_header else {}
    form = {} if in_header else {"client_id": bot[0], "client_secret": bot[1]}
    granted = ask(caller, "client_credentials", headers, **form).json()
    assert "refresh_token" not in granted
    assert "enrol" in granted["scope"].split()


@pytest.mark.parametrize("header", ["Basic x", "Basic eDp5", "Basic /w==", ""])
def test_a_wrong_secret_is_a_401(caller: TestClient, header: str) -> None:
    """Of the scheme by which clients show theirs."""
    response = ask(caller, "client_credentials", {"Authorization": header} if header else {})
    assert is_refusal(response, 401, "invalid_client")
    assert response.headers["www-authenticate"].startswith("Basic")


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({}, "invalid_request"),
        ({"grant_type": "password"}, "invalid_request"),
        ({"grant_type": "password", "username": "anne@fr"}, "invalid_request"),
        ({"grant_type": "refresh_token"}, "invalid_request"),
        ({"grant_type": "implicit"}, "unsupported_grant_type"),
        ({"grant_type": ["password", "password"]}, "invalid_request"),
        ({f"f{number}": "x" for number in range(30)}, "invalid_request"),
        (
            {"grant_type": "password", "username": "anne@fr", "password": PASSWORD,
             "scope": "admin"},
            "invalid_scope",
        ),
    ],
)  # fmt: skip
def test_malformed_requests_are_refused(
    caller: TestClient, form: dict[str, Any], code: str
) -> None:
    """With the code of the standard."""
    assert is_refusal(caller.post("/v1/token", data=form), 400, code)


def test_only_forms_of_bounded_size_are_read(caller: TestClient) -> None:
    """JSON is refused by the standard, length by us."""
    assert is_refusal(caller.post("/v1/token", json={}), 400, "invalid_request")
    long = caller.post("/v1/token", data={"grant_type": "password", "x": "y" * 20_000})
    assert is_problem(long, 413, "body-too-large")


def test_a_one_time_password_is_changed_first(caller: TestClient, service: Service) -> None:
    """Then the chosen one signs in; the problem tells what is wrong with a weak one."""
    new = NewUser("newcomer", "FR", "New", frozenset({Role.EXAMINER}))
    secret = create_user(service.catalogue, new, operator()).secret or ""
    form = {"username": "newcomer@fr", "password": secret}
    assert "POST /v1/password" in ask(caller, "password", **form).json()["error_description"]
    order = {"user": "newcomer@fr", "password": secret, "new_password": "short"}
    weak = caller.post("/v1/password", json=order)
    assert is_problem(weak, 400, "bad-request")
    assert secret not in weak.text
    done = caller.post("/v1/password", json={**order, "new_password": PASSWORD})
    assert (done.status_code, done.content) == (204, b"")
    assert ask(caller, "password", username="newcomer@fr", password=PASSWORD).status_code == 200
    wrong = caller.post("/v1/password", json={**order, "new_password": PASSWORD + "2"})
    assert is_problem(wrong, 400, "sign-in-refused")


def test_the_issuer_describes_itself(caller: TestClient) -> None:
    """Others find its routes and its public keys."""
    told = caller.get("/.well-known/openid-configuration").json()
    assert told["token_endpoint"] == f"{told['issuer']}/v1/token"
    keys = caller.get("/.well-known/jwks.json").json()["keys"]
    assert [(key["kty"], key["alg"]) for key in keys] == [("EC", "ES256")]
    assert "d" not in keys[0]


def test_the_docs_page_can_sign_in(client: TestClient) -> None:
    """The description declares the password flow with every scope, and the page may post it."""
    schemes = client.get("/openapi.json").json()["components"]["securitySchemes"]
    flow = schemes["sign_in"]["flows"]["password"]
    assert flow["tokenUrl"] == "/v1/token"
    assert "search" in flow["scopes"]
    assert "connect-src 'self'" in client.get("/docs").headers["content-security-policy"]


def test_an_address_that_tries_too_often_waits(tmp_path: Path) -> None:
    """429 with Retry-After, on every route where passwords can be tried."""
    settings = make_settings(tmp_path).model_copy(update={"sign_ins_per_minute": 2})
    with TestClient(make_app(settings)) as caller:
        for _ in range(2):
            ask(caller, "password")
        order = {"user": "a@fr", "password": "x", "new_password": "y"}
        refusals = [ask(caller, "password"), caller.post("/v1/password", json=order)]
        for response in refusals:
            assert is_problem(response, 429, "too-many-tries")
            assert int(response.headers["retry-after"]) > 0
        assert caller.get("/healthz").status_code == 200


def test_a_crowd_is_sent_away(
    caller: TestClient, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hashing takes memory: beyond its places callers come again later."""
    monkeypatch.setattr("api.signing_in.WAIT_SECONDS", 0.01)
    for _ in range(HASHES_AT_ONCE):
        assert service.hashing.acquire(blocking=False)
    response = ask(caller, "password", username="anne@fr", password=PASSWORD)
    assert is_problem(response, 503, "queue-full")
    service.hashing.release(HASHES_AT_ONCE)
    assert ask(caller, "password", username="anne@fr", password=PASSWORD).status_code == 200


def test_no_log_holds_a_secret(caller: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    """Neither of good nor of bad sign-ins."""
    caplog.set_level("DEBUG")
    granted = ask(caller, "password", username="anne@fr", password=PASSWORD).json()
    ask(caller, "password", username="anne@fr", password="a wrong secret")
    with_token(caller, granted["access_token"][:-2]).get("/v1/me")
    for secret in (PASSWORD, "a wrong secret", granted["access_token"][:-2]):
        assert secret not in caplog.text
