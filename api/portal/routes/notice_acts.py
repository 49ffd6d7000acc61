"""Taking notices through their life: steps, findings, recipients."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Response
from pydantic import ValidationError

from api.portal.desk import DeskDep
from api.portal.forms import FormDep, PortalForm, portal_router
from api.portal.notice_form import read_restriction
from api.portal.notice_view import page_path, show_notice_page
from api.portal.pages import go
from api.routes.notice_acts import target_of
from api.schemas.notice_orders import ReviewOrder, StepBody, to_restriction
from api.schemas.notices import RestrictionBody
from engine.errors import BadRequest
from engine.noticeboard.restricting import restrict
from engine.noticeboard.reviewing import review
from engine.noticeboard.steps import take
from engine.notices.lifecycle import Step

router = portal_router("portal")

FOUND: Mapping[str, bool] = {"yes": True, "no": False}


@router.post("/portal/notices/{colour}/{number}/steps/{step}")
def post_notice_step(
    colour: str, number: str, step: Step, form: FormDep, desk: DeskDep
) -> Response:
    """Take a step of the notice's life."""
    target = target_of(colour, number, form.one("revision"))
    said = {"reasons": _reasons(form), "expires_on": form.one("expires_on") or None}
    try:
        order = StepBody.model_validate(said).to_order(step)
        take(desk.service.catalogue, target, order, desk.asker)
    except (BadRequest, ValidationError) as error:
        return show_notice_page(desk, target.key, refused=step.value, wrong=str(error))
    return go(page_path(target.key), "notice-step")


@router.post("/portal/notices/{colour}/{number}/reviews")
def post_notice_review(colour: str, number: str, form: FormDep, desk: DeskDep) -> Response:
    """Record a finding about the version that waits for one."""
    target = target_of(colour, number, form.one("revision"))
    try:
        order = ReviewOrder.model_validate(_finding(form))
        review(desk.service.catalogue, target, order.to_finding(), desk.asker)
    except (BadRequest, ValidationError) as error:
        return show_notice_page(desk, target.key, refused="review", wrong=str(error))
    return go(page_path(target.key), "reviewed")


@router.post("/portal/notices/{colour}/{number}/restriction")
def post_notice_restriction(colour: str, number: str, form: FormDep, desk: DeskDep) -> Response:
    """Say who may see a notice; it holds from the next answer on."""
    target = target_of(colour, number, form.one("revision"))
    try:
        body = RestrictionBody.model_validate(read_restriction(form))
        restrict(desk.service.catalogue, target, to_restriction(body), desk.asker)
    except (BadRequest, ValidationError) as error:
        return show_notice_page(desk, target.key, refused="restriction", wrong=str(error))
    return go(page_path(target.key), "restricted")


def _reasons(form: PortalForm) -> list[str]:
    """The reason, if one is given."""
    return [form.one("reason")] if form.one("reason") else []


def _finding(form: PortalForm) -> dict[str, Any]:
    """What an examiner found, by the names of `ReviewOrder`."""
    found = {name: FOUND.get(form.one(name)) for name in ("article_2", "article_3", "gravity")}
    return {"verdict": form.one("verdict"), **found, "reasons": _reasons(form)}
