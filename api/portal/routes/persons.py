"""Persons: opening one by id, the page of one with the tenprint card, and who has looked."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import quote

from fastapi import Query, Request, Response

from api.portal.asking import PageAsker
from api.portal.forms import FormDep, portal_router
from api.portal.handling_form import read_handling
from api.portal.marking import N_
from api.portal.pages import go, show
from api.portal.reading_persons import person_page
from api.portal.tenprint_card import quality_kind
from api.schemas.audit import RowPageQuery
from api.schemas.handling import revision_of
from api.service import Service, ServiceDep
from engine.asker import Asker
from engine.audit.reading import list_accesses
from engine.errors import BadRequest
from engine.handling import change_person_handling
from engine.lookup import look_up_person
from engine.seeing import today

router = portal_router("portal")

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")

NO_ID = N_("An id has 1 to 64 letters, digits and the signs . _ : -")

WRONG_HANDLING = N_(
    "Give known codes of bureaus, none for all; a level up to your own; and a last day of use "
    "within five years."
)


@router.get("/portal/persons")
def get_persons(request: Request, wanted: Annotated[str, Query(alias="id")] = "") -> Response:
    """Open a record by its id: records are not listed, they are found by prints and notices."""
    wanted = wanted.strip()
    if _ID.fullmatch(wanted):
        return go(f"/portal/persons/{quote(wanted)}")
    error = NO_ID if wanted else ""
    return show(
        request, "persons/open.html", 422 if error else 200, wanted=wanted[:64], error=error
    )


@router.get("/portal/persons/{person_id}")
def get_person(person_id: str, request: Request, asker: PageAsker, service: ServiceDep) -> Response:
    """A person with everything that the reader may see."""
    return _show(request, service, person_id, asker)


@router.post("/portal/persons/{person_id}/handling")
def post_person_handling(
    person_id: str, form: FormDep, request: Request, asker: PageAsker, service: ServiceDep
) -> Response:
    """Change who may see a person with all prints, and for how long."""
    try:
        change, revision = read_handling(form).to_change(), revision_of(form.one("revision"))
        change_person_handling(service.catalogue, person_id, change, revision, asker)
    except BadRequest:
        return _show(request, service, person_id, asker, wrong=WRONG_HANDLING)
    return go(f"/portal/persons/{person_id}", "handled")


@router.get("/portal/persons/{person_id}/accesses")
def get_person_accesses(
    person_id: str,
    request: Request,
    query: Annotated[RowPageQuery, Query()],
    asker: PageAsker,
    service: ServiceDep,
) -> Response:
    """Who dealt with a person's record, and why; for the people of its owner."""
    listing = list_accesses(service.catalogue, person_id, query.to_filter(), asker)
    person = look_up_person(service.catalogue, person_id, asker).person
    return show(request, "persons/accesses.html", person=person, listing=listing, query=query)


def _show(
    request: Request, service: Service, person_id: str, asker: Asker, wrong: str = ""
) -> Response:
    """The page of a person; `wrong` says what is the matter with the form of its handling."""
    page = person_page(service, person_id, asker)
    return show(
        request, "persons/one.html", 422 if wrong else 200,
        page=page, person=page.file.person, wrong=wrong, quality_kind=quality_kind, today=today(),
    )  # fmt: skip
