"""Reading notices: the search, the inbox, what waits for a review, one with its life, on paper."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query, Request, Response
from pydantic import ValidationError

from api.portal.asking import PageAsker
from api.portal.desk import DeskDep
from api.portal.forms import portal_router
from api.portal.marking import N_
from api.portal.notice_groups import groups_of
from api.portal.notice_inputs import INPUTS
from api.portal.notice_view import page_path, show_notice_page
from api.portal.pages import go, show
from api.routes.notices import InboxQuery, key_of
from api.schemas.notice_query import NoticeQuery
from api.service import ServiceDep
from engine.errors import BadRequest
from engine.gallery.notice_query import NoticeFilter, Page
from engine.noticeboard.inbox import InboxPage, acknowledge, read_inbox
from engine.noticeboard.reading import (
    list_images,
    list_notices,
    list_receipts,
    open_notice,
    read_life,
)
from engine.notices import visible_to
from engine.notices.fields import TRANSLATED
from engine.notices.texts import parse_language

router = portal_router("portal")

WRONG_QUERY = N_(
    "Check the search: ages are whole years, countries and bureaus are known codes, and a name or "
    "text has at most ten words."
)

ON_PAPER = 5
"""Prints on a page of paper."""

QUEUE = 100
"""Notices that wait for a review."""

ASKED = frozenset({field.alias or name for name, field in NoticeQuery.model_fields.items()})

SELDOM = ASKED - {"name", "freeText", "colour", "page", "resultPerPage"} - {"status"}
"""Filters that are folded away until one of them is used."""


@router.get("/portal/notices")
def get_notices(request: Request, asker: PageAsker, service: ServiceDep) -> Response:
    """The notices that the reader may see, by what was asked."""
    given = {name: value for name, value in request.query_params.items() if name in ASKED}
    try:
        query = NoticeQuery.model_validate({name: one for name, one in given.items() if one})
        part = Page(query.offset, query.results, datetime.now(UTC).date())
        found, total = list_notices(service.catalogue, query.to_filter(), part, asker)
    except (BadRequest, ValidationError):
        return _list(request, NoticeQuery(), given, wrong=WRONG_QUERY)
    return _list(request, query, given, found=found, total=total)


@router.get("/portal/notices/inbox")
def get_notice_inbox(
    request: Request,
    query: Annotated[InboxQuery, Query()],
    asker: PageAsker,
    service: ServiceDep,
) -> Response:
    """News of notices for the reader's bureau, the newest first."""
    part = InboxPage(query.offset, query.results, query.unread)
    entries, total = read_inbox(service.catalogue, part, asker) if asker.ncb else ([], 0)
    return show(request, "notices/inbox.html", entries=entries, total=total, query=query)


@router.post("/portal/notices/inbox/{entry}/read")
def post_notice_reading(entry: int, asker: PageAsker, service: ServiceDep) -> Response:
    """Note that news was read, and go to its notice if there is still something to see."""
    read = acknowledge(service.catalogue, entry, asker)
    seen = visible_to(read.file.notice, asker.ncb)
    return go(page_path(read.file.key) if seen else "/portal/notices/inbox")


@router.get("/portal/notices/review")
def get_notice_queue(request: Request, asker: PageAsker, service: ServiceDep) -> Response:
    """Requests and corrections that wait for the General Secretariat, or are the bureau's own."""
    part = Page(0, QUEUE, datetime.now(UTC).date())
    found, total = list_notices(service.catalogue, NoticeFilter(waiting=True), part, asker)
    return show(request, "notices/queue.html", found=found, total=total)


@router.get("/portal/notices/{colour}/{number}")
def get_notice(colour: str, number: str, desk: DeskDep, language: str = "") -> Response:
    """A notice in a language, with what the reader may do with it."""
    return show_notice_page(desk, key_of(colour, number), language)


@router.get("/portal/notices/{colour}/{number}/print")
def get_notice_on_paper(colour: str, number: str, desk: DeskDep, language: str = "") -> Response:
    """A notice on a page of paper."""
    key, catalogue = key_of(colour, number), desk.service.catalogue
    wanted = parse_language(language) if language else desk.language
    opened = open_notice(catalogue, key, desk.asker, wanted)
    _, prints = list_images(catalogue, key, desk.asker)
    plain = {name for name in opened.reading.fields if name not in TRANSLATED}
    return show(
        desk.request, "notices/paper.html",
        file=opened.file, notice=opened.file.notice, reading=opened.reading, path=page_path(key),
        groups=groups_of(plain), inputs=INPUTS, prints=prints[:ON_PAPER],
    )  # fmt: skip


@router.get("/portal/notices/{colour}/{number}/history")
def get_notice_history(colour: str, number: str, desk: DeskDep) -> Response:
    """All versions, changes and findings, and who got news; for owner and secretariat."""
    key, catalogue = key_of(colour, number), desk.service.catalogue
    life = read_life(catalogue, key, desk.asker)
    receipts = list_receipts(catalogue, key, desk.asker)
    file = open_notice(catalogue, key, desk.asker).file
    return show(
        desk.request, "notices/history.html",
        life=life, receipts=receipts, file=file, notice=file.notice, path=page_path(key),
        inputs=INPUTS,
    )  # fmt: skip


def _list(
    request: Request,
    query: NoticeQuery,
    given: dict[str, str],
    found: object = (),
    total: int = 0,
    wrong: str = "",
) -> Response:
    """The page of the search."""
    asked = {name: value for name, value in given.items() if value and name != "page"}
    return show(
        request, "notices/list.html", 422 if wrong else 200,
        query=query, given=given, found=found, total=total, wrong=wrong,
        more=any(given.get(name) for name in SELDOM), asked=f"{urlencode(asked)}&" if asked else "",
    )  # fmt: skip
