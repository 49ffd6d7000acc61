"""Who decides: a person of the bureau that searched, with the rights held there."""

from __future__ import annotations

from dataclasses import dataclass

from engine.asker import Asker
from engine.identity.roles import Role, Scope

SUPERVISOR = Role.NCB_OFFICER
"""Role of those who settle a conflict: they answer for their bureau."""


@dataclass(frozen=True, slots=True)
class Examiner:
    """The person who decides.

    Attributes:
        actor: who it is.
        ncb: code of the organisation.
        decides: whether the person may give verdicts.
        supervises: whether the person may settle a conflict.
    """

    actor: str
    ncb: str
    decides: bool
    supervises: bool


def examiner_of(asker: Asker) -> Examiner:
    """The examiner that an asker is."""
    decides = Scope.DECIDE in asker.scopes
    return Examiner(asker.actor, asker.ncb, decides, decides and SUPERVISOR in asker.roles)
