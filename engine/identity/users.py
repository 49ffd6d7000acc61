"""People and programs that have an account."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from engine.asker import Asker
from engine.errors import BadRequest
from engine.identity.clearance import Clearance
from engine.identity.organisations import Organisation, check_text
from engine.identity.roles import Role, Scope, scopes_of

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{0,47}")
_ID = re.compile(rf"{_LOGIN.pattern}@[a-z0-9-]{{2,16}}")


@dataclass(frozen=True, slots=True)
class User:
    """Somebody with an account.

    Attributes:
        id: `login@bureau` in small letters, such as `martin@fr`. Bureaus choose logins without
            learning of each other's. An id is never given again.
        name: for people to read.
        organisation: that the user belongs to.
        roles: what the user is there.
        clearance: highest level of confidentiality that the user may see.
        languages: official languages that the user reads.
        active: whether the user may do anything at all.
        subject: id at an external issuer, None if there is none.
        one_time: whether the password must be changed before anything else.
    """

    id: str
    name: str
    organisation: Organisation
    roles: frozenset[Role]
    clearance: Clearance = Clearance.OFFICIAL
    languages: tuple[str, ...] = ()
    active: bool = True
    subject: str | None = None
    one_time: bool = False

    @property
    def scopes(self) -> frozenset[Scope]:
        """All that the roles let the user do; nothing once disabled."""
        return scopes_of(self.roles) if self.active else frozenset()

    @property
    def is_service(self) -> bool:
        """Whether it is a program, which has client credentials in place of a password."""
        return Role.SERVICE in self.roles


def make_user_id(login: str, organisation: Organisation) -> str:
    """The id of a login at an organisation.

    Raises:
        BadRequest: the login is malformed.
    """
    ending = f"@{organisation.code.lower()}"
    name = login.strip().lower().removesuffix(ending)
    if not _LOGIN.fullmatch(name):
        raise BadRequest(
            f"login {login!r}: use 1 to 48 small letters, digits and . _ -, starting with a letter "
            "or digit; the bureau is added"
        )
    return f"{name}{ending}"


def is_user_id(text: str) -> bool:
    """Whether a text could be the id of a user; callers send anything."""
    return _ID.fullmatch(text) is not None


def check_user(user: User) -> User:
    """The user with name and subject trimmed, if all is well formed.

    Raises:
        BadRequest: a field is malformed, or a service account has a role of people.
    """
    if user.is_service and not user.roles <= {Role.SERVICE}:
        raise BadRequest("a service account has the role service alone")
    subject = None if user.subject is None else check_text("subject", user.subject)
    return replace(user, name=check_text("name", user.name), subject=subject)


def asker_of_user(
    user: User, scopes: frozenset[Scope], purpose: str = "", case_ref: str = ""
) -> Asker:
    """The user as an asker with those of the given scopes that the roles still hold."""
    return Asker(
        actor=user.id,
        ncb=user.organisation.ncb,
        purpose=purpose,
        case_ref=case_ref,
        bureau=user.organisation.code,
        roles=user.roles,
        scopes=user.scopes & scopes,
        clearance=user.clearance,
    )
