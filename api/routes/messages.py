"""Messages between organisations, their files, and acknowledgements that are late."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response, status

from api.asking import AskerDep
from api.descriptions import problems
from api.schemas.message_orders import ReplyBody, ThreadBody
from api.schemas.messages import (
    LatePage,
    MessagePage,
    MessageView,
    ReadView,
    SentView,
    ThreadPage,
    ThreadQuery,
    show_late,
    show_message,
    show_opened,
    show_sent,
    show_threads,
)
from api.schemas.notice_query import PageQuery
from api.service import ServiceDep
from engine.gallery.message_store import ThreadPart
from engine.messages.attachment import TYPES, file_name
from engine.messaging.escalating import list_late
from engine.messaging.reading import (
    acknowledge,
    list_opened_threads,
    mark_read,
    open_attachment,
    read_opened_thread,
)
from engine.messaging.sending import open_thread, reply

router = APIRouter(prefix="/v1/messages", tags=["messages"])

_SEND = problems(400, 403, 404, 409, 413, 422, 503)


@router.get("", responses=problems(422, 503))
def get_threads(
    query: Annotated[ThreadQuery, Query()], asker: AskerDep, service: ServiceDep
) -> ThreadPage:
    """The threads that your organisation takes part in, the one with the latest message first."""
    found, total = list_opened_threads(service.catalogue, query.to_part(), asker)
    return show_threads(found, total, query.asked())


@router.post("", status_code=status.HTTP_201_CREATED, responses=_SEND)
def post_thread(
    body: ThreadBody, asker: AskerDep, service: ServiceDep, response: Response
) -> SentView:
    """Open a thread with bureaus, IPSG or the CCC by its first message."""
    new, draft = body.to_thread(), body.to_draft()
    shown = show_sent(
        open_thread(service.catalogue, new, draft, body.transaction_id, asker), asker.ncb
    )
    response.headers["Location"] = shown.thread.links.self_.href
    return shown


@router.get("/escalations", responses=problems(422, 503))
def get_escalations(
    query: Annotated[PageQuery, Query()], asker: AskerDep, service: ServiceDep
) -> LatePage:
    """Acknowledgements that are late, for the CCC; what the messages say is not told."""
    found, total = list_late(service.catalogue, query.offset, query.results, asker)
    return show_late(found, total, query.asked())


@router.get("/{thread_id}", responses=problems(404, 422, 503))
def get_thread(
    thread_id: str,
    query: Annotated[PageQuery, Query()],
    asker: AskerDep,
    service: ServiceDep,
) -> MessagePage:
    """A thread with its messages, the first first; that of a hit has the hit's id.

    It is not marked as read by that.
    """
    part = ThreadPart(query.offset, query.results)
    opened = read_opened_thread(service.catalogue, thread_id, part, asker)
    return show_opened(opened, query.asked(), asker.ncb)


@router.post("/{thread_id}/replies", status_code=status.HTTP_201_CREATED, responses=_SEND)
def post_reply(thread_id: str, body: ReplyBody, asker: AskerDep, service: ServiceDep) -> SentView:
    """Send a message in a thread."""
    sent = reply(service.catalogue, thread_id, body.to_draft(), body.transaction_id, asker)
    return show_sent(sent, asker.ncb)


@router.post("/{thread_id}/read", responses=problems(404, 503))
def post_thread_reading(thread_id: str, asker: AskerDep, service: ServiceDep) -> ReadView:
    """Mark all of a thread as read by your organisation; who read a message first stays."""
    return ReadView(messages=mark_read(service.catalogue, thread_id, asker))


@router.post("/{thread_id}/{number}/acknowledge", responses=problems(400, 404, 422, 503))
def post_acknowledgement(
    thread_id: str, number: int, asker: AskerDep, service: ServiceDep
) -> MessageView:
    """Say that your organisation has a message; who says it first stays."""
    return show_message(acknowledge(service.catalogue, thread_id, number, asker), asker.ncb)


@router.get(
    "/{thread_id}/{number}/attachments/{place}",
    response_class=Response,
    responses={
        200: {"content": {name: {} for name in TYPES}, "description": "The file, to be saved."},
        **problems(404, 422, 503),
    },
)
def get_attachment(
    thread_id: str, number: int, place: int, asker: AskerDep, service: ServiceDep
) -> Response:
    """A file of a message, to be saved and not to be shown: another bureau wrote it."""
    opened = open_attachment(service.catalogue, thread_id, number, place, asker)
    # The type of a file is ours, from the list; the browser neither guesses nor opens it.
    headers = {"Content-Disposition": f'attachment; filename="{file_name(opened.facts)}"'}
    return Response(opened.content, media_type=opened.facts.media_type, headers=headers)
