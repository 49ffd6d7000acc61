"""One's own account."""

from __future__ import annotations

from fastapi import Request, Response

from api.portal.forms import portal_router
from api.portal.pages import show
from api.service import ServiceDep
from engine.identity.issuer import Issuer

router = portal_router("portal")


@router.get("/portal/profile")
def get_profile(request: Request, service: ServiceDep) -> Response:
    """Who one is, what one may do, and how one wants the pages."""
    built_in = isinstance(service.authority, Issuer)
    return show(request, "profile.html", has_password=built_in)
