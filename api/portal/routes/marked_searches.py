"""A search again, by the minutiae that an examiner has marked in its probe."""

from __future__ import annotations

from typing import Annotated

from fastapi import Request, Response
from pydantic import Field, TypeAdapter, ValidationError

from api.asking import with_reason
from api.portal.asking import PageAsker
from api.portal.forms import FormDep, portal_router
from api.portal.pages import go
from api.portal.routes.candidates import read_search
from api.portal.routes.searches import begin, shelf_of
from api.portal.shelf import ShelvedProbe
from api.searching import Search
from api.service import ServiceDep
from engine.candidates import SearchRequest
from engine.errors import BadRequest, NotFound
from engine.images import read_image
from engine.latents.marking import Mark, template_of_marks
from engine.policy import parse_purpose
from engine.quota import Use
from engine.records import MAX_MINUTIAE, MinutiaType, Template
from engine.search_modes import SearchMode
from engine.stopwatch import Stopwatch

router = portal_router("portal")

_Finite = Annotated[float, Field(allow_inf_nan=False)]
_Row = tuple[_Finite, _Finite, _Finite, Annotated[int, Field(ge=0, le=2)], int]
_ROWS = TypeAdapter(Annotated[list[_Row], Field(max_length=MAX_MINUTIAE)])


@router.post("/portal/searches/{job_id}/marked")
def post_marked(
    job_id: str, request: Request, form: FormDep, asker: PageAsker, service: ServiceDep
) -> Response:
    """Search a probe of a search as a latent is searched: by the examiner's minutiae alone."""
    job = read_search(service, job_id, asker)
    shelf, session = shelf_of(request)
    search, place = shelf.search(session, job_id), form.one("probe")
    if search is None or not (place.isdecimal() and int(place) < len(search.probes)):
        raise NotFound("the image is not in memory any more: choose the file again")
    probe = search.probes[int(place)]
    template = _marked(probe, form.one("minutiae"))
    reasoned = with_reason(asker, parse_purpose(job.purpose or "identification"), job.case_ref)
    service.limits.admit(Use.SEARCH, reasoned)
    wanted = SearchRequest(template, probe.finger, mode=SearchMode.LATENT_TO_PRINTS)
    found = begin(request, service, Search(wanted, reasoned, watch=Stopwatch()), (probe,))
    return go(f"/portal/searches/{found}")


def _marked(probe: ShelvedProbe, text: str) -> Template:
    """The template of minutiae as the workbench sends them: x, y, direction, type, quality.

    Raises:
        BadRequest: they are none, or lie outside of the probe.
    """
    try:
        rows = _ROWS.validate_json(text)
    except ValidationError as error:
        raise BadRequest("minutiae: a JSON list of x, y, direction, type and quality") from error
    marks = [Mark(x, y, turn, MinutiaType(kind), value) for x, y, turn, kind, value in rows]
    file = probe.file
    return template_of_marks(marks, read_image(file.data, file.name, file.ppi))
