"""Where the portal leads to. A page that does not exist, or not for this user, is not linked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.access import PORTAL_ROUTES, Access
from api.portal.marking import N_
from api.portal.visitor import Visitor
from engine.centre_desk.desk import is_operator
from engine.identity.roles import Scope


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the menu.

    Attributes:
        path: of the page.
        word: its name, to be translated.
        icon: of `icons.html`.
    """

    path: str
    word: str
    icon: str


PLACES: Sequence[Place] = (
    Place("/portal", N_("Home"), "home"),
    Place("/portal/searches/new", N_("Search"), "search"),
    Place("/portal/examinations", N_("Examinations"), "compare"),
    Place("/portal/hits", N_("Hits"), "hit"),
    Place("/portal/persons", N_("Persons"), "person"),
    Place("/portal/notices", N_("Notices"), "notice"),
    Place("/portal/messages", N_("Messages"), "message"),
    Place("/portal/centre", N_("Command centre"), "centre"),
    Place("/portal/administration", N_("Administration"), "gear"),
    Place("/portal/audit", N_("Audit"), "audit"),
)
"""In the order of the menu."""

CENTRE = "/portal/centre"
"""The board, whose use cases are for the CCC's operators alone, whatever scopes others hold."""


def leads_to(template: str, visitor: Visitor) -> bool:
    """Whether there is such a page, and the visitor may open it."""
    need = PORTAL_ROUTES.get(("GET", template))
    user = visitor.user
    if need is None or user is None:
        return need is Access.OPEN
    if template == CENTRE and not is_operator(user.organisation.ncb, user.roles):
        return False
    return not isinstance(need, Scope) or need in visitor.scopes


def menu_of(visitor: Visitor) -> list[Place]:
    """The entries that lead somewhere."""
    if visitor.user is None:
        return []
    return [one for one in PLACES if leads_to(one.path, visitor)]
