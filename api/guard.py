"""Lets callers through to what their token allows, before any of the body is read."""

from __future__ import annotations

import logging

from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.access import Access, Need, is_document, needs_at
from api.problems import UNAUTHORISED, Kind, make_problem, respond, respond_to
from engine.errors import BadToken, Forbidden, NotFound
from engine.identity.issuer import Bearer
from engine.identity.roles import Scope as Right
from engine.identity.roles import scope_text

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
