"""Probes that somebody looks at before and after their search."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Request, Response

from api.portal.asking import PageAsker
from api.portal.enhanced import enhance_png
from api.portal.forms import FormDep, portal_router
from api.portal.looking import look_at
from api.portal.pages import show
from api.portal.routes.searches import shelf_of
from api.portal.search_form import read_ppi
from api.routes.prints import View
from api.routes.probes import get_probe_image
from api.schemas.answers import AnswerView
from api.service import Service, ServiceDep
from api.stored_answers import seen_search
from engine.asker import Asker
from engine.errors import BadRequest, NotFound
from engine.gallery.job_store import JobKind, JobState

router = portal_router("portal")

Place = Annotated[int, Path(ge=0, le=9)]


@router.post("/portal/searches/probes")
def post_probe(request: Request, form: FormDep, service: ServiceDep) -> Response:
    """Look at one image, for the script of the form; what is answered goes into the page."""
    if len(form.files) != 1:
        raise BadRequest("send one image")
    probe = look_at(form.files[0], read_ppi(form.one("ppi")), service.extractor)
    shelf, session = shelf_of(request)
    shelf.put_probe(session, probe)
    return show(request, "searches/probe.html", probe=probe)


@router.get("/portal/probes/{probe_id}/image", response_class=Response)
def get_shelved_image(probe_id: str, request: Request) -> Response:
    """The image of a probe of this session, while it is in memory."""
    shelf, session = shelf_of(request)
    return Response(shelf.probe(session, probe_id).png, media_type="image/png")


@router.get("/portal/searches/{job_id}/probes/{place}/image", response_class=Response)
def get_searched_image(
    job_id: str,
    place: Place,
    request: Request,
    asker: PageAsker,
    service: ServiceDep,
    view: View = "plain",
) -> Response:
    """The image of a probe of a search: in memory for its session, else if it was kept."""
    shown = _searched_image(job_id, place, request, asker, service)
    png = enhance_png(bytes(shown.body)) if view == "enhanced" else bytes(shown.body)
    return Response(png, media_type="image/png")


def _searched_image(
    job_id: str, place: int, request: Request, asker: Asker, service: Service
) -> Response:
    """The image as it is.

    Raises:
        NotFound: it is neither in memory nor kept.
    """
    shelf, session = shelf_of(request)
    search = shelf.search(session, job_id)
    if search is not None and place < len(search.probes):
        return Response(search.probes[place].png, media_type="image/png")
    job = service.jobs.read(JobKind.SEARCH, job_id, asker, seen_search)
    answer = AnswerView.model_validate(job.answer) if job.state is JobState.DONE else None
    if answer is None or answer.kept_probe is None:
        raise NotFound("the image of the probe is not kept")
    return get_probe_image(answer.kept_probe, place, asker, service)
