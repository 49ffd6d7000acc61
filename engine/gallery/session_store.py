"""Sessions of the portal in the catalogue: each carries one sign-in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from engine.gallery.identity_tables import portal_session, portal_setting, sign_in
from engine.gallery.sign_in_store import SignIn, digest_of, find_sign_in
from engine.gallery.times import as_utc


@dataclass(frozen=True, slots=True)
class StoredSession:
    """A session that was found.

    Attributes:
        sign_in: that it carries; its end is the session's.
        seen_at: when its user was last noted to be there.
    """

    sign_in: SignIn
    seen_at: datetime


def add_session(connection: Connection, secret: str, sign_in_id: str, at: datetime) -> None:
    """Record a session; of its secret only the digest is kept."""
    values = {"digest": digest_of(secret), "sign_in": sign_in_id, "seen_at": at}
    connection.execute(insert(portal_session).values(values))


def find_session(connection: Connection, secret: str) -> StoredSession | None:
    """The session of a secret, None if there is none."""
    query = select(portal_session).where(portal_session.c.digest == digest_of(secret))
    row = connection.execute(query).first()
    found = None if row is None else find_sign_in(connection, row.sign_in)
    return None if row is None or found is None else StoredSession(found, as_utc(row.seen_at))


def note_seen(connection: Connection, secret: str, at: datetime) -> None:
    """Note that a session is in use."""
    this = portal_session.c.digest == digest_of(secret)
    connection.execute(update(portal_session).where(this).values(seen_at=at))


def forget_session(connection: Connection, secret: str) -> None:
    """Delete a session."""
    this = portal_session.c.digest == digest_of(secret)
    connection.execute(delete(portal_session).where(this))


def forget_sessions(connection: Connection, before: datetime) -> None:
    """Delete the sessions whose sign-ins were over before this time, or that nobody used since."""
    over = select(sign_in.c.id).where((sign_in.c.ends_at < before) | sign_in.c.ended.is_not(None))
    old = portal_session.c.sign_in.in_(over) | (portal_session.c.seen_at < before)
    connection.execute(delete(portal_session).where(old))


def read_language(connection: Connection, user_id: str) -> str | None:
    """The language that a user has chosen for the portal, None if the user has not."""
    query = select(portal_setting.c.language).where(portal_setting.c.account == user_id)
    return connection.execute(query).scalar()


def write_language(connection: Connection, user_id: str, language: str) -> None:
    """Keep the language that a user has chosen."""
    own = portal_setting.c.account == user_id
    changed = connection.execute(update(portal_setting).where(own).values(language=language))
    if not changed.rowcount:
        values = {"account": user_id, "language": language}
        connection.execute(insert(portal_setting).values(values))
