"""Who may call what: every route with every role."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from api.access import API_ROUTES, Access, needs_at
from engine.identity.roles import ROLE_SCOPES, Role, Scope
from http_support import LIMIT, bearing, is_problem, make_token, make_user, with_token


def calls() -> list[tuple[str, str, Access | Scope]]:
    """A call of every route for programs, about things that are not there."""
    return [
        (method, re.sub(r"{\w+}", "0", path), need) for (method, path), need in API_ROUTES.items()
    ]


GUARDED = [call for call in calls() if call[2] is not Access.OPEN]


@pytest.fixture(params=list(Role))
def role(request: pytest.FixtureRequest) -> Role:
    """Each role."""
    return request.param


@pytest.fixture
def holder(client: TestClient, role: Role) -> TestClient:
    """A client of a user with one role alone."""
    login = role.value.replace("_", "-")
    return bearing(TestClient(client.app), login, "IPSG", frozenset({role}))


def test_every_route_is_in_the_table(client: TestClient) -> None:
    """And the table holds no other: a new route must say what it needs."""
    paths = client.get("/openapi.json").json()["paths"]
    described = {(method.upper(), path) for path, ways in paths.items() for method in ways}
    assert described == set(API_ROUTES)


def test_every_route_of_the_application_is_described(client: TestClient) -> None:
    """None hides from the table by staying out of the description, but the docs themselves."""
    assert not needs_at("/docs/oauth2-redirect")
    for path in ("/redoc", "/v1/hidden", "/admin"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize(("method", "path", "need"), GUARDED)
def test_nobody_gets_in_without_a_token(
    client: TestClient, method: str, path: str, need: Access | Scope
) -> None:
    """Each guarded route answers 401 and names the scheme."""
    response = with_token(client, None).request(method, path)
    assert is_problem(response, 401, "unauthorised")
    assert response.headers["www-authenticate"] == 'Bearer realm="whorl"'


def test_each_role_gets_what_the_table_says(holder: TestClient, role: Role) -> None:
    """Elsewhere the answer is a 403 that names the missing scope."""
    for method, path, need in GUARDED:
        response = holder.request(method, path)
        if need is Access.SIGNED_IN or need in ROLE_SCOPES[role]:
            assert "www-authenticate" not in response.headers, (method, path)
        else:
            assert is_problem(response, 403, "forbidden"), (method, path)
            challenge = response.headers["www-authenticate"]
            assert challenge.endswith(f'error="insufficient_scope", scope="{need}"')


def test_a_token_can_allow_less_than_the_role(client: TestClient) -> None:
    """A scope that was not asked for is missing, though the user holds it."""
    issuer = client.app.state.service.authority
    user = make_user(issuer.catalogue, "narrow", roles=frozenset({Role.EXAMINER}))
    token = issuer.begin(user, frozenset({Scope.SEARCH}), "test").access_token
    narrow = with_token(client, token)
    assert is_problem(narrow.get("/v1/notices"), 403, "forbidden")
    assert narrow.get("/v1/me").json()["scopes"] == ["search"]


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/openapi.json", "/docs"])
def test_health_and_description_are_open(client: TestClient, path: str) -> None:
    """They need no token; another method of theirs is told without one."""
    assert with_token(client, None).get(path).status_code == 200
    if path.endswith("z"):
        assert is_problem(with_token(client, None).put(path), 405, "method-not-allowed")


@pytest.mark.parametrize("path", ["/v1/none", "/v1", "/", "/healthz/", "/v1/token/", "/V1/me"])
def test_what_is_not_in_the_table_does_not_exist(client: TestClient, path: str) -> None:
    """For strangers as for users; no other way of writing a path gets round the table."""
    assert is_problem(with_token(client, None).get(path), 401, "unauthorised")
    assert is_problem(client.get(path), 404, "not-found")


def test_strangers_cannot_make_the_server_read(client: TestClient) -> None:
    """401 comes before the body is looked at, even before its size is; 403 too."""
    body = b"x" * (LIMIT + 1)
    stranger = with_token(client, None).post("/v1/searches", content=body)
    assert is_problem(stranger, 401, "unauthorised")
    issuer = client.app.state.service.authority
    auditor = make_user(issuer.catalogue, "auditor", roles=frozenset({Role.AUDITOR}))
    denied = with_token(client, make_token(issuer, auditor)).post("/v1/searches", content=body)
    assert is_problem(denied, 403, "forbidden")
