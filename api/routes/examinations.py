"""Examiners' cases: opening them, deciding, and the queue of what waits."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response, status

from api.asking import AskerDep, with_reason
from api.descriptions import problems
from api.found_candidates import found_candidate
from api.schemas.examinations import (
    CaseBody,
    CasePage,
    CaseQuery,
    CaseView,
    CorrectionBody,
    VerdictBody,
    show_case,
    show_cases,
)
from api.service import ServiceDep
from engine.examining.deciding import give_verdict
from engine.examining.opening import CaseOrder, open_case
from engine.examining.reading import list_files, open_file

router = APIRouter(prefix="/v1/examinations", tags=["examinations"])

_ACT = problems(400, 403, 404, 409, 422, 503)


@router.post("", status_code=status.HTTP_201_CREATED, responses=_ACT)
def post_examination(
    body: CaseBody, asker: AskerDep, service: ServiceDep, response: Response
) -> CaseView:
    """Put a candidate of a search before the examiners of your bureau.

    Of a job the score is taken from its stored answer. The probe is not kept, only its hash.
    """
    reasoned = with_reason(asker, body.purpose, body.case_ref)
    about = found_candidate(body, service.jobs, reasoned)
    order = CaseOrder(body.transaction_id, about, body.verify_all)
    shown = show_case(open_case(service.catalogue, order, reasoned))
    response.headers["Location"] = shown.links.self_.href
    return shown


@router.get("", responses=problems(422, 503))
def get_examinations(
    query: Annotated[CaseQuery, Query()], asker: AskerDep, service: ServiceDep
) -> CasePage:
    """The cases of your bureau, or those that wait for you, the oldest first."""
    found, total = list_files(service.catalogue, query.to_filter(), asker)
    return show_cases(found, total, query.asked())


@router.get("/{case_id}", responses=problems(404, 503))
def get_examination(case_id: str, asker: AskerDep, service: ServiceDep) -> CaseView:
    """A case of your bureau; before its end you read your own verdict alone."""
    return show_case(open_file(service.catalogue, case_id, asker))


@router.post("/{case_id}/verdicts", responses=_ACT)
def post_verdict(case_id: str, body: VerdictBody, asker: AskerDep, service: ServiceDep) -> CaseView:
    """Give your verdict: as the first examiner, as the second, or to settle a conflict.

    Which of them it is follows from where the case stands; the second is not told what the first
    has found.
    """
    return show_case(give_verdict(service.catalogue, body.to_order(case_id), asker))


@router.post("/{case_id}/corrections", responses=_ACT)
def post_correction_of_verdict(
    case_id: str, body: CorrectionBody, asker: AskerDep, service: ServiceDep
) -> CaseView:
    """Correct a verdict of yours by a new one; both are kept.

    To or from an identification it sends the case to a supervisor, unless nobody but you has
    decided and a second examiner is still waited for.
    """
    order = body.to_order(case_id, body.corrects)
    return show_case(give_verdict(service.catalogue, order, asker))
