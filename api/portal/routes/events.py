"""The live stream of events, for pages that are open."""

from __future__ import annotations

import re

from fastapi import Request
from fastapi.responses import Response

from api.events.stream import EventStream, Listener
from api.portal.asking import PageAsker
from api.portal.cookies import SESSION
from api.portal.forms import portal_router
from api.portal.session_authority import SessionAuthority
from api.service import ServiceDep
from engine.events.reading import find_position

router = portal_router("portal")

_TOKEN = re.compile(r"[0-9a-f]{32}")


@router.get("/portal/events", response_class=Response)
def get_events(request: Request, asker: PageAsker, service: ServiceDep) -> Response:
    """What happens, as it happens: the same stream as that of programs.

    What came while the page was away is not told again: it reads itself anew.
    """
    last = request.headers.get("last-event-id", "")
    token = last if _TOKEN.fullmatch(last) else None
    position = find_position(service.catalogue, token, asker)
    service.hub.enter(asker.actor)
    authority = SessionAuthority(service.catalogue)
    return EventStream(
        Listener(
            service.catalogue,
            service.hub,
            authority,
            SESSION.read(request),
            asker,
            position,
            service.settings.events_seconds,
        )
    )
