"""Who acts on a notice: a person of an organisation, with the roles held there."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.asker import Asker
from engine.identity.organisations import SECRETARIAT
from engine.identity.roles import Role
from engine.members import find_bureau

OFFICER = Role.NCB_OFFICER
"""Role of those who speak for their organisation: they write, submit, review and publish."""


@dataclass(frozen=True, slots=True)
class Party:
    """The person or program that acts.

    Attributes:
        actor: name of the person or service.
        ncb: code of the organisation; empty for nobody's.
        roles: those that the person holds there.
    """

    actor: str
    ncb: str
    roles: frozenset[Role] = field(default=frozenset())

    @property
    def is_secretariat(self) -> bool:
        """Whether the organisation is the General Secretariat."""
        return self.ncb == SECRETARIAT


def party_of(asker: Asker) -> Party:
    """The party that an asker is."""
    return Party(asker.actor, asker.ncb, asker.roles)


def parse_owner(code: str) -> str:
    """The code of a bureau, or of the General Secretariat, which may act on its own initiative.

    Raises:
        BadRequest: there is no such organisation.
    """
    return SECRETARIAT if code.strip().upper() == SECRETARIAT else find_bureau(code).code
