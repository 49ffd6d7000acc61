"""Sessions of people at a screen: begun with a password, carried by a secret, ended by any of
sign-out, a changed password, a disabled account, twelve hours, or half an hour without use."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from engine import audit
from engine.errors import BadRequest, BadToken, Forbidden
from engine.gallery.catalogue import Catalogue
from engine.gallery.session_store import (
    add_session,
    find_session,
    forget_session,
    forget_sessions,
    note_seen,
    read_language,
    write_language,
)
from engine.gallery.sign_in_store import SignIn, add_sign_in, end_sign_in, forget_sign_ins
from engine.gallery.user_store import find_user
from engine.identity.issuer import KEPT, SHIFT, Bearer
from engine.identity.organisations import LANGUAGES
from engine.identity.proof import PURPOSE
from engine.identity.users import User, asker_of_user

IDLE = timedelta(minutes=30)
"""A screen that nobody has touched for so long is no longer its user's."""

NOTED_AFTER = timedelta(minutes=1)
"""A use is noted so late at most: a write for every page would cost more than the page."""


@dataclass(frozen=True, slots=True)
class Session:
    """A session that counts.

    Attributes:
        bearer: whose it is, with the rights of the roles.
        sign_in_id: of the sign-in that it carries.
        language: that the user has chosen, None if the user has not.
    """

    bearer: Bearer
    sign_in_id: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Begun:
    """A session with its secret, which is kept nowhere."""

    secret: str = field(repr=False)
    user: User


def begin_session(catalogue: Catalogue, user: User) -> Begun:
    """Begin a session of a user who has proven who they are. Its secret is new every time.

    Raises:
        Forbidden: the user may do nothing, or must choose a password first.
    """
    if user.one_time or not user.scopes or user.is_service:
        raise Forbidden("the account cannot be used at a screen")
    now, secret = datetime.now(UTC), secrets.token_urlsafe(32)
    started = SignIn(uuid.uuid4().hex, user.id, user.scopes, now, now + SHIFT)
    with catalogue.recording() as connection:
        forget_sessions(connection, now - KEPT)
        forget_sign_ins(connection, now - KEPT)
        add_sign_in(connection, started)
        add_session(connection, secret, started.id, now)
        asker = asker_of_user(user, user.scopes, PURPOSE)
        detail = {"grant": "portal", "scopes": sorted(user.scopes)}
        audit.record(connection, asker, "sign-in", started.id, detail)
    return Begun(secret, user)


def open_session(catalogue: Catalogue, secret: str, *, by_hand: bool = True) -> Session:
    """The session of a secret.

    Args:
        catalogue: that holds it.
        secret: that the browser keeps.
        by_hand: whether its user does something; what a page asks by itself is no use of it.

    Raises:
        BadToken: there is none, it has ended, or its user is disabled.
    """
    now = datetime.now(UTC)
    with catalogue.reading() as connection:
        found = find_session(connection, secret)
        if found is None or not found.sign_in.is_open(now) or now - found.seen_at > IDLE:
            raise BadToken("the session has ended")
        user = find_user(connection, found.sign_in.user_id)
        if user is None or not user.active or user.one_time:
            raise BadToken("the user is disabled, or must choose a password")
        language = read_language(connection, user.id)
    if by_hand and now - found.seen_at > NOTED_AFTER:
        with catalogue.recording() as connection:
            note_seen(connection, secret, now)
    bearer = Bearer(user, found.sign_in.scopes & user.scopes)
    return Session(bearer, found.sign_in.id, language)


def end_session(catalogue: Catalogue, secret: str) -> None:
    """Sign out. A secret of no session is no matter."""
    with catalogue.recording() as connection:
        found = find_session(connection, secret)
        user = None if found is None else find_user(connection, found.sign_in.user_id)
        if found is not None and user is not None:
            forget_session(connection, secret)
            end_sign_in(connection, found.sign_in.id, "signed out")
            asker = asker_of_user(user, frozenset(), PURPOSE)
            audit.record(connection, asker, "sign-out", found.sign_in.id, {})


def choose_language(catalogue: Catalogue, user: User, language: str) -> None:
    """Keep the language in which a user wants the portal.

    Raises:
        BadRequest: it is none of the official ones.
    """
    if language not in LANGUAGES:
        raise BadRequest(f"language: one of {', '.join(LANGUAGES)}")
    with catalogue.recording() as connection:
        write_language(connection, user.id, language)
        asker = asker_of_user(user, frozenset(), PURPOSE)
        audit.record(connection, asker, "user.language", user.id, {"language": language})
