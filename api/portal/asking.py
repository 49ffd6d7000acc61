"""Who asks by a page, and why: the user of the session, with the purpose that a form states."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from api.asking import bearer_of
from engine.asker import Asker
from engine.identity.users import asker_of_user
from engine.policy import Purpose


def _asker(request: Request) -> Asker:
    """The asker of a page. What a form says of purpose and case goes through `with_reason`."""
    bearer = bearer_of(request)
    return asker_of_user(bearer.user, bearer.scopes, Purpose.IDENTIFICATION.value)


PageAsker = Annotated[Asker, Depends(_asker)]
