"""The live stream of events, and the key that signs those that are sent to callbacks."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Header, Request
from fastapi.responses import Response

from api.asking import AskerDep
from api.descriptions import problems
from api.events.stream import MEDIA_TYPE, EventStream, Listener
from api.schemas.webhooks import WebhookKeyView
from api.service import ServiceDep
from engine.audit.signing import public_keys, public_text
from engine.events.event import EventKind
from engine.events.reading import find_position
from engine.webhooks.signature import public_file, webhook_key

router = APIRouter(prefix="/v1/events", tags=["events"])

EVENT = {
    "type": "object",
    "title": "ServerSentEvent",
    "properties": {
        "id": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
        "event": {"type": "string", "enum": [kind.value for kind in EventKind]},
        "data": {"type": "string", "description": "As callbacks get it: id, kind, act, at, …"},
    },
    "required": ["id", "event", "data"],
}
"""One event of the stream, for those who read the description."""

_TOKEN = re.compile(r"[0-9a-f]{32}")


@router.get(
    "",
    response_class=Response,
    responses={
        200: {
            "content": {MEDIA_TYPE: {"schema": EVENT}},
            "description": "Server-sent events; `data` is an event as JSON.",
        },
        **problems(422, 429, 503),
    },
)
def get_events(
    request: Request,
    asker: AskerDep,
    service: ServiceDep,
    last_event_id: Annotated[
        str | None,
        Header(
            alias="Last-Event-ID",
            max_length=64,
            description="Id of the last event that you have: what came after it is told first. "
            "With one that is not known any more, all that is kept (30 days); without, only what "
            "comes from now on.",
        ),
    ] = None,
) -> Response:
    """What happens to notices, hits, messages and records, as it happens, if you may read them.

    The stream ends when your token does, or after some minutes: come back with `Last-Event-ID`.
    An event may be told more than once.
    """
    token = last_event_id
    if token is not None and not _TOKEN.fullmatch(token):
        token = ""  # such an id was never given, so all is told that is kept
    position = find_position(service.catalogue, token, asker)
    service.hub.enter(asker.actor)
    return EventStream(
        Listener(
            service.catalogue,
            service.hub,
            service.authority,
            request.headers["authorization"].partition(" ")[2].strip(),
            asker,
            position,
            service.settings.events_seconds,
        )
    )


@router.get("/key", responses=problems(422, 503))
def get_event_key(service: ServiceDep) -> WebhookKeyView:
    """The public keys that verify the signatures on calls."""
    webhook_key(service.settings)  # makes it where there is none
    keys = public_keys(public_file(service.settings)).values()
    return WebhookKeyView(algorithm="Ed25519", public_keys="".join(map(public_text, keys)))
