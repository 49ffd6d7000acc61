"""Reading notices, in the shape of the public notices interface."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.asking import AskerDep
from api.descriptions import problems
from api.schemas.notice_life import (
    EntryView,
    HistoryView,
    ImageList,
    InboxView,
    ReceiptList,
    show_entry,
    show_history,
    show_images,
    show_inbox,
    show_receipts,
)
from api.schemas.notice_query import NoticeQuery, PageQuery
from api.schemas.notices import NoticePage, NoticeView, show_notice, show_page
from api.service import ServiceDep
from engine.gallery.notice_query import Page
from engine.noticeboard.inbox import InboxPage, acknowledge, read_inbox
from engine.noticeboard.reading import (
    Opened,
    list_images,
    list_notices,
    list_receipts,
    open_notice,
    read_life,
)
from engine.notices import NoticeKey, parse_colour, parse_entity_id
from engine.notices.texts import parse_language

router = APIRouter(prefix="/v1/notices", tags=["notices"])


class InboxQuery(PageQuery):
    """Which entries of an inbox."""

    unread: bool = False


@router.get("", responses=problems(400, 422, 503))
def get_notices(
    query: Annotated[NoticeQuery, Query()], asker: AskerDep, service: ServiceDep
) -> NoticePage:
    """The notices that your bureau may see, a page at a time."""
    page = Page(query.offset, query.results, datetime.now(UTC).date())
    found, total = list_notices(service.catalogue, query.to_filter(), page, asker)
    return show_page(found, total, query.asked())


@router.get("/inbox", responses=problems(422, 503))
def get_inbox(
    query: Annotated[InboxQuery, Query()], asker: AskerDep, service: ServiceDep
) -> InboxView:
    """News of notices for your bureau: published, corrected, suspended, withdrawn, expired."""
    page = InboxPage(query.offset, query.results, query.unread)
    entries, total = read_inbox(service.catalogue, page, asker)
    return show_inbox(entries, total, query.asked())


@router.post("/inbox/{entry}/read", responses=problems(404, 422, 503))
def post_reading(entry: int, asker: AskerDep, service: ServiceDep) -> EntryView:
    """Mark an entry of your bureau's inbox as read; who reads it first is named."""
    return show_entry(acknowledge(service.catalogue, entry, asker))


@router.get("/{colour}/{number}", responses=problems(400, 404, 422, 503))
def get_notice(
    colour: str,
    number: str,
    asker: AskerDep,
    service: ServiceDep,
    response: Response,
    language: Annotated[
        str | None,
        Query(max_length=2, description="Of its texts: ar, en, fr or es.", examples=["fr"]),
    ] = None,
) -> NoticeView:
    """A notice; `number` is the entity id with a dash, such as 2024-12345.

    Texts that are not there in the language asked for are shown in English or as they were
    written; `texts` says which.
    """
    wanted = parse_language(language) if language else None
    opened = open_notice(service.catalogue, key_of(colour, number), asker, wanted)
    return answer(opened, response)


@router.get("/{colour}/{number}/images", responses=problems(400, 404, 503))
def get_images(colour: str, number: str, asker: AskerDep, service: ServiceDep) -> ImageList:
    """The prints of the person that a notice is about."""
    notice, prints = list_images(service.catalogue, key_of(colour, number), asker)
    return show_images(notice.path, prints)


@router.get("/{colour}/{number}/history", responses=problems(400, 404, 503))
def get_history(colour: str, number: str, asker: AskerDep, service: ServiceDep) -> HistoryView:
    """All versions, changes and reviews, for its owner and the General Secretariat."""
    return show_history(read_life(service.catalogue, key_of(colour, number), asker))


@router.get("/{colour}/{number}/receipts", responses=problems(400, 404, 503))
def get_receipts(colour: str, number: str, asker: AskerDep, service: ServiceDep) -> ReceiptList:
    """Who got news of a notice and who has read it, for its owner and the General Secretariat."""
    return show_receipts(list_receipts(service.catalogue, key_of(colour, number), asker))


def key_of(colour: str, number: str) -> NoticeKey:
    """The notice of a path.

    Raises:
        BadRequest: unknown colour or malformed number.
    """
    return NoticeKey(parse_colour(colour), parse_entity_id(number))


def answer(opened: Opened, response: Response) -> NoticeView:
    """A notice, with its revision for those who may change it.

    Others do not learn it: it would tell them of changes that they may not see.
    """
    if opened.inside:
        response.headers["ETag"] = f'"{opened.file.revision}"'
    return show_notice(opened)
