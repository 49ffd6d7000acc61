"""Hits: reading them, the owner's word, news of them, and how many there are."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.asking import AskerDep
from api.descriptions import problems
from api.schemas.hits import (
    CountQuery,
    HitCountList,
    HitDetail,
    HitInboxView,
    HitNewsView,
    HitPage,
    HitQuery,
    HitStepBody,
    NewsQuery,
    show_counts,
    show_hit_inbox,
    show_hit_news,
    show_hits,
    show_opened_hit,
)
from api.service import ServiceDep
from engine.examination.hit import HitStep
from engine.examining.hits import (
    acknowledge_news,
    list_opened,
    open_hit,
    read_news,
    read_statistics,
    step_hit,
)

router = APIRouter(prefix="/v1/hits", tags=["hits"])


@router.get("", responses=problems(422, 503))
def get_hits(query: Annotated[HitQuery, Query()], asker: AskerDep, service: ServiceDep) -> HitPage:
    """The hits between your bureau and others, the newest first; the CCC reads all bureaus'."""
    found, total = list_opened(service.catalogue, query.to_filter(), asker)
    return show_hits(found, total, query.asked(), asker.ncb)


@router.get("/inbox", responses=problems(422, 503))
def get_hit_inbox(
    query: Annotated[NewsQuery, Query()], asker: AskerDep, service: ServiceDep
) -> HitInboxView:
    """News of hits for your bureau: opened, confirmed, refused, closed, withdrawn."""
    entries, total = read_news(service.catalogue, query.to_part(), asker)
    return show_hit_inbox(entries, total, query.asked())


@router.post("/inbox/{entry}/read", responses=problems(404, 422, 503))
def post_hit_reading(entry: int, asker: AskerDep, service: ServiceDep) -> HitNewsView:
    """Mark an entry of your bureau's inbox as read; who reads it first is named."""
    return show_hit_news(acknowledge_news(service.catalogue, entry, asker))


@router.get("/statistics", responses=problems(400, 422, 503))
def get_hit_statistics(
    query: Annotated[CountQuery, Query()], asker: AskerDep, service: ServiceDep
) -> HitCountList:
    """Hits that stand by day and pair of regions: of your bureau, or of all for IPSG and CCC."""
    first, last = query.days()
    return show_counts(read_statistics(service.catalogue, first, last, asker), first, last)


@router.get("/{hit_id}", responses=problems(404, 503))
def get_hit(hit_id: str, asker: AskerDep, service: ServiceDep) -> HitDetail:
    """A hit with all that was done with it."""
    return show_opened_hit(open_hit(service.catalogue, hit_id, asker), asker.ncb)


@router.post("/{hit_id}/steps/{step}", responses=problems(400, 403, 404, 409, 422, 503))
def post_hit_step(
    hit_id: str, step: HitStep, body: HitStepBody, asker: AskerDep, service: ServiceDep
) -> HitDetail:
    """Take a step: the owner may `confirm` or `refuse`, then either bureau may `close`."""
    stepped = step_hit(service.catalogue, hit_id, step, body.reason, asker)
    return show_opened_hit(stepped, asker.ncb)
