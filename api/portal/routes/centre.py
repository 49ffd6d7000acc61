"""The command centre: its board, its items, and what passes from one room to the next."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import Query, Request, Response

from api.portal.asking import PageAsker
from api.portal.centre_board import Board, may_take, read_board
from api.portal.figures import sum_up
from api.portal.forms import FormDep, portal_router
from api.portal.hit_map import lines_of, regions_of
from api.portal.pages import go, show
from api.schemas.hits import CountQuery
from api.service import ServiceDep
from engine.centre_desk.rooms import choose_room, offer_handover, read_duty, take_over
from engine.centre_desk.working import finish_item, open_work, release_item, take_item
from engine.command_centre.room import Room, parse_room
from engine.command_centre.working import Operator
from engine.errors import BadRequest
from engine.statistics.reading import read_all_statistics

router = portal_router("portal")

BOARD = "/portal/centre"


@router.get(BOARD)
def get_board(
    request: Request, asker: PageAsker, service: ServiceDep, room: Room | None = None
) -> Response:
    """The board: rooms, work, alerts, hits and hand-overs."""
    board = read_board(service.catalogue, room, asker)
    return _board(request, "centre/board.html", board, asker.actor)


@router.get(f"{BOARD}/live")
def get_live_part(
    request: Request, asker: PageAsker, service: ServiceDep, room: Room | None = None
) -> Response:
    """The part of the board that moves, for its script to put in place."""
    board = read_board(service.catalogue, room, asker)
    return _board(request, "centre/live.html", board, asker.actor)


@router.get(f"{BOARD}/statistics")
def get_statistics(
    request: Request, query: Annotated[CountQuery, Query()], asker: PageAsker, service: ServiceDep
) -> Response:
    """Counts by day, region and colour."""
    first, last = query.days()
    found = read_all_statistics(service.catalogue, first, last, asker)
    return show(request, "centre/statistics.html", figures=sum_up(found), first=first, last=last)


@router.post(f"{BOARD}/seat")
def post_seat(form: FormDep, asker: PageAsker, service: ServiceDep) -> Response:
    """Say in which room one works."""
    choose_room(service.catalogue, parse_room(form.one("room")), asker)
    return go(BOARD, "seat")


@router.get(f"{BOARD}/items/{{item_id}}")
def get_item(item_id: str, request: Request, asker: PageAsker, service: ServiceDep) -> Response:
    """An item with all that was done with it."""
    return _item(request, service, item_id, asker)


@router.post(f"{BOARD}/items/{{item_id}}/take")
def post_taking(item_id: str, asker: PageAsker, service: ServiceDep) -> Response:
    """Take an item into one's hands."""
    take_item(service.catalogue, item_id, asker)
    return go(f"{BOARD}/items/{item_id}", "item-taken")


@router.post(f"{BOARD}/items/{{item_id}}/release")
def post_release(
    item_id: str, form: FormDep, request: Request, asker: PageAsker, service: ServiceDep
) -> Response:
    """Put an item back."""
    try:
        release_item(service.catalogue, item_id, form.one("note"), asker)
    except BadRequest:
        return _item(request, service, item_id, asker, wrong="release")
    return go(f"{BOARD}/items/{item_id}", "item-released")


@router.post(f"{BOARD}/items/{{item_id}}/finish")
def post_finish(
    item_id: str, form: FormDep, request: Request, asker: PageAsker, service: ServiceDep
) -> Response:
    """Say that an item is done, and how."""
    try:
        finish_item(service.catalogue, item_id, form.one("note"), asker)
    except BadRequest:
        return _item(request, service, item_id, asker, wrong="finish")
    return go(BOARD, "item-finished")


@router.post(f"{BOARD}/handovers")
def post_handover(
    form: FormDep, request: Request, asker: PageAsker, service: ServiceDep
) -> Response:
    """Write the hand-over of one's room."""
    try:
        offer_handover(service.catalogue, form.one("note"), asker)
    except BadRequest:
        board = read_board(service.catalogue, None, asker)
        return _board(request, "centre/board.html", board, asker.actor, wrong=True)
    return go(BOARD, "handed-over")


@router.post(f"{BOARD}/handovers/{{number}}/acknowledge")
def post_taking_over(number: int, asker: PageAsker, service: ServiceDep) -> Response:
    """Say that one's room has taken over."""
    take_over(service.catalogue, number, asker)
    return go(BOARD, "taken-over")


def _board(
    request: Request, template: str, board: Board, actor: str, *, wrong: bool = False
) -> Response:
    """The board, or its part that moves."""
    return show(
        request, template, 422 if wrong else 200,
        board=board, regions=regions_of(board.hits), lines=lines_of(board.hits),
        actor=actor, wrong=wrong,
    )  # fmt: skip


def _item(
    request: Request, service: ServiceDep, item_id: str, asker: PageAsker, *, wrong: str = ""
) -> Response:
    """The page of an item; `wrong` is the form that was refused."""
    opened, now = open_work(service.catalogue, item_id, asker), datetime.now(UTC)
    own = read_duty(service.catalogue, asker).own
    by = None if own is None else Operator(asker.actor, own)
    item = opened.item
    return show(
        request, "centre/item.html", 422 if wrong else 200,
        item=item, changes=opened.changes, late=item.is_late(now),
        may_take=may_take(item, by, now), holds=item.taken_by == asker.actor, seated=by is not None,
        wrong=wrong,
    )  # fmt: skip
