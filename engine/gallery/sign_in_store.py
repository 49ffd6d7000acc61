"""Sign-ins in the catalogue, and the refresh tokens that carry them on."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from engine.gallery.identity_tables import portal_session, refresh_token, sign_in
from engine.gallery.times import as_utc
from engine.identity.roles import Scope


@dataclass(frozen=True, slots=True)
class SignIn:
    """A stretch of work of one user.

    Attributes:
        id: unique, 32 hexadecimal digits.
        user_id: who signed in.
        scopes: what all its tokens may carry.
        began_at, ends_at: its time.
        ended: why it ended before its time, None if it has not.
    """

    id: str
    user_id: str
    scopes: frozenset[Scope]
    began_at: datetime
    ends_at: datetime
    ended: str | None = None

    def is_open(self, now: datetime) -> bool:
        """Whether its tokens count."""
        return self.ended is None and now < self.ends_at


@dataclass(frozen=True, slots=True)
class Refresh:
    """A refresh token that was found: its sign-in, and whether it was used before."""

    sign_in: SignIn
    used: bool


def digest_of(token: str) -> str:
    """What is kept of a refresh token. It is random, so a plain hash cannot be undone."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def add_sign_in(connection: Connection, new: SignIn) -> None:
    """Record a sign-in."""
    connection.execute(
        insert(sign_in).values(
            id=new.id,
            account=new.user_id,
            scopes=sorted(new.scopes),
            began_at=new.began_at,
            ends_at=new.ends_at,
        )
    )


def find_sign_in(connection: Connection, sign_in_id: str) -> SignIn | None:
    """The sign-in of an id, None if there is none."""
    row = connection.execute(select(sign_in).where(sign_in.c.id == sign_in_id)).first()
    if row is None:
        return None
    began, ends = as_utc(row.began_at), as_utc(row.ends_at)
    scopes = frozenset(map(Scope, row.scopes))
    return SignIn(row.id, row.account, scopes, began, ends, row.ended)


def end_sign_in(connection: Connection, sign_in_id: str, reason: str) -> None:
    """End a sign-in: none of its tokens counts any more."""
    still = (sign_in.c.id == sign_in_id) & sign_in.c.ended.is_(None)
    connection.execute(update(sign_in).where(still).values(ended=reason))


def end_sign_ins_of(connection: Connection, user_id: str, reason: str) -> None:
    """End all sign-ins of a user."""
    still = (sign_in.c.account == user_id) & sign_in.c.ended.is_(None)
    connection.execute(update(sign_in).where(still).values(ended=reason))


def forget_sign_ins(connection: Connection, before: datetime) -> None:
    """Delete the sign-ins whose time was over before this one; the audit chain keeps that they
    were."""
    old = select(sign_in.c.id).where(sign_in.c.ends_at < before)
    connection.execute(delete(refresh_token).where(refresh_token.c.sign_in.in_(old)))
    connection.execute(delete(portal_session).where(portal_session.c.sign_in.in_(old)))
    connection.execute(delete(sign_in).where(sign_in.c.ends_at < before))


def add_refresh(connection: Connection, token: str, sign_in_id: str) -> None:
    """Record a refresh token."""
    connection.execute(insert(refresh_token).values(digest=digest_of(token), sign_in=sign_in_id))


def find_refresh(connection: Connection, token: str) -> Refresh | None:
    """The sign-in of a refresh token, None if there is no such token."""
    query = select(refresh_token).where(refresh_token.c.digest == digest_of(token))
    row = connection.execute(query).first()
    found = None if row is None else find_sign_in(connection, row.sign_in)
    return None if row is None or found is None else Refresh(found, row.used_at is not None)


def use_refresh(connection: Connection, token: str, at: datetime) -> None:
    """Note that a refresh token was used; each is used once."""
    used = refresh_token.c.digest == digest_of(token)
    connection.execute(update(refresh_token).where(used).values(used_at=at))
