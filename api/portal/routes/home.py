"""The first page: what waits for its reader."""

from __future__ import annotations

from fastapi import Request, Response

from api.portal.asking import PageAsker
from api.portal.forms import portal_router
from api.portal.pages import show
from api.portal.waiting import what_waits
from api.service import ServiceDep

router = portal_router("portal")


@router.get("/portal")
def get_home(request: Request, asker: PageAsker, service: ServiceDep) -> Response:
    """What waits for the reader, by kind."""
    return show(request, "home.html", waiting=what_waits(service.catalogue, asker))
