"""Users in the catalogue, with what guards their accounts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, insert, select, update

from engine.errors import Conflict
from engine.gallery.identity_tables import account, organisation
from engine.gallery.organisation_store import read_row
from engine.gallery.tables import clock
from engine.gallery.times import as_utc_or_none
from engine.identity.clearance import Clearance
from engine.identity.roles import Role
from engine.identity.users import User, is_user_id


@dataclass(frozen=True, slots=True)
class Lock:
    """What guards an account.

    Attributes:
        secret: hash of the password or client secret, None if there is none.
        one_time_until: until when a password made for the user may be changed; None if the user
            chose it.
        failures: wrong passwords in a row.
        failed_at: time of the last one.
    """

    secret: str | None = field(repr=False)
    one_time_until: datetime | None = None
    failures: int = 0
    failed_at: datetime | None = None


def add_user(connection: Connection, new: User, lock: Lock, at: datetime) -> None:
    """Record a user.

    Raises:
        Conflict: the id, or the subject at the external issuer, is taken.
    """
    taken = account.c.id == new.id
    if connection.execute(select(account.c.id).where(taken)).first():
        raise Conflict(f"user {new.id} is already on record")
    if new.subject is not None and find_subject(connection, new.subject) is not None:
        raise Conflict("this subject of the issuer belongs to another user")
    connection.execute(
        insert(account).values(
            id=new.id,
            organisation=new.organisation.code,
            active=new.active,
            subject=new.subject,
            added_at=at,
            **_facts(new),
            **_lock_values(lock),
        )
    )


def find_user(connection: Connection, user_id: str) -> User | None:
    """The user of an id, None if there is none."""
    return _first(connection, account.c.id == user_id) if is_user_id(user_id) else None


def find_subject(connection: Connection, subject: str) -> User | None:
    """The user whom an external issuer knows by this id, None if there is none."""
    return _first(connection, account.c.subject == subject) if subject.isprintable() else None


def list_users(connection: Connection, organisations: Collection[str] | None) -> list[User]:
    """Users of some organisations, or of all, by id."""
    query = _query()
    if organisations is not None:
        query = query.where(account.c.organisation.in_(organisations))
    rows = connection.execute(query).mappings().all()
    return sorted((_user(row) for row in rows), key=lambda user: user.id)


def has_users(connection: Connection) -> bool:
    """Whether anybody has an account."""
    return connection.execute(select(account.c.id).limit(1)).first() is not None


def read_lock(connection: Connection, user_id: str) -> Lock:
    """What guards an account; one without a secret if there is no such user."""
    if not is_user_id(user_id):
        return Lock(None)
    columns = (account.c.secret, account.c.one_time_until, account.c.failures, account.c.failed_at)
    row = connection.execute(select(*columns).where(account.c.id == user_id)).first()
    if row is None:
        return Lock(None)
    until, failed = as_utc_or_none(row.one_time_until), as_utc_or_none(row.failed_at)
    return Lock(row.secret, until, row.failures, failed)


def write_lock(connection: Connection, user_id: str, lock: Lock) -> None:
    """Change what guards an account."""
    change = update(account).where(account.c.id == user_id)
    connection.execute(change.values(**_lock_values(lock)))


def write_nothing(connection: Connection) -> None:
    """A change that changes nothing, and whose commit takes as long as that of any other."""
    connection.execute(update(clock).values(value=clock.c.value))


def write_user(connection: Connection, user: User) -> None:
    """Change what is known of a user and whether the user is active."""
    change = update(account).where(account.c.id == user.id)
    connection.execute(change.values(active=user.active, **_facts(user)))


@cache
def _query() -> Any:
    """Users with their organisations. Made once: every request reads its user."""
    columns = [column for column in account.c if column.name != "secret"]
    joined = account.join(organisation)
    return select(*(c.label(f"account_{c.name}") for c in columns), organisation).select_from(
        joined
    )


def _first(connection: Connection, condition: ColumnElement[bool]) -> User | None:
    """The one user that a condition fits."""
    row = connection.execute(_query().where(condition)).mappings().first()
    return None if row is None else _user(row)


def _user(row: RowMapping) -> User:
    """A user from the row of account and organisation."""
    return User(
        id=row["account_id"],
        name=row["account_name"],
        organisation=read_row(row),
        roles=frozenset(map(Role, row["account_roles"])),
        clearance=Clearance(row["account_clearance"]),
        languages=tuple(row["account_languages"]),
        active=row["account_active"],
        subject=row["account_subject"],
        one_time=row["account_one_time_until"] is not None,
    )


def _facts(user: User) -> dict[str, Any]:
    """Columns that an officer may change."""
    return {
        "name": user.name,
        "roles": _sorted(user.roles),
        "clearance": int(user.clearance),
        "languages": list(user.languages),
    }


def _sorted(roles: Collection[Role]) -> Sequence[str]:
    """Names of roles in a fixed order."""
    return sorted(role.value for role in roles)


def _lock_values(lock: Lock) -> dict[str, Any]:
    """Columns of a lock."""
    return {
        "secret": lock.secret,
        "one_time_until": lock.one_time_until,
        "failures": lock.failures,
        "failed_at": lock.failed_at,
    }
