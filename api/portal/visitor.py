"""Who looks at a page, and how they want it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection, Request

from api.portal.cookies import LANGUAGE, SCHEME, SESSION, VISIT
from api.portal.forgery import token_of
from api.portal.languages import DEFAULT, LANGUAGES, Language, accepted, first_known
from engine.identity.roles import Scope
from engine.identity.sessions import Session
from engine.identity.users import User

SCHEMES = ("auto", "light", "dark")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whoever looks at a page.

    Attributes:
        language: of the page.
        scheme: of colours: auto, light or dark.
        token: for forms.
        user: None for strangers.
        scopes: what the user may do.
        new_visit: value of the cookie that a stranger gets, None if there is one already.
    """

    language: Language
    scheme: str
    token: str
    user: User | None = None
    scopes: frozenset[Scope] = frozenset()
    new_visit: str | None = None


def visitor_of(request: HTTPConnection) -> Visitor:
    """Who sent a request. Users are those whose session the guard has verified."""
    session: Session | None = getattr(request.state, "session", None)
    wanted = accepted(request.headers.get("accept-language", ""))
    chosen = None if session is None else session.language
    language = LANGUAGES[first_known(chosen, LANGUAGE.read(request), wanted) or DEFAULT]
    scheme = SCHEME.read(request)
    scheme = scheme if scheme in SCHEMES else "auto"
    if session is not None:
        bearer, token = session.bearer, token_of(SESSION.read(request))
        return Visitor(language, scheme, token, bearer.user, bearer.scopes)
    known = VISIT.read(request)
    visit = known or secrets.token_urlsafe(32)
    return Visitor(language, scheme, token_of(visit), new_visit=None if known else visit)


def _visitor(request: Request) -> Visitor:
    """The same as a dependency."""
    return visitor_of(request)


VisitorDep = Annotated[Visitor, Depends(_visitor)]
