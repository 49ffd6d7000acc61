"""What a search has found: its progress, its list, and one candidate at a time."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path, Request, Response
from fastapi.responses import JSONResponse

from api.portal.asking import PageAsker
from api.portal.comparison import Compared, bench_of_search
from api.portal.forms import portal_router
from api.portal.marking import N_
from api.portal.pages import show
from api.portal.routes.searches import shelf_of
from api.portal.translations import translations_of
from api.portal.visitor import VisitorDep
from api.portal.words import STAGES
from api.portal.workbench import bench_data
from api.schemas.answers import AnswerView, CandidateView
from api.schemas.jobs import SearchJobView, show_job
from api.service import Service, ServiceDep
from api.stored_answers import seen_search
from engine.asker import Asker
from engine.errors import Conflict, NotFound
from engine.gallery.job_store import Job, JobKind, JobState
from engine.lookup import look_up_print

router = portal_router("portal")

PROBE = N_("The probe")

Rank = Annotated[int, Path(ge=1, le=100)]


@router.get("/portal/searches/{job_id}")
def get_search(job_id: str, request: Request, asker: PageAsker, service: ServiceDep) -> Response:
    """How far a search is; when it is done, the candidates."""
    job = read_search(service, job_id, asker)
    view = SearchJobView.model_validate(show_job(job))
    search = shelf_of(request)[0].search(shelf_of(request)[1], job_id)
    if view.answer is None:
        return show(request, "searches/running.html", job=view, **_progress(request, job))
    has_image = search is not None or view.answer.kept_probe is not None
    return show(request, "searches/candidates.html", job=job, answer=view.answer,
                has_image=has_image, search=search)  # fmt: skip


@router.get("/portal/searches/{job_id}/progress.json", response_class=JSONResponse)
def get_progress(
    job_id: str, request: Request, asker: PageAsker, service: ServiceDep
) -> dict[str, Any]:
    """How far a search is, for the script of its page."""
    return _progress(request, read_search(service, job_id, asker))


@router.get("/portal/searches/{job_id}/candidates/{rank}.json", response_class=JSONResponse)
def get_comparison(
    job_id: str,
    rank: Rank,
    request: Request,
    visitor: VisitorDep,
    asker: PageAsker,
    service: ServiceDep,
) -> dict[str, Any]:
    """Probe and candidate with all that joins them, for the workbench."""
    _, compared = _compared(job_id, rank, request, asker, service)
    candidate = compared.candidate
    shown = candidate.model_dump(mode="json", by_alias=True, exclude={"pairs", "transform"})
    return {"found": shown, **_bench(compared, visitor.language.code)}


@router.get("/portal/searches/{job_id}/candidates/{rank}")
def get_candidate(
    job_id: str,
    rank: Rank,
    request: Request,
    visitor: VisitorDep,
    asker: PageAsker,
    service: ServiceDep,
) -> Response:
    """Probe and candidate side by side."""
    job, compared = _compared(job_id, rank, request, asker, service)
    data = _bench(compared, visitor.language.code)
    shelf, session = shelf_of(request)
    at_hand = shelf.search(session, job_id) is not None
    return show(request, "searches/compare.html", job=job, answer=compared.answer, rank=rank,
                candidate=compared.candidate, data=data, name=_name(compared),
                has_probe=at_hand)  # fmt: skip


def _bench(compared: Compared, language: str) -> dict[str, Any]:
    """What the workbench reads."""
    probe = translations_of(language).gettext(PROBE)
    return bench_data(bench_of_search(compared, (probe, _name(compared))), language)


def _name(compared: Compared) -> str:
    """The candidate's name, or id."""
    person = compared.candidate.person
    return f"{person.family_name} {person.forename}".strip() or person.id


def read_search(service: Service, job_id: str, asker: Asker) -> Job:
    """A search of the asker, as it may be shown now.

    Raises:
        NotFound: there is none.
    """
    return service.jobs.read(JobKind.SEARCH, job_id, asker, seen_search)


def _progress(request: Request, job: Job) -> dict[str, Any]:
    """Which stages are over and which one runs; what is forgotten cannot be told."""
    shelf, session = shelf_of(request)
    search = shelf.search(session, job.id)
    over = [] if search is None else [one for one in list(search.watch.times) if one in STAGES]
    current = "" if search is None else search.watch.current
    return {"state": job.state.value, "over": over, "current": current}


def _compared(
    job_id: str, rank: int, request: Request, asker: Asker, service: Service
) -> tuple[Job, Compared]:
    """The search, and what a comparison is made from.

    Raises:
        NotFound: no such search of the asker, or no candidate of this rank.
        Conflict: the search has no answer yet.
    """
    job = read_search(service, job_id, asker)
    if job.state is not JobState.DONE:
        raise Conflict(f"search job {job_id!r} is {job.state}; it has no answer")
    answer = AnswerView.model_validate(job.answer)
    candidate = _at(answer, rank)
    _, template = look_up_print(service.catalogue, candidate.fingers[0].print_id, asker)
    shelf, session = shelf_of(request)
    has_image = shelf.search(session, job_id) is not None or answer.kept_probe is not None
    return job, Compared(job_id, answer, candidate, template, has_image)


def _at(answer: AnswerView, rank: int) -> CandidateView:
    """The candidate of a rank.

    Raises:
        NotFound: there is none.
    """
    for candidate in answer.candidates:
        if candidate.rank == rank:
            return candidate
    raise NotFound(f"no candidate of rank {rank}")
