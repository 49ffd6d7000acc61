"""Problems as pages: whatever refuses a request for a page, people read it in their language."""

from __future__ import annotations

import json
from urllib.parse import urlencode

from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.access import is_portal
from api.portal.pages import is_own_path, show
from api.portal.problem_words import words_of
from api.problems import MEDIA_TYPE, Problem
from api.security_headers import STATIC

SIGN_IN = "/portal/sign-in"


class ProblemPages:
    """Puts pages in the place of problems, where a page was asked for."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; catch the problem if its answer is one."""
        if scope["type"] != "http" or not _wants_page(scope):
            await self.app(scope, receive, send)
            return
        caught: list[Message] = []

        async def catching(message: Message) -> None:
            if caught or _is_problem(message):
                caught.append(message)
            else:
                await send(message)

        await self.app(scope, receive, catching)
        if caught:
            body = b"".join(one.get("body", b"") for one in caught)
            problem = Problem.model_validate(json.loads(body))
            page = await run_in_threadpool(_page, Request(scope), problem)
            await page(scope, receive, send)


def _wants_page(scope: Scope) -> bool:
    """Whether a person asks, and not a script of ours."""
    path: str = scope["path"]
    accept = dict(scope["headers"]).get(b"accept", b"")
    page = is_portal(path) and not path.startswith(STATIC)
    return page and not path.endswith(".json") and b"application/json" not in accept


def _is_problem(message: Message) -> bool:
    """Whether an answer that begins here is a problem."""
    headers = dict(message.get("headers", ()))
    return bool(headers.get(b"content-type", b"") == MEDIA_TYPE.encode())


def _page(request: Request, problem: Problem) -> Response:
    """The page of a problem; who is not signed in goes to do so, and comes back."""
    if problem.status == 401:
        return _to_sign_in(request)
    title, advice = words_of(problem.type.rpartition(":")[2], problem.status)
    return show(
        request, "problem.html", problem.status, title=title, advice=advice, problem=problem
    )


def _to_sign_in(request: Request) -> Response:
    """Lead to the sign-in. What was sent is not kept: it may have been somebody else's."""
    query = f"?{request.url.query}" if request.url.query else ""
    path = f"{request.url.path}{query}"
    back = request.method == "GET" and path != "/portal" and is_own_path(path)
    return RedirectResponse(f"{SIGN_IN}?{urlencode({'next': path})}" if back else SIGN_IN, 303)
