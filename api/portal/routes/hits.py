"""Hits: the bureau's inbox and list, and one hit with its steps and its messages."""

from __future__ import annotations

import uuid
from typing import Annotated

from fastapi import Query, Request, Response

from api.portal.asking import PageAsker
from api.portal.forms import FormDep, portal_router
from api.portal.pages import go, show
from api.schemas.hits import HitQuery
from api.service import Service, ServiceDep
from engine.asker import Asker
from engine.errors import BadRequest, NotFound
from engine.examination.file import HitFile
from engine.examination.hit import RULES, HitStep, steps_open_to
from engine.examining.hits import (
    OpenedHit,
    acknowledge_news,
    list_opened,
    open_hit,
    read_news,
    step_hit,
)
from engine.gallery.hit_inbox_store import NewsPart
from engine.gallery.message_store import ThreadPart
from engine.identity.roles import Scope
from engine.messages import Draft, Priority
from engine.messaging.reading import OpenedThread, read_opened_thread
from engine.messaging.sending import reply

router = portal_router("portal")

NEWS = 10
"""Unread entries that stand above the list; older ones follow as these are read."""

MESSAGES = 200
"""Of a thread; a hit is settled in far fewer."""


@router.get("/portal/hits")
def get_hits(
    request: Request, query: Annotated[HitQuery, Query()], asker: PageAsker, service: ServiceDep
) -> Response:
    """The news that nobody of the bureau has read, and all hits, the newest first."""
    wanted = NewsPart(0, NEWS, unread=True)
    news, unread = read_news(service.catalogue, wanted, asker) if asker.ncb else ([], 0)
    hits, total = list_opened(service.catalogue, query.to_filter(), asker)
    return show(
        request, "hits/list.html", news=news, unread=unread, hits=hits, total=total, query=query,
    )  # fmt: skip


@router.post("/portal/hits/inbox/{entry}/read")
def post_hit_reading(entry: int, asker: PageAsker, service: ServiceDep) -> Response:
    """Note that news of a hit was read, and go to the hit."""
    read = acknowledge_news(service.catalogue, entry, asker)
    return go(f"/portal/hits/{read.file.id}")


@router.get("/portal/hits/{hit_id}")
def get_hit(hit_id: str, request: Request, asker: PageAsker, service: ServiceDep) -> Response:
    """A hit with all that was done with it and said about it."""
    opened = open_hit(service.catalogue, hit_id, asker)
    return _show(request, service, opened, asker)


@router.post("/portal/hits/{hit_id}/steps/{step}")
def post_hit_step(
    hit_id: str,
    step: HitStep,
    form: FormDep,
    request: Request,
    asker: PageAsker,
    service: ServiceDep,
) -> Response:
    """Take a step with a hit."""
    try:
        step_hit(service.catalogue, hit_id, step, form.one("reason"), asker)
    except BadRequest:
        opened = open_hit(service.catalogue, hit_id, asker)
        return _show(request, service, opened, asker, status=422, wrong=step.value)
    return go(f"/portal/hits/{hit_id}", "hit-step")


@router.post("/portal/hits/{hit_id}/messages")
def post_hit_message(
    hit_id: str, form: FormDep, request: Request, asker: PageAsker, service: ServiceDep
) -> Response:
    """Send a message in the thread of a hit."""
    opened = open_hit(service.catalogue, hit_id, asker)
    try:
        draft = Draft(form.one("text"), _priority(form.one("priority")))
        reply(service.catalogue, hit_id, draft, form.one("transaction_id"), asker)
    except BadRequest:
        return _show(request, service, opened, asker, status=422, wrong="message")
    return go(f"/portal/hits/{hit_id}", "message-sent")


def _show(
    request: Request,
    service: Service,
    opened: OpenedHit,
    asker: Asker,
    *,
    status: int = 200,
    wrong: str = "",
) -> Response:
    """The page of a hit."""
    return show(
        request, "hits/one.html", status,
        hit=opened.file, changes=opened.changes, steps=_steps(opened.file, asker), asker=asker,
        thread=_thread(service, opened.file.id, asker), wrong=wrong,
        transaction_id=uuid.uuid4().hex,
    )  # fmt: skip


def _thread(service: Service, hit_id: str, asker: Asker) -> OpenedThread | None:
    """The messages about a hit, for whoever takes part in them."""
    if Scope.MESSAGE not in asker.scopes:
        return None
    try:
        return read_opened_thread(service.catalogue, hit_id, ThreadPart(0, MESSAGES), asker)
    except NotFound:
        return None


def _steps(file: HitFile, asker: Asker) -> list[tuple[HitStep, bool]]:
    """The steps that somebody may take now, and whether each needs a reason."""
    if Scope.DECIDE not in asker.scopes:
        return []
    return [(one, RULES[one].reason) for one in steps_open_to(file.status, file.sides, asker)]


def _priority(said: str) -> Priority:
    """How urgent a message is.

    Raises:
        BadRequest: there is no such priority.
    """
    if said not in list(Priority):
        raise BadRequest("priority: choose one of the three")
    return Priority(said)
