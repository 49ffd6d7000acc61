"""Access tokens: signed claims (RFC 7519, in the profile of RFC 9068).

The algorithm is fixed by whoever verifies and never taken from the token (RFC 8725).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import Key
from joserfc.jwt import JWTClaimsRegistry

from engine.errors import BadToken
from engine.identity.keys import ALGORITHM, StoredKey
from engine.identity.roles import Scope, known_scopes, scope_text

LIFETIME = timedelta(minutes=10)
"""Short: a stolen token is soon worth nothing."""

TYPE = "at+jwt"
"""Keeps tokens of other purposes out."""

MAX_CHARS = 4096

FindKey = Callable[[str], Key]
"""Finds a key by its id; raises BadToken if there is none."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What a token says.

    Attributes:
        subject: who it is for.
        scopes: what it lets that user do, as far as the user's roles do.
        session: the sign-in that it belongs to; empty in tokens of an external issuer.
        token_id: unique.
        expires_at: when it ends.
    """

    subject: str
    scopes: frozenset[Scope]
    session: str
    token_id: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Expected:
    """What a token must be to count.

    Attributes:
        issuer, audience: who made it and for whom.
        algorithm: that it must be signed with.
        type: of its header, None where an issuer does not set it.
        leeway: how far clocks may differ.
    """

    issuer: str
    audience: str
    algorithm: str = ALGORITHM
    type: str | None = TYPE
    leeway: timedelta = timedelta(0)


def new_claims(user_id: str, scopes: frozenset[Scope], session: str, now: datetime) -> Claims:
    """Claims of a token that begins now."""
    return Claims(user_id, scopes, session, secrets.token_hex(16), now + LIFETIME)


def sign_token(claims: Claims, expected: Expected, signer: StoredKey) -> str:
    """A token with these claims."""
    begins = claims.expires_at - LIFETIME
    content = {
        "iss": expected.issuer,
        "aud": expected.audience,
        "sub": claims.subject,
        "client_id": claims.subject,
        "iat": int(begins.timestamp()),
        "nbf": int(begins.timestamp()),
        "exp": int(claims.expires_at.timestamp()),
        "jti": claims.token_id,
        "sid": claims.session,
        "scope": scope_text(claims.scopes),
    }
    header = {"alg": ALGORITHM, "typ": TYPE, "kid": signer.kid}
    return jwt.encode(header, content, signer.key, algorithms=[ALGORITHM])


def read_token(text: str, expected: Expected, find_key: FindKey, now: datetime) -> Claims:
    """The claims of a token, if every one of its promises holds.

    Raises:
        BadToken: it does not count; why is for the log, not for the caller.
    """
    if len(text) > MAX_CHARS:
        raise BadToken("the token is too long")
    try:
        token = jwt.decode(text, lambda made: _key(made.headers(), find_key), [expected.algorithm])
        if expected.type is not None and token.header.get("typ") != expected.type:
            raise BadToken("the token is of another type")
        _registry(expected, now).validate(token.claims)
        return _claims(token.claims)
    except (JoseError, ValueError, TypeError, OverflowError, RecursionError) as error:
        raise BadToken(f"the token does not count: {type(error).__name__}") from error


def _key(header: dict[str, Any], find_key: FindKey) -> Key:
    """The key that a header names; only its id is believed."""
    kid = header.get("kid")
    if not isinstance(kid, str):
        raise BadToken("the token names no key")
    return find_key(kid)


def _registry(expected: Expected, now: datetime) -> JWTClaimsRegistry:
    """What the claims must be."""
    return JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=int(expected.leeway.total_seconds()),
        iss={"essential": True, "value": expected.issuer},
        aud={"essential": True, "value": expected.audience},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        jti={"essential": expected.type is not None},
    )


def _claims(content: dict[str, Any]) -> Claims:
    """Claims from a verified token."""
    return Claims(
        subject=str(content["sub"]),
        scopes=known_scopes(str(content.get("scope", ""))),
        session=str(content.get("sid", "")),
        token_id=str(content.get("jti", "")),
        expires_at=datetime.fromtimestamp(content["exp"]).astimezone(),
    )
