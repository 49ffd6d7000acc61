"""Who asks, and why: it travels with every request and ends in the audit chain."""

from __future__ import annotations

from dataclasses import dataclass

from engine.identity.clearance import Clearance
from engine.identity.roles import Role, Scope


@dataclass(frozen=True, slots=True)
class Asker:
    """The person or program behind a request.

    Attributes:
        actor: id of the user, or `cli:` and the name of whoever runs a command.
        ncb: code of the bureau asked for: a sub-bureau's people ask for the NCB above it; empty
            for the machine's own administration.
        purpose: why, such as `identification`.
        case_ref: the asker's case.
        bureau: code of the asker's own organisation, which may be a sub-bureau.
        roles: what the asker is there.
        scopes: what the asker may do by this request: the rights of the roles, as far as the
            token carries them.
        clearance: highest level of confidentiality that the asker may see.
    """

    actor: str
    ncb: str = ""
    purpose: str = ""
    case_ref: str = ""
    bureau: str = ""
    roles: frozenset[Role] = frozenset()
    scopes: frozenset[Scope] = frozenset()
    clearance: Clearance = Clearance.OFFICIAL
