"""The built-in issuer: turns proofs into tokens, carries sign-ins on, and ends them."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from joserfc.jwk import Key
from sqlalchemy import Connection

from engine import audit
from engine.errors import BadToken, Forbidden, SignInRefused
from engine.gallery.catalogue import Catalogue
from engine.gallery.sign_in_store import (
    Refresh,
    SignIn,
    add_refresh,
    add_sign_in,
    end_sign_in,
    find_refresh,
    find_sign_in,
    forget_sign_ins,
    use_refresh,
)
from engine.gallery.user_store import find_user
from engine.identity.keys import KeyRing
from engine.identity.proof import PURPOSE, prove_password, prove_secret
from engine.identity.roles import Scope
from engine.identity.tokens import Claims, Expected, new_claims, read_token, sign_token
from engine.identity.users import User, asker_of_user

SHIFT = timedelta(hours=12)
"""A sign-in lasts at most this long, however often its tokens are renewed."""

KEPT = timedelta(days=1)
"""How long an ended sign-in is kept, so that a late reuse of its tokens is still recognised."""

CHOOSE_FIRST = (
    "this password was made for you: choose your own first, by POST /v1/password or "
    "`whorl user password`"
)


@dataclass(frozen=True, slots=True)
class Grant:
    """Tokens for a caller.

    Attributes:
        access_token: to show with every request.
        claims: what it says.
        refresh_token: for the next one, None for services.
    """

    access_token: str = field(repr=False)
    claims: Claims
    refresh_token: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whoever bears a token that counts: the user, and the scopes that token and roles share."""

    user: User
    scopes: frozenset[Scope]


class Issuer:
    """Issues and verifies tokens of its own. Safe to share between threads."""

    def __init__(self, catalogue: Catalogue, keys: KeyRing, expected: Expected) -> None:
        """Take where accounts are, what signs, and what tokens must say."""
        self.catalogue = catalogue
        self.keys = keys
        self.expected = expected

    def sign_in(self, user_id: str, password: str, wanted: frozenset[Scope] | None) -> Grant:
        """Tokens for a person, with the wanted scopes or all.

        Raises:
            SignInRefused: wrong, locked, disabled, or the password must be changed first.
            Forbidden: the user has none of the wanted scopes.
        """
        user = prove_password(self.catalogue, user_id, password)
        if user.one_time:
            raise SignInRefused(CHOOSE_FIRST)
        return self.begin(user, wanted, "password")

    def admit_service(self, client_id: str, secret: str, wanted: frozenset[Scope] | None) -> Grant:
        """A token for a program, which asks again when it has ended.

        Raises:
            SignInRefused: wrong or disabled.
            Forbidden: the service has none of the wanted scopes.
        """
        user = prove_secret(self.catalogue, client_id, secret)
        return self.begin(user, wanted, "client_credentials")

    def begin(self, user: User, wanted: frozenset[Scope] | None, grant: str) -> Grant:
        """Begin a sign-in of a user who has proven who they are.

        Raises:
            Forbidden: the user has none of the wanted scopes.
        """
        now = datetime.now(UTC)
        scopes = user.scopes if wanted is None else user.scopes & wanted
        if not scopes:
            raise Forbidden("the user holds none of these scopes")
        started = SignIn(uuid.uuid4().hex, user.id, scopes, now, now + SHIFT)
        with self.catalogue.recording() as connection:
            forget_sign_ins(connection, now - KEPT)
            add_sign_in(connection, started)
            return self._grant(connection, user, started, grant, scopes)

    def refresh(self, token: str, wanted: frozenset[Scope] | None) -> Grant:
        """New tokens for a refresh token, which is used up by that.

        One that comes a second time was stolen, from the user or by the user's thief: the whole
        sign-in ends.

        Raises:
            SignInRefused: the token or its sign-in does not count.
            Forbidden: the sign-in has none of the wanted scopes.
        """
        with self.catalogue.recording() as connection:
            found = find_refresh(connection, token)
            user = None if found is None else find_user(connection, found.sign_in.user_id)
            if found is not None and user is not None and self._carries_on(connection, found, user):
                held = found.sign_in.scopes & user.scopes
                scopes = held if wanted is None else held & wanted
                if not scopes:
                    raise Forbidden("the sign-in has none of these scopes")
                use_refresh(connection, token, datetime.now(UTC))
                return self._grant(connection, user, found.sign_in, "refresh_token", scopes)
        raise SignInRefused("the refresh token does not count: sign in again")

    def revoke(self, token: str) -> None:
        """End the sign-in that a token of either kind belongs to; any other text is no matter."""
        with self.catalogue.reading() as connection:
            found = find_refresh(connection, token)
        sign_in_id = found.sign_in.id if found else self._session_of(token)
        with self.catalogue.recording() as connection:
            sign_in = find_sign_in(connection, sign_in_id)
            user = None if sign_in is None else find_user(connection, sign_in.user_id)
            if user is not None:
                end_sign_in(connection, sign_in_id, "signed out")
                asker = asker_of_user(user, frozenset(), PURPOSE)
                audit.record(connection, asker, "sign-out", sign_in_id, {})

    def verify(self, token: str) -> Bearer:
        """Whoever bears an access token.

        Raises:
            BadToken: it does not count, or its sign-in has ended, or its user is disabled.
        """
        now = datetime.now(UTC)
        claims = read_token(token, self.expected, self._find_key, now)
        with self.catalogue.reading() as connection:
            sign_in = find_sign_in(connection, claims.session)
            user = find_user(connection, claims.subject)
        if sign_in is None or sign_in.user_id != claims.subject or not sign_in.is_open(now):
            raise BadToken("the sign-in has ended")
        if user is None or not user.active:
            raise BadToken("the user is disabled")
        return Bearer(user, claims.scopes & sign_in.scopes & user.scopes)

    def _grant(
        self,
        connection: Connection,
        user: User,
        sign_in: SignIn,
        grant: str,
        scopes: frozenset[Scope],
    ) -> Grant:
        """Tokens of a sign-in, with their row in the audit chain."""
        claims = new_claims(user.id, scopes, sign_in.id, datetime.now(UTC))
        renewal = None if user.is_service else secrets.token_urlsafe(32)
        if renewal is not None:
            add_refresh(connection, renewal, sign_in.id)
        detail = {"grant": grant, "scopes": sorted(scopes), "token": claims.token_id}
        asker = asker_of_user(user, scopes, PURPOSE)
        audit.record(connection, asker, "sign-in", sign_in.id, detail)
        return Grant(sign_token(claims, self.expected, self.keys.signing()), claims, renewal)

    def _carries_on(self, connection: Connection, found: Refresh, user: User) -> bool:
        """Whether a refresh token counts; ends the sign-in of one that was used before."""
        if found.used and found.sign_in.ended is None:
            end_sign_in(connection, found.sign_in.id, "refresh token reused")
            asker = asker_of_user(user, frozenset(), PURPOSE)
            audit.record(connection, asker, "refresh.reused", found.sign_in.id, {})
        return not found.used and found.sign_in.is_open(datetime.now(UTC)) and user.active

    def _session_of(self, token: str) -> str:
        """The sign-in that an access token names; empty if it does not count."""
        try:
            return read_token(token, self.expected, self._find_key, datetime.now(UTC)).session
        except BadToken:
            return ""

    def _find_key(self, kid: str) -> Key:
        """One of our keys.

        Raises:
            BadToken: it is not ours.
        """
        found = self.keys.verifying(datetime.now(UTC)).get(kid)
        if found is None:
            raise BadToken("the token names a key that is not ours")
        return found.key
