"""Signing in and out."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import Request, Response

from api.portal.cookies import SESSION, VISIT
from api.portal.forms import FormDep, portal_router
from api.portal.pages import go, is_own_path, show
from api.portal.state import Portal
from api.portal.visitor import VisitorDep
from api.service import Service, ServiceDep
from api.signing_in import built_in_issuer, counted_try
from engine.errors import Forbidden, SignInRefused
from engine.identity.issuer import Issuer
from engine.identity.proof import prove_password
from engine.identity.sessions import begin_session, end_session
from engine.identity.users import User

router = portal_router("portal")

HOME = "/portal"


@router.get("/portal/sign-in")
def get_sign_in(request: Request, visitor: VisitorDep, service: ServiceDep) -> Response:
    """The form; whoever is signed in goes on."""
    after = _after(request.query_params.get("next", ""))
    if visitor.user is not None:
        return go(after)
    return _form(request, service, after)


@router.post("/portal/sign-in")
def post_sign_in(request: Request, form: FormDep, service: ServiceDep) -> Response:
    """Sign in; a password that was made for somebody leads to choosing one."""
    after, user_id = _after(form.one("next")), form.one("user").lower()
    try:
        with counted_try(request, service):
            catalogue = built_in_issuer(service).catalogue
            user = prove_password(catalogue, user_id, form.secret("password"))
        if user.one_time:
            return go(f"/portal/password?{urlencode({'user': user.id})}")
        return signed_in(request, service, user, after)
    except (SignInRefused, Forbidden):
        return _form(request, service, after, user_id=user_id, refused=True)


@router.post("/portal/sign-out")
def post_sign_out(request: Request, service: ServiceDep) -> Response:
    """Sign out; nothing of the session stays, here or in the browser."""
    portal: Portal = request.app.state.portal
    portal.shelf.forget(request.state.session.sign_in_id)
    end_session(service.catalogue, SESSION.read(request))
    response = go("/portal/sign-in", "signed-out")
    SESSION.delete(request, response)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def signed_in(request: Request, service: Service, user: User, after: str) -> Response:
    """Begin a session with a new secret, whatever there was before.

    Raises:
        Forbidden: the account cannot be used here.
    """
    old = SESSION.read(request)
    if old:
        end_session(service.catalogue, old)
    begun = begin_session(service.catalogue, user)
    response = go(after)
    SESSION.write(request, response, begun.secret)
    VISIT.delete(request, response)
    return response


def _form(
    request: Request, service: Service, after: str, *, user_id: str = "", refused: bool = False
) -> Response:
    """The form to sign in."""
    return show(
        request,
        "sign_in.html",
        400 if refused else 200,
        after=after,
        user_id=user_id,
        refused=refused,
        here_possible=isinstance(service.authority, Issuer),
    )


def _after(path: str) -> str:
    """Where to go after the sign-in: a page of ours, or home."""
    return path if is_own_path(path) and not path.startswith("/portal/sign-") else HOME
