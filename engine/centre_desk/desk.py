"""Who works for the CCC, and in which of its rooms."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection

from engine.asker import Asker
from engine.command_centre.working import Operator
from engine.errors import BadRequest, Forbidden
from engine.gallery.centre_room_store import room_of
from engine.identity.organisations import CENTRE
from engine.identity.roles import Role


def is_operator(ncb: str, roles: Collection[Role]) -> bool:
    """Whether somebody with these roles of an organisation is an operator of the CCC."""
    return ncb == CENTRE and Role.CCC_OPERATOR in roles


def require_operator(asker: Asker) -> None:
    """Check that an asker is an operator of the CCC.

    Raises:
        Forbidden: the asker is not.
    """
    if not is_operator(asker.ncb, asker.roles):
        raise Forbidden("the work of the CCC is for its operators")


def seated(connection: Connection, asker: Asker) -> Operator:
    """An operator with the room that they work in.

    Raises:
        Forbidden: the asker is no operator of the CCC.
        BadRequest: they have not said in which room they work.
    """
    require_operator(asker)
    room = room_of(connection, asker.actor)
    if room is None:
        raise BadRequest("say first in which room you work")
    return Operator(asker.actor, room)
