"""Who may manage whom. Nobody reaches beyond their bureau or gives what they do not hold."""

from __future__ import annotations

from collections.abc import Collection

from engine.asker import Asker
from engine.errors import Forbidden
from engine.identity.clearance import Clearance
from engine.identity.organisations import Organisation
from engine.identity.roles import Role, Scope, scope_text, scopes_of
from engine.identity.users import User


def oversees(asker: Asker, organisation: Organisation) -> bool:
    """Whether the people of an organisation are the asker's to manage.

    Those of the own organisation are, an NCB's also include those of its sub-bureaus; those of
    all are an administrator's.
    """
    if Scope.ADMIN in asker.scopes:
        return True
    own = asker.bureau in (organisation.code, organisation.ncb)
    return own and Scope.USERS_MANAGE in asker.scopes


def require_oversight(asker: Asker, organisation: Organisation) -> None:
    """Check that the people of an organisation are the asker's to manage.

    Raises:
        Forbidden: they are not.
    """
    if not oversees(asker, organisation):
        raise Forbidden(f"you do not manage the people of {organisation.code}")


def require_administrator(asker: Asker) -> None:
    """Check that the asker manages the whole network.

    Raises:
        Forbidden: the asker does not.
    """
    if Scope.ADMIN not in asker.scopes:
        raise Forbidden("only an administrator may do this")


def require_holding(asker: Asker, roles: Collection[Role], clearance: Clearance) -> None:
    """Check that the asker holds all that these roles and this clearance give.

    Raises:
        Forbidden: names what the asker lacks.
    """
    missing = scopes_of(roles) - asker.scopes
    if missing:
        raise Forbidden(f"you do not hold {scope_text(missing)}, which the roles would give")
    if clearance > asker.clearance:
        raise Forbidden(
            f"your clearance is {asker.clearance.label}: you cannot manage {clearance.label}"
        )


def require_power_over(asker: Asker, user: User) -> None:
    """Check that the asker may change an account.

    Who could reset the password of somebody with more rights would have those rights.

    Raises:
        Forbidden: it is the asker's own, of another bureau, or of somebody with more rights.
    """
    if asker.actor == user.id:
        raise Forbidden("nobody changes their own account; another officer must")
    require_oversight(asker, user.organisation)
    require_holding(asker, user.roles, user.clearance)


def require_right_to_disable(asker: Asker, user: User) -> None:
    """Check that the asker may disable an account: an administrator may stop anybody else.

    Raises:
        Forbidden: it is the asker's own, of another bureau, or of somebody with more rights.
    """
    if Scope.ADMIN not in asker.scopes or asker.actor == user.id:
        require_power_over(asker, user)
