"""Examiners' cases: the queue, the workbench with its verdict, and opening one."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request, Response

from api.asking import with_reason
from api.found_candidates import found_candidate
from api.portal.asking import PageAsker
from api.portal.desk import Desk, DeskDep
from api.portal.forms import FormDep, portal_router
from api.portal.pages import go, show
from api.portal.reading_cases import bench_of, bring_probe, case_page, probe_of_search
from api.portal.routes.searches import shelf_of
from api.portal.verdict_form import read_verdict
from api.portal.workbench import bench_data
from api.portal.workbench_words import WORDS
from api.routes.prints import View
from api.schemas.examinations import CaseBody, CaseQuery
from api.service import ServiceDep
from engine.errors import BadImage, BadRequest, NoFingerprint, NotFound
from engine.examination.case import CLOSED
from engine.examining.deciding import give_verdict
from engine.examining.opening import CaseOrder, open_case
from engine.examining.reading import ShownCase, list_files, open_file
from engine.extractor.classical.enhanced_view import enhance_view
from engine.images import encode_png
from engine.policy import parse_purpose

router = portal_router("portal")


@router.get("/portal/examinations")
def get_examinations(
    request: Request, query: Annotated[CaseQuery, Query()], asker: PageAsker, service: ServiceDep
) -> Response:
    """The cases of one's bureau, or those that wait for one, the oldest first."""
    found, total = list_files(service.catalogue, query.to_filter(), asker)
    cases = [one.file for one in found]
    return show(request, "examinations/list.html", cases=cases, total=total, query=query)


@router.post("/portal/examinations")
def post_examination(form: FormDep, desk: DeskDep) -> Response:
    """Put a candidate of a search before the examiners of one's bureau.

    The probe goes along if it is still in memory.
    """
    service, asker = desk.service, desk.asker
    job, print_id = form.one("job"), form.one("print_id")
    if not (print_id.isascii() and print_id.isdigit() and len(print_id) < 19):
        raise BadRequest("print_id: is no number of a print")
    body = CaseBody.model_validate(
        {
            "transaction_id": f"portal:{job}:{print_id}",
            "search": {"job": job},
            "person": form.one("person"),
            "print_id": int(print_id),
            "verify_all": form.one("verify_all") == "yes",
        }
    )
    purpose = form.one("purpose")
    stated = parse_purpose(purpose) if purpose else None
    reasoned = with_reason(asker, stated, form.one("case_ref"))
    about = found_candidate(body, service.jobs, reasoned)
    order = CaseOrder(body.transaction_id, about, body.verify_all)
    opened = open_case(service.catalogue, order, reasoned)
    shelf, session = shelf_of(desk.request)
    probe = probe_of_search(shelf.search(session, job), about)
    if probe is not None:
        desk.probes.put(opened.file.id, probe)
    return go(f"/portal/examinations/{opened.file.id}", "case-opened")


@router.get("/portal/examinations/{case_id}")
def get_examination(case_id: str, desk: DeskDep) -> Response:
    """A case; before its end one reads one's own verdict alone."""
    return _show(desk, open_file(desk.service.catalogue, case_id, desk.asker))


@router.post("/portal/examinations/{case_id}/probe")
def post_probe(case_id: str, form: FormDep, desk: DeskDep) -> Response:
    """Bring the probe of a case: it is held in memory while the case is worked on."""
    opened = open_file(desk.service.catalogue, case_id, desk.asker)
    try:
        probe = bring_probe(desk.service, opened.file, form.files)
    except (BadImage, NoFingerprint, BadRequest):
        return _show(desk, opened, wrong="probe")
    desk.probes.put(case_id, probe)
    return go(f"/portal/examinations/{case_id}")


@router.get("/portal/examinations/{case_id}/probe", response_class=Response)
def get_probe(case_id: str, desk: DeskDep, view: View = "plain") -> Response:
    """The picture of the probe that somebody of the bureau has brought."""
    open_file(desk.service.catalogue, case_id, desk.asker)
    probe = desk.probes.get(case_id)
    if probe is None:
        raise NotFound("the probe of this case is not at hand")
    pixels = enhance_view(probe.pixels) if view == "enhanced" else probe.pixels
    return Response(encode_png(pixels), media_type="image/png")


@router.post("/portal/examinations/{case_id}/verdicts")
def post_verdict(case_id: str, form: FormDep, desk: DeskDep) -> Response:
    """Give one's verdict, or correct it."""
    catalogue = desk.service.catalogue
    try:
        given = read_verdict(form)
        after = give_verdict(catalogue, given.order(case_id), desk.asker)
    except BadRequest:
        said = {"conclusion": form.one("conclusion"), "reason": form.one("reason")}
        return _show(desk, open_file(catalogue, case_id, desk.asker), "verdict", said)
    if after.file.case.status in CLOSED:
        desk.probes.forget(case_id)
    done = "verdict" if given.corrects is None else "correction"
    return go(f"/portal/examinations/{case_id}", done)


def _show(
    desk: Desk, opened: ShownCase, wrong: str = "", said: dict[str, str] | None = None
) -> Response:
    """The page of a case; `wrong` is the form that was refused, `said` what it held."""
    page = case_page(desk.service, desk.probes, opened, desk.asker)
    bench = bench_of(page, [desk.translate(WORDS["probe"]), opened.file.candidate.person_id])
    data = bench and bench_data(bench, desk.language)
    status = 422 if wrong else 200
    return show(
        desk.request, "examinations/one.html", status,
        page=page, bench=bench, data=data, wrong=wrong, said=said or {},
    )  # fmt: skip
