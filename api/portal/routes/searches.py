"""The form of a search, and the search that it begins."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from fastapi import Request, Response

from api.asking import with_reason
from api.portal.asking import PageAsker
from api.portal.forms import FormDep, PortalForm, portal_router
from api.portal.looking import look_at
from api.portal.pages import go, show
from api.portal.problem_words import words_of
from api.portal.search_form import (
    BAD_NUMBER,
    SearchFields,
    faults_of,
    read_fields,
    read_ppi,
)
from api.portal.shelf import RunningSearch, Shelf, ShelvedProbe
from api.portal.words import PURPOSES, REGIONS
from api.problems import kind_of
from api.searching import Search, search_and_keep
from api.service import Service, ServiceDep
from engine.asker import Asker
from engine.candidates import FingerProbe, SearchRequest
from engine.errors import BadImage, BadRequest
from engine.gallery.job_store import JobKind
from engine.policy import parse_purpose, require_case
from engine.probes import require_keeping
from engine.quota import Use
from engine.stopwatch import Stopwatch

router = portal_router("portal")


@router.get("/portal/searches/new")
def get_form(request: Request, service: ServiceDep) -> Response:
    """The empty form."""
    return _form(request, service, SearchFields(), {})


@router.post("/portal/searches")
def post_search(request: Request, form: FormDep, asker: PageAsker, service: ServiceDep) -> Response:
    """Look at images that were chosen, or begin the search."""
    shelf, session = shelf_of(request)
    fields = read_fields(form, partial(shelf.probe, session))
    fields, unusable = _look_at_all(request, form, fields, service)
    if form.one("act") != "search":
        return _form(request, service, fields, {**fields.errors, **unusable})
    errors = {**faults_of(fields), **unusable}
    if errors:
        return _form(request, service, fields, errors, 422)
    reasoned = with_reason(asker, parse_purpose(fields.purpose), fields.case_ref)
    service.limits.admit(Use.SEARCH, reasoned)
    return go(f"/portal/searches/{_begin(request, service, fields, reasoned)}")


def shelf_of(request: Request) -> tuple[Shelf, str]:
    """The shelf, and the session of a request."""
    return request.app.state.portal.shelf, request.state.session.sign_in_id


def _look_at_all(
    request: Request, form: PortalForm, fields: SearchFields, service: Service
) -> tuple[SearchFields, dict[str, str]]:
    """The fields with the images that were sent along, and why one of them cannot be used."""
    shelf, session = shelf_of(request)
    probes, unusable = list(fields.probes), {}
    try:
        ppi = read_ppi(fields.ppi)
    except BadRequest:
        return fields, {"ppi": BAD_NUMBER}
    for upload in form.files:
        try:
            probe = look_at(upload, ppi, service.extractor)
        except BadImage as error:
            unusable["image"] = words_of(kind_of(error).slug, 422)[0]
            continue
        shelf.put_probe(session, probe)
        probes.append(probe)
    return replace(fields, probes=tuple(probes)), unusable


def _begin(request: Request, service: Service, fields: SearchFields, asker: Asker) -> str:
    """Begin a search; the id of its job."""
    if service.settings.case_for_searches:
        require_case(asker)
    if fields.keep:
        require_keeping(service.settings.probe_days, asker)
    first, *others = (_sought(one, keep=fields.keep) for one in fields.probes)
    wanted = SearchRequest(
        probe=first.probe,
        finger=first.finger,
        regions=fields.regions,
        top=int(fields.top),
        others=tuple(others),
    )
    search = Search(wanted, asker, fields.keep, Stopwatch())
    return begin(request, service, search, fields.probes)


def begin(
    request: Request, service: Service, search: Search, probes: tuple[ShelvedProbe, ...]
) -> str:
    """Begin a search whose probes stay at hand for its pages; the id of its job."""
    job = service.jobs.submit(
        JobKind.SEARCH, search.asker, lambda: search_and_keep(service, search)
    )
    shelf, session = shelf_of(request)
    watch = search.watch or Stopwatch()
    shelf.put_search(session, job.id, RunningSearch(probes, watch))
    return job.id


def _sought(probe: ShelvedProbe, *, keep: bool) -> FingerProbe:
    """A probe as it is searched: what was found in it, or its file if that is to be kept."""
    return FingerProbe(probe.file if keep else probe.template, probe.finger)


def _form(
    request: Request,
    service: Service,
    fields: SearchFields,
    errors: dict[str, str],
    status: int = 200,
) -> Response:
    """The form as it was filled in."""
    return show(
        request,
        "searches/new.html",
        status,
        fields=fields,
        errors=errors,
        purposes=PURPOSES,
        regions=REGIONS,
        probe_days=service.settings.probe_days,
    )
