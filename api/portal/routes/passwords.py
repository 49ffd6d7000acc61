"""Choosing a password: the first one, and later ones."""

from __future__ import annotations

from fastapi import Request, Response

from api.portal.forms import FormDep, portal_router
from api.portal.marking import N_
from api.portal.pages import show
from api.portal.routes.signing import HOME, signed_in
from api.portal.visitor import VisitorDep
from api.service import ServiceDep
from api.signing_in import built_in_issuer, counted_try
from engine.errors import BadRequest, SignInRefused
from engine.identity.passwords import MAX_CHARS, MIN_CHARS
from engine.identity.proof import change_password

router = portal_router("portal")

REFUSED = N_("The present password is not right, or there were too many wrong tries: wait a while.")
UNLIKE = N_("The two new passwords differ.")
WEAK = N_(
    "The new password is too easy to guess. Use 12 characters or more, at least 6 different "
    "ones, not the user name, and not the password from before."
)


@router.get("/portal/password")
def get_password(request: Request, visitor: VisitorDep) -> Response:
    """The form."""
    known = visitor.user.id if visitor.user else request.query_params.get("user", "")[:80]
    return _form(request, known, {}, 200)


@router.post("/portal/password")
def post_password(
    request: Request, form: FormDep, visitor: VisitorDep, service: ServiceDep
) -> Response:
    """Change one's password; ends all sessions and begins a new one."""
    user_id = visitor.user.id if visitor.user else form.one("user").lower()
    old, new = form.secret("password"), form.secret("new_password")
    if new != form.secret("repeated"):
        return _form(request, user_id, {"repeated": UNLIKE}, 422)
    try:
        with counted_try(request, service):
            user = change_password(built_in_issuer(service).catalogue, user_id, old, new)
    except SignInRefused:
        return _form(request, user_id, {"password": REFUSED}, 400)
    except BadRequest:
        return _form(request, user_id, {"new_password": WEAK}, 422)
    return signed_in(request, service, user, f"{HOME}?done=password")


def _form(request: Request, user_id: str, errors: dict[str, str], status: int) -> Response:
    """The form, with what is wrong with each field."""
    limits = {"least": MIN_CHARS, "most": MAX_CHARS}
    return show(request, "password.html", status, user_id=user_id, errors=errors, **limits)
