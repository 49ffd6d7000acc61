"""How somebody wants the pages: language and scheme of colours."""

from __future__ import annotations

from fastapi import Request, Response

from api.portal.cookies import LANGUAGE, SCHEME
from api.portal.forms import FormDep, portal_router
from api.portal.languages import LANGUAGES
from api.portal.pages import go, is_own_path
from api.portal.visitor import SCHEMES, VisitorDep
from api.service import ServiceDep
from engine.errors import BadRequest
from engine.identity.sessions import choose_language

router = portal_router("portal")


@router.post("/portal/appearance")
def post_appearance(
    request: Request, form: FormDep, visitor: VisitorDep, service: ServiceDep
) -> Response:
    """Keep what was chosen, with the user and in the browser, and show the page again."""
    back = form.one("back")
    response = go(back if is_own_path(back) else "/portal")
    language, scheme = form.one("language"), form.one("scheme")
    if language not in ("", *LANGUAGES) or scheme not in ("", *SCHEMES):
        raise BadRequest("language or scheme: unknown")
    if language:
        LANGUAGE.write(request, response, language)
        if visitor.user is not None:
            choose_language(service.catalogue, visitor.user, language)
    if scheme:
        SCHEME.write(request, response, scheme)
    return response
