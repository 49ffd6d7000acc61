"""Accounts of a throw-away bureau, with random secrets."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field

from engine.gallery.catalogue import open_catalogue
from engine.identity.accounts import NewUser, create_user
from engine.identity.clearance import Clearance
from engine.identity.organisations import CENTRE, SECRETARIAT
from engine.identity.passwords import make_password
from engine.identity.roles import FIRST_ROLES, Role, scope_text
from engine.settings import Settings
from engine.terminal import operator


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a user signs in with.

    Attributes:
        user_id: id of the user.
        secret: password or client secret.
        may: scopes that the user holds.
        roles: names of the roles.
    """

    user_id: str
    secret: str = field(repr=False)
    may: str
    roles: str = ""


SERVICE = NewUser("demo", CENTRE, "Demonstration", frozenset({Role.SERVICE}))

PEOPLE = (
    NewUser("examiner", "FR", "Invented examiner", frozenset({Role.EXAMINER})),
    NewUser("second", "FR", "Invented second examiner", frozenset({Role.EXAMINER})),
    NewUser("officer", "FR", "Invented officer of France", frozenset({Role.NCB_OFFICER})),
    NewUser("officer", "NL", "Invented officer of the owner", frozenset({Role.NCB_OFFICER})),
    NewUser("officer", "MD", "Invented officer of Moldova", frozenset({Role.NCB_OFFICER})),
    NewUser("operator", CENTRE, "Invented operator", frozenset({Role.CCC_OPERATOR})),
    NewUser("auditor", "FR", "Invented auditor", frozenset({Role.AUDITOR})),
    NewUser("admin", SECRETARIAT, "Invented administrator", FIRST_ROLES, Clearance.CONFIDENTIAL),
)
"""The first is who searches in the example of the terminal."""


def add_service(settings: Settings) -> Credentials:
    """Make the account that the demonstration's client uses."""
    with closing(open_catalogue(settings)) as catalogue:
        made = create_user(catalogue, SERVICE, operator())
        return Credentials(made.user.id, made.secret or "", scope_text(made.user.scopes))


def add_people(settings: Settings) -> list[Credentials]:
    """Make accounts for whoever tries the server; they need not choose passwords of their own."""
    people = []
    with closing(open_catalogue(settings)) as catalogue:
        for new in PEOPLE:
            password = make_password()
            user = create_user(catalogue, new, operator(), password).user
            roles = ", ".join(sorted(user.roles))
            people.append(Credentials(user.id, password, scope_text(user.scopes), roles))
    return people
