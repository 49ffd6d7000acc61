"""Searches: a print in, a ranked list out, at once or later."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api.asking import AskerDep, with_reason
from api.bodies import Received, read_search_order, receive
from api.descriptions import body_of, problems
from api.prefer import WantsAsync, accept
from api.schemas.answers import AnswerView, show_answer
from api.schemas.jobs import SearchJobView, show_job
from api.schemas.orders import SearchOrder
from api.service import Service, ServiceDep
from api.shards import show_failures
from api.stored_answers import seen_search
from engine.asker import Asker
from engine.candidates import FingerProbe, ImageFile, SearchRequest
from engine.errors import WhorlError
from engine.fingers import parse_finger
from engine.gallery.job_store import JobKind
from engine.members import parse_regions
from engine.policy import require_case

router = APIRouter(prefix="/v1/searches", tags=["searches"])


@router.post(
    "",
    responses={
        202: {"model": SearchJobView, "description": "Accepted; read the job at `Location`."},
        **problems(400, 413, 415, 422, 503),
    },
    openapi_extra=body_of("SearchOrder", "SearchForm"),
)
def post_search(
    received: Annotated[Received, Depends(receive)],
    later: WantsAsync,
    asker: AskerDep,
    service: ServiceDep,
    response: Response,
) -> AnswerView | SearchJobView:
    """Search a print, or up to ten of one person, and rank the persons that it may be.

    The print is neither enrolled nor kept. With `Prefer: respond-async` the answer is a 202 with
    the address of a job.
    """
    order = read_search_order(received)
    request = _request(order)
    asker = with_reason(asker, order.purpose, order.case_ref)
    if service.settings.case_for_searches:
        require_case(asker)
    if not later:
        return _search(service, request, asker)
    job = service.jobs.submit(JobKind.SEARCH, asker, lambda: _search(service, request, asker))
    accept(response, job)
    return SearchJobView.model_validate(show_job(job))


@router.get("/{job_id}", responses=problems(404))
def get_search(job_id: str, asker: AskerDep, service: ServiceDep) -> SearchJobView:
    """How far a search is, with its answer when it is done. Only its asker sees it."""
    job = service.jobs.read(JobKind.SEARCH, job_id, asker, seen_search)
    return SearchJobView.model_validate(show_job(job))


def _request(order: SearchOrder) -> SearchRequest:
    """The engine's request.

    Raises:
        BadRequest: unknown finger or region.
    """
    return SearchRequest(
        probe=ImageFile(order.image, order.filename, order.ppi),
        finger=parse_finger(order.finger),
        regions=parse_regions(order.region_names),
        top=order.top,
        others=tuple(
            FingerProbe(ImageFile(one.image, one.filename, one.ppi), parse_finger(one.finger))
            for one in order.others
        ),
    )


def _search(service: Service, request: SearchRequest, asker: Asker) -> AnswerView:
    """Search and count."""
    try:
        answer = service.searcher.search(request, asker)
    except WhorlError:
        service.metrics.searches.labels("refused").inc()
        raise
    service.metrics.note_stages(answer.times)
    return show_answer(answer, show_failures(service.gallery, answer.shards_failed))
