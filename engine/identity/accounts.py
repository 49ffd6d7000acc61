"""What is done to accounts. Each act is in the audit chain, in the same transaction."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from engine import audit
from engine.asker import Asker
from engine.errors import NotFound
from engine.gallery.catalogue import Catalogue
from engine.gallery.organisation_store import list_organisations, read_organisation
from engine.gallery.sign_in_store import end_sign_ins_of
from engine.gallery.user_store import (
    Lock,
    add_user,
    find_user,
    has_users,
    list_users,
    write_lock,
    write_user,
)
from engine.identity.clearance import Clearance
from engine.identity.management import (
    oversees,
    require_holding,
    require_oversight,
    require_power_over,
    require_right_to_disable,
)
from engine.identity.organisations import SECRETARIAT, parse_languages
from engine.identity.passwords import hash_password, make_password
from engine.identity.roles import FIRST_ROLES, Role
from engine.identity.users import User, check_user, make_user_id

ONE_TIME = timedelta(days=3)
"""How long a password that was made for somebody waits to be changed."""

FIRST_LOGIN = "admin"


@dataclass(frozen=True, slots=True)
class NewUser:
    """A user to be.

    Attributes:
        login: part of the id before the `@`.
        ncb: code of the organisation.
        name, roles, clearance, languages, subject: as in `User`.
    """

    login: str
    ncb: str
    name: str
    roles: frozenset[Role]
    clearance: Clearance = Clearance.OFFICIAL
    languages: tuple[str, ...] = ()
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class UserChange:
    """What to change of a user; None leaves it."""

    name: str | None = None
    roles: frozenset[Role] | None = None
    clearance: Clearance | None = None
    languages: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """An account with the secret that was made for it, which is kept nowhere.

    Attributes:
        user: whose it is.
        secret: one-time password, or a service's client secret; None where an external issuer
            knows the user.
    """

    user: User
    secret: str | None = field(repr=False)


def create_user(
    catalogue: Catalogue, new: NewUser, asker: Asker, password: str | None = None
) -> Made:
    """Make an account with a one-time password, or with one that the user has chosen.

    Raises:
        BadRequest: a value is malformed, or there is no such organisation.
        Forbidden: the asker may not manage that organisation or give these rights.
        Conflict: the id or the subject is taken.
    """
    now = datetime.now(UTC)
    secret = password or _make_secret(new.roles, new.subject)
    chosen = password is not None or Role.SERVICE in new.roles
    lock = _locked_by(secret, None if chosen else now + ONE_TIME)
    with catalogue.recording() as connection:
        user = _user_of(connection, new)
        require_oversight(asker, user.organisation)
        require_holding(asker, user.roles, user.clearance)
        made = replace(user, one_time=lock.one_time_until is not None)
        add_user(connection, made, lock, now)
        audit.record(connection, asker, "user.add", user.id, _rights(user))
    return Made(made, None if password else secret)


def look_up_users(catalogue: Catalogue, asker: Asker, ncb: str | None = None) -> list[User]:
    """The users whom the asker manages, or those of them who are at one organisation.

    Raises:
        BadRequest: there is no such organisation.
        Forbidden: its people are not the asker's to manage.
    """
    with catalogue.recording() as connection:
        if ncb is not None:
            organisation = read_organisation(connection, ncb)
            require_oversight(asker, organisation)
            codes = [organisation.code]
        else:
            everyone = list_organisations(connection)
            codes = [one.code for one in everyone if oversees(asker, one)]
        found = list_users(connection, codes)
        shown = [user.id for user in found]
        audit.record(connection, asker, "list.users", ncb or "", {"shown": shown})
        return found


def look_up_user(catalogue: Catalogue, user_id: str, asker: Asker) -> User:
    """A user whom the asker manages.

    Raises:
        NotFound: there is none; one whom the asker does not manage looks the same.
    """
    with catalogue.recording() as connection:
        found = _managed(connection, user_id, asker)
        audit.record(connection, asker, "read.user", user_id, {})
        return found


def change_user(catalogue: Catalogue, user_id: str, change: UserChange, asker: Asker) -> User:
    """Change what is known of a user. Rights that are taken away are gone at once.

    Raises:
        NotFound: the asker manages no such user.
        Forbidden: the asker lacks rights that the user has or would get.
        BadRequest: a value is malformed.
    """
    with catalogue.recording() as connection:
        old = _managed(connection, user_id, asker)
        require_power_over(asker, old)
        given = {name: value for name in UserChange.__dataclass_fields__
                 if (value := getattr(change, name)) is not None}  # fmt: skip
        new = check_user(replace(old, **given))
        require_holding(asker, new.roles, new.clearance)
        write_user(connection, new)
        audit.record(connection, asker, "user.change", user_id, _rights(new))
        return new


def disable_user(catalogue: Catalogue, user_id: str, asker: Asker) -> User:
    """Take all rights from a user; the next request with one of the user's tokens is refused.

    Raises:
        NotFound: the asker manages no such user.
        Forbidden: it is the asker, or somebody with more rights.
    """
    with catalogue.recording() as connection:
        user = _managed(connection, user_id, asker)
        require_right_to_disable(asker, user)
        disabled = replace(user, active=False)
        write_user(connection, disabled)
        end_sign_ins_of(connection, user_id, "disabled")
        audit.record(connection, asker, "user.disable", user_id, {})
        return disabled


def enable_user(catalogue: Catalogue, user_id: str, asker: Asker) -> User:
    """Give a disabled user the rights of the roles again.

    Raises:
        NotFound: the asker manages no such user.
        Forbidden: it is the asker, or somebody with more rights.
    """
    with catalogue.recording() as connection:
        user = _managed(connection, user_id, asker)
        require_power_over(asker, user)
        enabled = replace(user, active=True)
        write_user(connection, enabled)
        audit.record(connection, asker, "user.enable", user_id, {})
        return enabled


def reset_password(catalogue: Catalogue, user_id: str, asker: Asker) -> Made:
    """Replace a password by a one-time one, or a client secret by another; signs the user out.

    Raises:
        NotFound: the asker manages no such user.
        Forbidden: it is the asker, or somebody with more rights.
    """
    with catalogue.reading() as connection:
        roles = _managed(connection, user_id, asker).roles
    secret = _make_secret(roles, None)
    service = Role.SERVICE in roles
    lock = _locked_by(secret, None if service else datetime.now(UTC) + ONE_TIME)
    with catalogue.recording() as connection:
        user = _managed(connection, user_id, asker)
        require_power_over(asker, user)
        write_lock(connection, user_id, lock)
        end_sign_ins_of(connection, user_id, "password reset")
        audit.record(connection, asker, "user.reset-password", user_id, {})
    return Made(replace(user, one_time=not service), secret)


def create_first_admin(catalogue: Catalogue, asker: Asker) -> Made | None:
    """Make the first administrator, unless anybody has an account; every scope can be given on.

    Args:
        asker: whoever starts the program.
    """
    with catalogue.reading() as connection:
        if has_users(connection):
            return None
    secret = make_password()
    lock = _locked_by(secret, datetime.now(UTC) + ONE_TIME)
    new = NewUser(FIRST_LOGIN, SECRETARIAT, "First administrator", FIRST_ROLES)
    new = replace(new, clearance=Clearance.CONFIDENTIAL)
    with catalogue.recording() as connection:
        if has_users(connection):  # another process was first
            return None
        user = replace(_user_of(connection, new), one_time=True)
        add_user(connection, user, lock, datetime.now(UTC))
        audit.record(connection, asker, "user.add", user.id, _rights(user))
    return Made(user, secret)


def _managed(connection: Connection, user_id: str, asker: Asker) -> User:
    """A user whom the asker manages.

    Raises:
        NotFound: there is none.
    """
    user = find_user(connection, user_id)
    if user is None or not oversees(asker, user.organisation):
        raise NotFound(f"no user {user_id!r}")
    return user


def _user_of(connection: Connection, new: NewUser) -> User:
    """The user that a new one will be."""
    organisation = read_organisation(connection, new.ncb)
    return check_user(
        User(
            id=make_user_id(new.login, organisation),
            name=new.name,
            organisation=organisation,
            roles=new.roles,
            clearance=new.clearance,
            languages=parse_languages(new.languages),
            subject=new.subject,
        )
    )


def _make_secret(roles: frozenset[Role], subject: str | None) -> str | None:
    """A secret for a new account; users of an external issuer have none here."""
    if Role.SERVICE in roles:
        return secrets.token_urlsafe(32)
    return None if subject is not None else make_password()


def _locked_by(secret: str | None, one_time_until: datetime | None) -> Lock:
    """The lock that a secret opens."""
    if secret is None:
        return Lock(None)
    return Lock(hash_password(secret), one_time_until)


def _rights(user: User) -> dict[str, object]:
    """What the audit chain keeps of a user's rights."""
    return {
        "organisation": user.organisation.code,
        "roles": sorted(user.roles),
        "clearance": user.clearance.label,
        "active": user.active,
    }
