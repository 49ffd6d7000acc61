"""Tokens that do not count: each is answered like none."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey
from starlette.testclient import TestClient

from engine.identity.accounts import disable_user
from engine.identity.issuer import Issuer
from engine.identity.keys import StoredKey
from engine.identity.roles import Role
from engine.identity.tokens import TYPE
from engine.terminal import operator
from http_support import is_problem, make_token, make_user, with_token

Forge = Callable[..., str]


@pytest.fixture(scope="module")
def issuer(client: TestClient) -> Issuer:
    """The issuer of the server."""
    return client.app.state.service.authority


@pytest.fixture(scope="module")
def good(issuer: Issuer) -> str:
    """A token that counts."""
    return make_token(issuer, make_user(issuer.catalogue, "bearer"))


@pytest.fixture(scope="module")
def forge(issuer: Issuer, good: str) -> Forge:
    """Makes the good token again, changed, with the real key unless another is given."""

    def do(key: StoredKey | None = None, header: dict | None = None, **changes: Any) -> str:
        signer = key or issuer.keys.signing()
        claims = {**_claims(good), **changes}
        claims = {name: value for name, value in claims.items() if value is not None}
        head = {"alg": "ES256", "typ": TYPE, "kid": issuer.keys.signing().kid, **(header or {})}
        head = {name: value for name, value in head.items() if value is not None}
        return jwt.encode(head, claims, signer.key, algorithms=["ES256"], default_type=None)

    return do


def _claims(token: str) -> dict[str, Any]:
    """The claims of a token."""
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def _encode(content: Any) -> str:
    """A part of a token."""
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def refused(client: TestClient, token: str) -> bool:
    """Whether a token is answered like none, but for the word in the header."""
    response = with_token(client, token).get("/v1/me")
    nobody = with_token(client, None).get("/v1/me")
    assert response.headers["www-authenticate"] == 'Bearer realm="whorl", error="invalid_token"'
    return is_problem(response, 401, "unauthorised") and response.json() == nobody.json()


def test_the_good_token_counts(client: TestClient, good: str, forge: Forge) -> None:
    """So what is refused below is refused for its change alone."""
    for token in (good, forge()):
        assert with_token(client, token).get("/v1/me").json()["id"] == "bearer@fr"


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://other.example"},
        {"iss": None},
        {"aud": "other"},
        {"aud": ["other", "another"]},
        {"aud": None},
        {"exp": int((datetime.now(UTC) - timedelta(seconds=2)).timestamp())},
        {"exp": None},
        {"exp": "tomorrow"},
        {"exp": 1e400},
        {"nbf": int((datetime.now(UTC) + timedelta(hours=5)).timestamp())},
        {"iat": int((datetime.now(UTC) + timedelta(hours=5)).timestamp())},
        {"sub": "tester@fr"},
        {"sub": "nobody@fr"},
        {"sub": None},
        {"sub": ""},
        {"jti": None},
        {"sid": "0" * 32},
        {"sid": None},
        {"header": {"typ": "JWT"}},
        {"header": {"typ": None}},
        {"header": {"kid": "unknown"}},
        {"header": {"kid": None}},
    ],
    ids=",".join,  # times differ from run to run, and workers must agree on names
)
def test_a_token_with_a_wrong_claim_is_refused(
    client: TestClient, forge: Forge, changes: dict[str, Any]
) -> None:
    """Though the signature is right."""
    assert refused(client, forge(**changes))


def test_a_token_of_another_key_is_refused(client: TestClient, forge: Forge) -> None:
    """Whatever key it names, or brings along."""
    other = StoredKey(ECKey.generate_key("P-256"))
    assert refused(client, forge(other))
    assert refused(client, forge(other, {"kid": other.kid}))
    assert refused(client, forge(other, {"jwk": other.key.as_dict(private=False)}))


def test_a_token_without_a_signature_is_refused(client: TestClient, good: str) -> None:
    """`none` is no algorithm, however it is written."""
    payload = good.split(".")[1]
    for name in ("none", "None", "NONE", ""):
        assert refused(client, f"{_encode({'alg': name, 'typ': TYPE})}.{payload}.")
    header, _, signature = good.split(".")
    assert refused(client, f"{header}.{payload}.")
    assert refused(client, f"{header}..{signature}")


def test_the_public_key_is_no_shared_secret(client: TestClient, issuer: Issuer, good: str) -> None:
    """HS256 with any form of the public key as its secret is refused."""
    key = issuer.keys.signing()
    payload = good.split(".")[1]
    secrets = [
        key.key.as_pem(private=False),
        json.dumps(key.key.as_dict(private=False)).encode(),
        key.key.as_der(private=False),
    ]
    for secret in secrets:
        text = f"{_encode({'alg': 'HS256', 'typ': TYPE, 'kid': key.kid})}.{payload}"
        signature = hmac.digest(secret, text.encode(), hashlib.sha256)
        assert refused(client, f"{text}.{_encode(signature)}")


def test_a_tampered_token_is_refused(client: TestClient, good: str) -> None:
    """More scopes, another user, or one bit of the signature."""
    header, _, signature = good.split(".")
    for change in ({"scope": "admin"}, {"sub": "tester@fr"}):
        assert refused(client, f"{header}.{_encode({**_claims(good), **change})}.{signature}")
    flipped = ("A" if signature[5] != "A" else "B") + signature[6:]
    assert refused(client, f"{good[: -len(signature)]}{signature[:5]}{flipped}")


@pytest.mark.parametrize(
    "text",
    ["x", ".", "..", "...", "a.b.c", "é", "x" * 5000, "[" * 3000, "\x00", "x y"],
    ids=lambda text: text[:5],
)
def test_what_is_no_token_is_refused(client: TestClient, text: str) -> None:
    """However long or strange."""
    client = with_token(client, None)
    header = f"Bearer {text}".encode()
    response = client.get("/v1/me", headers={"Authorization": header})
    assert is_problem(response, 401, "unauthorised")


def test_a_deep_payload_is_refused(client: TestClient, good: str) -> None:
    """It cannot exhaust the parser."""
    header, _, signature = good.split(".")
    assert refused(client, f"{header}.{_encode(b'[' * 2500)}.{signature}")


def test_an_oversized_token_is_refused(client: TestClient, forge: Forge) -> None:
    """Though all of it is signed."""
    assert refused(client, forge(note="x" * 5000))


@pytest.mark.parametrize("scheme", ["Basic", "Token", ""])
def test_another_scheme_is_as_good_as_none(client: TestClient, good: str, scheme: str) -> None:
    """Only Bearer counts, in any case."""
    bare = with_token(client, None)
    wrong = bare.get("/v1/me", headers={"Authorization": f"{scheme} {good}".strip()})
    assert is_problem(wrong, 401, "unauthorised")
    right = bare.get("/v1/me", headers={"Authorization": f"bearer {good}"})
    assert right.status_code == 200


def test_tokens_in_the_address_do_not_count(client: TestClient, good: str) -> None:
    """Addresses end in logs."""
    response = with_token(client, None).get("/v1/me", params={"access_token": good})
    assert is_problem(response, 401, "unauthorised")


def test_a_disabled_user_is_out_at_once(client: TestClient, issuer: Issuer) -> None:
    """With the next request."""
    user = make_user(issuer.catalogue, "leaver", roles=frozenset({Role.EXAMINER}))
    token = make_token(issuer, user)
    assert with_token(client, token).get("/v1/me").status_code == 200
    disable_user(issuer.catalogue, user.id, operator())
    assert refused(client, token)
