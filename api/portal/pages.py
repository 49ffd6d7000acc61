"""Making a page from a template for whoever looks at it."""

from __future__ import annotations

from functools import partial
from typing import Any

from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.requests import Request

from api.portal.cookies import VISIT
from api.portal.navigation import leads_to, menu_of
from api.portal.templating import environment_of
from api.portal.visitor import Visitor, visitor_of


def show(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page.

    Args:
        request: that it answers.
        template: below `templates/`.
        status: of HTTP.
        values: for the template, beside those that every page has.
    """
    visitor = visitor_of(request)
    made = environment_of(visitor.language.code).get_template(template)
    common = {
        "visitor": visitor,
        "csrf": visitor.token,
        "here": request.url.path,
        "menu": menu_of(visitor),
        "leads_to": partial(_leads_to, visitor),
        "done": request.query_params.get("done", ""),
    }
    response = HTMLResponse(made.render(common | values), status)
    if visitor.new_visit is not None:
        VISIT.write(request, response, visitor.new_visit)
    return response


def go(path: str, done: str = "") -> RedirectResponse:
    """Lead to another page after a change, so that loading it again repeats nothing.

    Args:
        path: of the portal.
        done: which message of `done.html` the page shows.
    """
    return RedirectResponse(f"{path}?done={done}" if done else path, 303)


def is_own_path(path: str) -> bool:
    """Whether a path that came from outside is one of the portal's pages."""
    plain = path.isprintable() and "\\" not in path and "//" not in path and " " not in path
    return plain and (path == "/portal" or path.startswith(("/portal/", "/portal?")))


def _leads_to(visitor: Visitor, template: str) -> bool:
    """Whether the visitor can go there."""
    return leads_to(template, visitor)
