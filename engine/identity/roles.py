"""Roles and what each lets its holder do. This table is the whole of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

from engine.errors import BadRequest


class Role(StrEnum):
    """What somebody is in their bureau."""

    INVESTIGATOR = "investigator"
    EXAMINER = "examiner"
    NCB_OFFICER = "ncb_officer"
    CCC_OPERATOR = "ccc_operator"
    AUDITOR = "auditor"
    ADMIN = "admin"
    SERVICE = "service"


class Scope(StrEnum):
    """One kind of operation; the name travels in tokens."""

    SEARCH = "search"
    ENROL = "enrol"
    LATENT = "latent"
    READ = "read"
    DECIDE = "decide"
    MESSAGE = "message"
    NOTICE_READ = "notice.read"
    NOTICE_PUBLISH = "notice.publish"
    USERS_MANAGE = "users.manage"
    AUDIT_READ = "audit.read"
    METRICS_READ = "metrics.read"
    ADMIN = "admin"


SCOPE_MEANING: Mapping[Scope, str] = {
    Scope.SEARCH: "search prints",
    Scope.ENROL: "record persons and their prints",
    Scope.LATENT: "record latents and end them",
    Scope.READ: "read records of persons and prints",
    Scope.DECIDE: "decide on candidates",
    Scope.MESSAGE: "read and send messages between bureaus",
    Scope.NOTICE_READ: "read notices",
    Scope.NOTICE_PUBLISH: "write notices",
    Scope.USERS_MANAGE: "manage the people of the own bureau",
    Scope.AUDIT_READ: "read the audit chain",
    Scope.METRICS_READ: "read the server's counters",
    Scope.ADMIN: "manage every bureau and the machine",
}

_INVESTIGATOR = frozenset({Scope.SEARCH, Scope.READ, Scope.NOTICE_READ})

ROLE_SCOPES: Mapping[Role, frozenset[Scope]] = {
    Role.INVESTIGATOR: _INVESTIGATOR,
    Role.EXAMINER: _INVESTIGATOR | {Scope.DECIDE, Scope.LATENT, Scope.MESSAGE},
    # All that the bureau's people and machines do, so that an officer can give it to them.
    Role.NCB_OFFICER: _INVESTIGATOR
    | {
        Scope.DECIDE,
        Scope.ENROL,
        Scope.LATENT,
        Scope.MESSAGE,
        Scope.NOTICE_PUBLISH,
        Scope.METRICS_READ,
        Scope.USERS_MANAGE,
    },
    Role.CCC_OPERATOR: _INVESTIGATOR | {Scope.MESSAGE, Scope.NOTICE_PUBLISH},
    Role.AUDITOR: frozenset({Scope.AUDIT_READ}),
    # Whoever tends the machine sees no records by that alone.
    Role.ADMIN: frozenset({Scope.ADMIN, Scope.USERS_MANAGE, Scope.AUDIT_READ, Scope.METRICS_READ}),
    Role.SERVICE: _INVESTIGATOR | {Scope.ENROL, Scope.LATENT, Scope.METRICS_READ},
}

FIRST_ROLES = frozenset({Role.ADMIN, Role.NCB_OFFICER, Role.CCC_OPERATOR})
"""Roles of the first administrator: together they hold every scope, so every role can be given."""


def scopes_of(roles: Collection[Role]) -> frozenset[Scope]:
    """All that these roles let their holder do."""
    return frozenset().union(*(ROLE_SCOPES[role] for role in roles))


def parse_roles(names: Collection[str]) -> frozenset[Role]:
    """Read roles by their names.

    Raises:
        BadRequest: there is none, or one is unknown.
    """
    given = [name.strip().lower() for name in names]
    unknown = [name for name in given if name not in set(Role)]
    if unknown or not given:
        what = f"unknown role {unknown[0]!r}" if unknown else "give at least one role"
        raise BadRequest(f"{what}; known are: {', '.join(Role)}")
    return frozenset(map(Role, given))


def known_scopes(text: str) -> frozenset[Scope]:
    """The scopes of ours among words separated by spaces; others belong to somebody else."""
    return frozenset(Scope(word) for word in text.split() if word in set(Scope))


def scope_text(scopes: Collection[Scope]) -> str:
    """Scopes as they stand in a token: words in a fixed order."""
    return " ".join(scope for scope in Scope if scope in scopes)
