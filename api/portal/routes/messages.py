"""Messages: the threads of one's organisation, one thread with its answers, and a new one."""

from __future__ import annotations

import uuid
from typing import Annotated

from fastapi import Query, Request, Response

from api.portal.asking import PageAsker
from api.portal.forms import FormDep, PortalForm, portal_router
from api.portal.message_form import read_draft, read_new_thread
from api.portal.pages import go, show
from api.routes.messages import get_attachment
from api.schemas.messages import ThreadQuery
from api.schemas.notice_query import PageQuery
from api.service import Service, ServiceDep
from engine.asker import Asker
from engine.errors import BadRequest
from engine.gallery.message_store import ThreadPart
from engine.identity.bureaus import look_up_bureaus
from engine.identity.organisations import OrganisationKind
from engine.messages.attachment import LARGEST, MOST
from engine.messaging.reading import (
    OpenedThread,
    acknowledge,
    list_opened_threads,
    mark_read,
    read_opened_thread,
)
from engine.messaging.sending import open_thread, reply

router = portal_router("portal")

LIMITS = {"most": MOST, "largest": LARGEST}


@router.get("/portal/messages")
def get_threads(
    request: Request, query: Annotated[ThreadQuery, Query()], asker: PageAsker, service: ServiceDep
) -> Response:
    """The threads that one's organisation takes part in, the one with the latest message first."""
    found, total = list_opened_threads(service.catalogue, query.to_part(), asker)
    return show(
        request, "messages/list.html", threads=found, total=total, query=query, ncb=asker.ncb
    )


@router.get("/portal/messages/new")
def get_new_thread(request: Request, asker: PageAsker, service: ServiceDep) -> Response:
    """The form of a new thread."""
    return _new(request, service, asker, PortalForm())


@router.post("/portal/messages")
def post_thread(request: Request, form: FormDep, asker: PageAsker, service: ServiceDep) -> Response:
    """Open a thread by its first message."""
    try:
        new, draft = read_new_thread(form), read_draft(form)
        sent = open_thread(service.catalogue, new, draft, form.one("transaction_id"), asker)
    except BadRequest as error:
        return _new(request, service, asker, form, wrong=_field(error))
    return go(f"/portal/messages/{sent.thread.id}", "message-sent")


@router.get("/portal/messages/{thread_id}")
def get_thread(
    thread_id: str,
    request: Request,
    query: Annotated[PageQuery, Query()],
    asker: PageAsker,
    service: ServiceDep,
) -> Response:
    """A thread with its messages, the first first; to be shown it is not to have read it."""
    part = ThreadPart(query.offset, query.results)
    opened = read_opened_thread(service.catalogue, thread_id, part, asker)
    return _thread(request, opened, query, asker)


@router.post("/portal/messages/{thread_id}/replies")
def post_reply(
    thread_id: str,
    form: FormDep,
    request: Request,
    asker: PageAsker,
    service: ServiceDep,
) -> Response:
    """Send an answer."""
    try:
        draft = read_draft(form)
        reply(service.catalogue, thread_id, draft, form.one("transaction_id"), asker)
    except BadRequest as error:
        query = PageQuery()
        part = ThreadPart(query.offset, query.results)
        opened = read_opened_thread(service.catalogue, thread_id, part, asker)
        return _thread(request, opened, query, asker, wrong=_field(error), said=form.one("text"))
    return go(f"/portal/messages/{thread_id}", "message-sent")


@router.post("/portal/messages/{thread_id}/read")
def post_thread_reading(thread_id: str, asker: PageAsker, service: ServiceDep) -> Response:
    """Note that one's organisation has read a thread."""
    mark_read(service.catalogue, thread_id, asker)
    return go(f"/portal/messages/{thread_id}", "thread-read")


@router.post("/portal/messages/{thread_id}/{number}/acknowledge")
def post_acknowledgement(
    thread_id: str, number: int, asker: PageAsker, service: ServiceDep
) -> Response:
    """Say that one's organisation has a message."""
    acknowledge(service.catalogue, thread_id, number, asker)
    return go(f"/portal/messages/{thread_id}", "acknowledged")


@router.get("/portal/messages/{thread_id}/{number}/attachments/{place}", response_class=Response)
def get_file(
    thread_id: str, number: int, place: int, asker: PageAsker, service: ServiceDep
) -> Response:
    """A file of a message, to be saved: the same read as that of programs."""
    return get_attachment(thread_id, number, place, asker, service)


def _new(
    request: Request, service: Service, asker: Asker, form: PortalForm, *, wrong: str = ""
) -> Response:
    """The form of a new thread, with what was entered and which field is wrong."""
    everyone = look_up_bureaus(service.catalogue)
    others = [one for one in everyone if one.code != asker.ncb]
    places = [one for one in others if one.kind is not OrganisationKind.SUB_BUREAU]
    asked = request.query_params.getlist("to")
    said = {name: form.one(name) for name in ("subject", "text", "priority")}
    return show(
        request, "messages/new.html", 422 if wrong else 200,
        organisations=places, chosen=form.many("to") or asked, said=said, wrong=wrong,
        transaction_id=uuid.uuid4().hex, **LIMITS,
    )  # fmt: skip


def _thread(
    request: Request,
    opened: OpenedThread,
    query: PageQuery,
    asker: Asker,
    *,
    wrong: str = "",
    said: str = "",
) -> Response:
    """The page of a thread."""
    return show(
        request, "messages/one.html", 422 if wrong else 200,
        opened=opened, query=query, ncb=asker.ncb, wrong=wrong, said=said,
        transaction_id=uuid.uuid4().hex, **LIMITS,
    )  # fmt: skip


def _field(error: BadRequest) -> str:
    """The field that is wrong: the engine names it first."""
    name = str(error).partition(":")[0]
    return name if name in ("to", "subject", "text", "priority", "attachments") else "to"
