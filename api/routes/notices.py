"""Notices, in the shape of the public notices interface."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.asking import AskerDep
from api.descriptions import problems
from api.schemas.notices import NoticePage, NoticeView, show_notice, show_page
from api.service import ServiceDep
from engine.gallery.notice_store import NoticeFilter
from engine.lookup import look_up_notice, look_up_notices
from engine.members import find_bureau
from engine.notices import parse_colour, parse_entity_id

router = APIRouter(prefix="/v1/notices", tags=["notices"])

MAX_PAGE = 10_000
MAX_RESULTS = 160
"""A page of the public interface has at most as many."""


@router.get("", responses=problems(400, 422, 503))
def get_notices(  # noqa: PLR0913 - each argument is a parameter of the query
    asker: AskerDep,
    service: ServiceDep,
    colour: Annotated[str | None, Query(examples=["red"])] = None,
    name: Annotated[
        str | None, Query(max_length=200, description="Start of the family name.")
    ] = None,
    ncb: Annotated[str | None, Query(examples=["FR"], description="Requesting bureau.")] = None,
    person: Annotated[str | None, Query(max_length=64, examples=["FX-0001"])] = None,
    page: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 1,
    results: Annotated[int, Query(ge=1, le=MAX_RESULTS, alias="resultPerPage")] = 20,
) -> NoticePage:
    """Published notices, newest first, a page at a time."""
    wanted = NoticeFilter(
        colour=parse_colour(colour) if colour else None,
        ncb=find_bureau(ncb).code if ncb else None,
        person_id=person or None,
        name=name or None,
    )
    offset = (page - 1) * results
    notices, total = look_up_notices(service.catalogue, wanted, offset, results, asker)
    asked = {"colour": colour, "name": name, "ncb": ncb, "person": person}
    query: dict[str, str | int] = {key: value for key, value in asked.items() if value}
    return show_page(notices, total, {**query, "page": page, "resultPerPage": results})


@router.get("/{colour}/{number}", responses=problems(400, 404, 503))
def get_notice(colour: str, number: str, asker: AskerDep, service: ServiceDep) -> NoticeView:
    """A published notice; `number` is the entity id with a dash, such as 2024-12345."""
    notice = look_up_notice(service.catalogue, parse_colour(colour), parse_entity_id(number), asker)
    return show_notice(notice)
