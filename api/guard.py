"""Lets callers through to what their token allows, before any of the body is read."""

from __future__ import annotations

import logging
from functools import partial

from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from api.access import ASKED_BY_PAGES, Access, Need, is_document, is_portal, needs_at
from api.portal.cookies import SESSION
from api.portal.forgery import SAFE_METHODS, is_from_here
from api.problems import UNAUTHORISED, Kind, make_problem, respond, respond_to
from api.security_headers import STATIC
from engine.errors import BadToken, Forbidden, NotFound
from engine.identity.issuer import Bearer
from engine.identity.roles import Scope as Right
from engine.identity.roles import scope_text
from engine.identity.sessions import Session, open_session

REALM = 'Bearer realm="whorl"'

log = logging.getLogger("whorl.api")


class Guard:
    """Checks every request against the table of routes."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application whose state holds the service that verifies tokens."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its bearer, or refuse it."""
        if scope["type"] != "http" or is_document(scope["path"]):
            await self.app(scope, receive, send)
            return
        refusal = await self._refusal(scope)
        await (self.app if refusal is None else refusal)(scope, receive, send)

    async def _refusal(self, scope: Scope) -> JSONResponse | None:
        """Why a request is refused; None, with its bearer noted, if it is not."""
        # No id holds a NUL, and PostgreSQL takes no text with one: there is no such path.
        known = {} if "\0" in scope["path"] else needs_at(scope["path"])
        needs = known.get(scope["method"])
        if is_portal(scope["path"]):
            return await _portal_refusal(scope, known)
        if known and all(need is Access.OPEN for many in known.values() for need in many):
            return None if needs else _wrong_method(known)
        try:
            bearer = await _bearer_of(scope)
        except BadToken as error:
            log.info("a token was refused: %s", error)
            return _unauthorised(scope)
        if not known:
            return respond_to(NotFound(f"no such path: {scope['path']}"))
        if needs is None:
            return _wrong_method(known)
        scope.setdefault("state", {})["bearer"] = bearer
        missing = _missing(needs, bearer)
        return _forbidden(missing) if missing else None


async def _bearer_of(scope: Scope) -> Bearer:
    """Whoever sends a request.

    Raises:
        BadToken: there is no token, or it does not count.
    """
    scheme, _, token = Headers(scope=scope).get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise BadToken("there is none")
    verify = scope["app"].state.service.authority.verify
    bearer: Bearer = await run_in_threadpool(verify, token.strip())
    return bearer


async def _portal_refusal(scope: Scope, known: dict[str, list[Need]]) -> JSONResponse | None:
    """The same for pages: they go by the cookie alone, as all else goes by the token alone."""
    needs, headers = known.get(scope["method"]), Headers(scope=scope)
    is_open = bool(known) and all(need is Access.OPEN for many in known.values() for need in many)
    try:
        session = await _session_of(scope)
    except BadToken:
        if not is_open:
            return _unauthorised(scope)
    else:
        scope.setdefault("state", {}).update(session=session, bearer=session.bearer)
        missing = _missing(needs or [], session.bearer)
        if not known:
            return respond_to(NotFound(f"no such path: {scope['path']}"))
        if missing:
            return _forbidden(missing)
    if needs is None:
        return _wrong_method(known)
    public_url = scope["app"].state.portal.public_url
    if scope["method"] not in SAFE_METHODS and not is_from_here(headers, public_url):
        return respond_to(Forbidden("the request comes from another site's page"))
    return None


async def _session_of(scope: Scope) -> Session:
    """The session whose cookie a request carries.

    Raises:
        BadToken: there is none, or it does not count.
    """
    secret = SESSION.read(HTTPConnection(scope))
    if not secret or scope["path"].startswith(STATIC):
        raise BadToken("there is no session")
    catalogue, by_hand = scope["app"].state.service.catalogue, scope["path"] not in ASKED_BY_PAGES
    return await run_in_threadpool(partial(open_session, catalogue, secret, by_hand=by_hand))


def _missing(needs: list[Need], bearer: Bearer) -> frozenset[Right]:
    """The scopes that a bearer lacks."""
    return frozenset(need for need in needs if isinstance(need, Right)) - bearer.scopes


def _unauthorised(scope: Scope) -> JSONResponse:
    """The answer to no token and to a wrong one; what is wrong with it is not told."""
    given = "authorization" in Headers(scope=scope)
    challenge = f'{REALM}, error="invalid_token"' if given else REALM
    problem = make_problem(
        UNAUTHORISED, "Send the header `Authorization: Bearer TOKEN` with a token of `/v1/token`."
    )
    return respond(problem, {"WWW-Authenticate": challenge})


def _forbidden(missing: frozenset[Right]) -> JSONResponse:
    """The answer to a token without the scope."""
    words = scope_text(missing)
    response = respond_to(Forbidden(f"your token lacks the scope {words}"))
    response.headers["WWW-Authenticate"] = f'{REALM}, error="insufficient_scope", scope="{words}"'
    return response


def _wrong_method(known: dict[str, list[Need]]) -> JSONResponse:
    """The answer to a method that the path does not take."""
    kind = Kind(405, "method-not-allowed", "Method Not Allowed")
    return respond(make_problem(kind, kind.title), {"Allow": ", ".join(sorted(known))})
