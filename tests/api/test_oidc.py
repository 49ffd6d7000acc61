"""Tokens of an external issuer, which runs as a real server here."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey
from starlette.testclient import TestClient

from api.errors import IssuerUnreachable
from api.oidc import FRESH_SECONDS, MAX_BYTES, PAUSE_SECONDS, STALE_SECONDS, PublishedKeys
from engine.errors import BadRequest, BadToken
from engine.identity.accounts import NewUser, create_user
from engine.identity.roles import Role
from engine.terminal import operator
from http_support import is_problem, make_app, make_settings, with_token


class IssuerServer:
    """An issuer that publishes keys, counts how often it is asked, and can misbehave."""

    def __init__(self) -> None:
        self.keys = [ECKey.generate_key("P-256", auto_kid=True)]
        self.asked = 0
        self.break_with: tuple[int, bytes] | None = None
        self.claimed: str | None = None
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, body = outer.answer(self.path)
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", f"{outer.url}/keys")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, path: str) -> tuple[int, bytes]:
        """The configuration or the keys."""
        if path != "/keys":
            told = {"issuer": self.claimed or self.url, "jwks_uri": f"{self.url}/keys"}
            return 200, json.dumps(told).encode()
        self.asked += 1
        public = [key.as_dict(private=False) for key in self.keys]
        shared = {"kty": "oct", "k": "c2VjcmV0", "kid": "shared"}
        return self.break_with or (200, json.dumps({"keys": [shared, *public]}).encode())

    def token(self, **changes: Any) -> str:
        """A token of this issuer."""
        claims = {
            "iss": self.url,
            "aud": ["account", "whorl"],
            "sub": "f3b1-77",
            "iat": int(time.time()),
            "exp": int(time.time()) + 300,
            "scope": "openid search read",
            **changes,
        }
        key = self.keys[-1]
        return jwt.encode({"alg": "ES256", "kid": key.kid}, claims, key, algorithms=["ES256"])


@pytest.fixture
def issuer() -> Iterator[IssuerServer]:
    """An issuer."""
    server = IssuerServer()
    yield server
    server.server.shutdown()
    server.server.server_close()


@pytest.fixture
def caller(issuer: IssuerServer, tmp_path: Path) -> Iterator[TestClient]:
    """A server of ours that trusts it, where one of its subjects is an investigator."""
    settings = make_settings(tmp_path).model_copy(update={"oidc_issuer": issuer.url})
    with TestClient(make_app(settings)) as client:
        roles = frozenset({Role.INVESTIGATOR})
        new = NewUser("martin", "FR", "A. Martin", roles, subject="f3b1-77")
        create_user(client.app.state.service.catalogue, new, operator())
        yield client


def status(caller: TestClient, token: str) -> int:
    """How a token is answered."""
    return with_token(caller, token).get("/v1/me").status_code


def test_the_catalogue_says_who_a_subject_is(caller: TestClient, issuer: IssuerServer) -> None:
    """Scopes are those that token and roles share; bureau and roles are never the token's."""
    token = issuer.token(scope="search audit.read admin", roles=["admin"], bureau="IPSG")
    me = with_token(caller, token).get("/v1/me").json()
    assert (me["id"], me["bureau"], me["scopes"]) == ("martin@fr", "FR", ["search"])
    assert is_problem(with_token(caller, token).get("/v1/notices"), 403, "forbidden")


def test_tokens_that_do_not_count(caller: TestClient, issuer: IssuerServer) -> None:
    """Of unknown subjects, for others, of others, ended, or signed by the shared key."""
    assert status(caller, issuer.token()) == 200
    changes: list[dict[str, Any]] = [
        {"sub": "unknown"}, {"sub": "\x00"}, {"aud": "other"}, {"iss": "https://other.example"},
        {"exp": int(time.time()) - 60}, {"iat": int(time.time()) + 600},
    ]  # fmt: skip
    assert {status(caller, issuer.token(**change)) for change in changes} == {401}


def test_a_new_key_is_fetched_when_it_is_seen(caller: TestClient, issuer: IssuerServer) -> None:
    """But made-up ids do not make us ask again and again."""
    assert status(caller, issuer.token()) == 200
    caller.app.state.service.authority.keys._tried_at -= PAUSE_SECONDS
    issuer.keys.append(ECKey.generate_key("P-256", auto_kid=True))
    assert status(caller, issuer.token()) == 200
    issuer.keys.append(ECKey.generate_key("P-256", auto_kid=True))
    assert [status(caller, issuer.token()) for _ in range(5)] == [401] * 5
    assert issuer.asked == 2


def test_this_server_issues_none_then(caller: TestClient) -> None:
    """There is one authority; the routes say where to go."""
    form = {"grant_type": "password", "username": "martin@fr", "password": "x"}
    assert is_problem(caller.post("/v1/token", data=form), 404, "not-found")
    assert is_problem(caller.get("/.well-known/jwks.json"), 404, "not-found")
    assert is_problem(caller.get("/.well-known/openid-configuration"), 404, "not-found")
    order = {"user": "martin@fr", "password": "x", "new_password": "y"}
    assert is_problem(caller.post("/v1/password", json=order), 404, "not-found")


def test_an_issuer_that_is_down_is_a_503(caller: TestClient, issuer: IssuerServer) -> None:
    """Not a wrong token: the caller may try again."""
    issuer.break_with = (500, b"")
    response = with_token(caller, issuer.token()).get("/v1/me")
    assert is_problem(response, 503, "issuer-unreachable")
    assert int(response.headers["retry-after"]) > 0
    assert caller.get("/healthz").status_code == 200


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """The time."""
        return self.now


def test_known_keys_outlast_a_failure(issuer: IssuerServer) -> None:
    """For a day, in which each pause ends with another try; withdrawn keys go at the next."""
    clock = Clock()
    keys = PublishedKeys(issuer.url, clock)
    kid = str(issuer.keys[0].kid)
    keys.find(kid)
    issuer.break_with = (500, b"")
    clock.now += FRESH_SECONDS + 1
    keys.find(kid)
    clock.now += STALE_SECONDS
    with pytest.raises(IssuerUnreachable):
        keys.find(kid)
    issuer.break_with = None
    issuer.keys = [ECKey.generate_key("P-256", auto_kid=True)]
    clock.now += PAUSE_SECONDS
    with pytest.raises(BadToken):
        keys.find(kid)


@pytest.mark.parametrize(
    "answer",
    [
        (200, b"{"),
        (200, b"[]"),
        (200, b'{"keys": 1}'),
        (200, b'{"keys": [{"kty": "EC"}]}'),
        (200, b" " * (MAX_BYTES + 1)),
        (302, b""),
        (404, b""),
    ],
    ids=lambda answer: str(answer[1][:12]),
)
def test_broken_answers_are_no_keys(issuer: IssuerServer, answer: tuple[int, bytes]) -> None:
    """Too long ones and redirects neither."""
    issuer.break_with = answer
    with pytest.raises(IssuerUnreachable):
        PublishedKeys(issuer.url).find("any")


def test_symmetric_keys_are_passed_over(issuer: IssuerServer) -> None:
    """A published secret is none."""
    keys = PublishedKeys(issuer.url)
    keys.find(str(issuer.keys[0].kid))
    with pytest.raises(BadToken):
        keys.find("shared")


def test_a_configuration_of_another_is_refused(issuer: IssuerServer) -> None:
    """Whoever answers must be whom the operator named."""
    issuer.claimed = "https://other.example"
    with pytest.raises(IssuerUnreachable):
        PublishedKeys(issuer.url).find("any")


@pytest.mark.parametrize("url", ["http://issuer.example", "file:///etc/passwd", "ftp://x", "x"])
def test_keys_come_over_https_alone(tmp_path: Path, url: str) -> None:
    """Else anybody on the way could change them; the server does not start."""
    settings = make_settings(tmp_path).model_copy(update={"oidc_issuer": url})
    with pytest.raises(BadRequest, match="over https only"), TestClient(make_app(settings)):
        pass
