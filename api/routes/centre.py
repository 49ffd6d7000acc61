"""The CCC: its work, its three rooms, and what passes from one to the next."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, status

from api.asking import AskerDep
from api.descriptions import problems
from api.schemas.centre import (
    DutyView,
    HandoverList,
    HandoverView,
    ItemDetail,
    ItemPage,
    ItemQuery,
    NoteBody,
    SeatBody,
    show_duty,
    show_handover,
    show_items,
    show_opened_item,
)
from api.service import ServiceDep
from engine.centre_desk.rooms import (
    choose_room,
    list_hand_overs,
    offer_handover,
    read_duty,
    take_over,
)
from engine.centre_desk.working import (
    finish_item,
    list_work,
    open_work,
    release_item,
    take_item,
)

router = APIRouter(prefix="/v1/centre", tags=["centre"])

_STEP = problems(400, 403, 404, 409, 422, 503)


@router.get("/duty", responses=problems(403, 422, 503))
def get_duty(asker: AskerDep, service: ServiceDep) -> DutyView:
    """Which room has the duty: by fixed hours of UTC, so that no clock change makes a gap."""
    return show_duty(read_duty(service.catalogue, asker))


@router.put("/seat", responses=problems(403, 422, 503))
def put_seat(body: SeatBody, asker: AskerDep, service: ServiceDep) -> DutyView:
    """Say in which room you work."""
    return show_duty(choose_room(service.catalogue, body.room, asker))


@router.get("/items", responses=problems(403, 422, 503))
def get_items(
    query: Annotated[ItemQuery, Query()], asker: AskerDep, service: ServiceDep
) -> ItemPage:
    """The work of the three rooms, the most pressing first."""
    found, total = list_work(service.catalogue, query.to_filter(), asker)
    return show_items(found, total, query.asked())


@router.get("/items/{item_id}", responses=problems(403, 404, 422, 503))
def get_item(item_id: str, asker: AskerDep, service: ServiceDep) -> ItemDetail:
    """An item with all that was done with it."""
    return show_opened_item(open_work(service.catalogue, item_id, asker))


@router.post("/items/{item_id}/take", responses=_STEP)
def post_taking(item_id: str, asker: AskerDep, service: ServiceDep) -> ItemDetail:
    """Take an item into your hands; nobody else can then, until you put it back."""
    return show_opened_item(take_item(service.catalogue, item_id, asker))


@router.post("/items/{item_id}/release", responses=_STEP)
def post_release(item_id: str, body: NoteBody, asker: AskerDep, service: ServiceDep) -> ItemDetail:
    """Put an item back that you have taken."""
    return show_opened_item(release_item(service.catalogue, item_id, body.note, asker))


@router.post("/items/{item_id}/finish", responses=_STEP)
def post_finish(item_id: str, body: NoteBody, asker: AskerDep, service: ServiceDep) -> ItemDetail:
    """Say that an item is done, and how; a message is acknowledged with that."""
    return show_opened_item(finish_item(service.catalogue, item_id, body.note, asker))


@router.get("/handovers", responses=problems(403, 422, 503))
def get_handovers(asker: AskerDep, service: ServiceDep) -> HandoverList:
    """The latest hand-overs between the rooms."""
    found = list_hand_overs(service.catalogue, asker)
    return HandoverList(handovers=[show_handover(one) for one in found])


@router.post(
    "/handovers",
    status_code=status.HTTP_201_CREATED,
    responses=problems(400, 403, 409, 422, 503),
)
def post_handover(body: NoteBody, asker: AskerDep, service: ServiceDep) -> HandoverView:
    """Write the hand-over of your room: from half an hour before its duty ends."""
    return show_handover(offer_handover(service.catalogue, body.note, asker))


@router.post("/handovers/{number}/acknowledge", responses=_STEP)
def post_taking_over(number: int, asker: AskerDep, service: ServiceDep) -> HandoverView:
    """Say that your room has taken over: what the other has not done is its own now, and open."""
    return show_handover(take_over(service.catalogue, number, asker))
