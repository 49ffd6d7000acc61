"""Searches: a print or a latent in, a ranked list out, at once or later."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api.asking import AskerDep, with_reason
from api.bodies import Received, read_search_order, receive
from api.descriptions import body_of, problems
from api.limiting import SEARCHES
from api.prefer import WantsAsync, accept
from api.schemas.answers import AnswerView
from api.schemas.jobs import SearchJobView, show_job
from api.search_orders import once, search_request
from api.searching import Search, search_and_keep
from api.service import ServiceDep
from api.stored_answers import seen_search
from engine.gallery.job_store import JobKind, JobState
from engine.policy import require_case
from engine.probes import require_keeping

router = APIRouter(prefix="/v1/searches", tags=["searches"])


@router.post(
    "",
    responses={
        202: {"model": SearchJobView, "description": "Accepted; read the job at `Location`."},
        **problems(400, 403, 404, 409, 413, 415, 422, 429, 503),
    },
    openapi_extra=body_of("SearchOrder", "SearchForm"),
    dependencies=SEARCHES,
)
def post_search(
    received: Annotated[Received, Depends(receive)],
    later: WantsAsync,
    asker: AskerDep,
    service: ServiceDep,
    response: Response,
) -> AnswerView | SearchJobView:
    """Search a print, or up to ten of one person, or a latent, and rank what it may be.

    The probe is neither enrolled nor, unless `store_probe` asks for it, kept. With `Prefer:
    respond-async` the answer is a 202 with the address of a job. With a `transaction_id` the
    answer is kept for a day, as that of a job: sent again, the search is answered as before,
    or, while it still runs, by a 202.
    """
    order = read_search_order(received)
    asker = with_reason(asker, order.purpose, order.case_ref)
    if service.settings.case_for_searches:
        require_case(asker)
    if order.store_probe:
        require_keeping(service.settings.probe_days, asker)
    search = Search(search_request(order, service, asker), asker, keep=order.store_probe)
    done_once = once(order, asker)
    if not later and done_once is None:
        return search_and_keep(service, search)
    if later or done_once is None:
        job = service.jobs.submit(
            JobKind.SEARCH, asker, lambda: search_and_keep(service, search), done_once
        )
    else:
        job = service.jobs.do_once(
            JobKind.SEARCH, asker, lambda: search_and_keep(service, search), done_once
        )
    if not later and job.state is JobState.DONE:
        seen = service.jobs.read(JobKind.SEARCH, job.id, asker, seen_search)
        return AnswerView.model_validate(seen.answer)
    accept(response, job)
    return SearchJobView.model_validate(show_job(job))


@router.get("/{job_id}", responses=problems(404))
def get_search(job_id: str, asker: AskerDep, service: ServiceDep) -> SearchJobView:
    """How far a search is, with its answer when it is done. Only its asker sees it."""
    job = service.jobs.read(JobKind.SEARCH, job_id, asker, seen_search)
    return SearchJobView.model_validate(show_job(job))
