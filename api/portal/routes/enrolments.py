"""New records of one's own bureau: a person, and prints of a person."""

from __future__ import annotations

import uuid

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from api.limiting import ENROLMENTS
from api.portal.asking import PageAsker
from api.portal.enrol_form import encounter_form
from api.portal.forms import FormDep, PortalForm, portal_router
from api.portal.handling_form import read_codes
from api.portal.marking import N_
from api.portal.pages import go, show
from api.routes.encounters import post_encounter
from api.schemas.persons import PersonOrder
from api.service import Service, ServiceDep
from engine.asker import Asker
from engine.enrol import register_own_person
from engine.errors import BadImage, BadRequest, Conflict
from engine.fingers import Finger
from engine.persons import Person
from engine.seeing import see_own_person

router = portal_router("portal")

WRONG_PERSON = N_(
    "Check the fields: the id begins with the code of your bureau and a dash, a date has the form "
    "YYYY/MM/DD, YYYY/MM or YYYY, and nationalities are codes with commas between them."
)
TAKEN = N_("This id was given before. Choose another one, or leave it empty.")
NO_PRINTS = N_("Choose at least one image of a print.")
WRONG_PRINTS = N_("Nothing was stored. An image cannot be used:")
KNOWN_PRINT = N_("Nothing was stored. An image is on record for this person, or came twice:")

FACTS = ("id", "status", "family_name", "forename", "sex", "date_of_birth")


@router.get("/portal/persons/new")
def get_new_person(request: Request) -> Response:
    """The form of a new person."""
    return show(request, "persons/new.html", said={}, error="")


@router.post("/portal/persons")
def post_person(form: FormDep, request: Request, asker: PageAsker, service: ServiceDep) -> Response:
    """Record a new person of one's own bureau; prints come next."""
    try:
        person = register_own_person(service.catalogue, _person(form, asker), asker)
    except (BadRequest, ValidationError):
        return _new(request, form, WRONG_PERSON, 422)
    except Conflict:
        return _new(request, form, TAKEN, 409)
    return go(f"/portal/persons/{person.id}/encounters/new", "person-recorded")


@router.get("/portal/persons/{person_id}/encounters/new")
def get_new_encounter(
    person_id: str, request: Request, asker: PageAsker, service: ServiceDep
) -> Response:
    """The form of new prints: a card with a place for each finger."""
    return _prints(request, _own(service, person_id, asker))


@router.post("/portal/persons/{person_id}/encounters", dependencies=ENROLMENTS)
def post_person_encounter(
    person_id: str, form: FormDep, request: Request, asker: PageAsker, service: ServiceDep
) -> Response:
    """Enrol prints, as programs do: all are stored or none."""
    received = encounter_form(form)
    if not received.files:
        return _prints(request, _own(service, person_id, asker), NO_PRINTS, status=422)
    try:
        post_encounter(person_id, received, False, asker, service, Response())
    except Conflict as error:
        return _prints(request, _own(service, person_id, asker), KNOWN_PRINT, str(error), 409)
    except (BadImage, BadRequest, RequestValidationError) as error:
        return _prints(request, _own(service, person_id, asker), WRONG_PRINTS, _said(error), 422)
    return go(f"/portal/persons/{person_id}", "enrolled")


def _person(form: PortalForm, asker: Asker) -> Person:
    """The person of a form.

    Raises:
        ValidationError, BadRequest: a field is malformed.
    """
    facts = {name: form.one(name) for name in FACTS if form.one(name)}
    nationalities = read_codes(form.one("nationalities"))
    order = PersonOrder.model_validate({**facts, "ncb": asker.ncb, "nationalities": nationalities})
    return order.to_person()


def _own(service: Service, person_id: str, asker: Asker) -> Person:
    """A person of the asker's own bureau.

    Raises:
        NotFound, Forbidden: there is none, or it is another bureau's.
    """
    with service.catalogue.reading() as connection:
        return see_own_person(connection, person_id, asker)


def _new(request: Request, form: PortalForm, error: str, status: int) -> Response:
    """The form of a person with what was said."""
    said = {name: form.one(name)[:200] for name in (*FACTS, "nationalities")}
    return show(request, "persons/new.html", status, said=said, error=error)


def _prints(
    request: Request, person: Person, error: str = "", detail: str = "", status: int = 200
) -> Response:
    """The form of new prints; files cannot be given back to a browser."""
    hands = [[one.label for one in Finger if first <= one < first + 5] for first in (1, 6)]
    return show(
        request, "persons/enrol.html", status,
        person=person, hands=hands, error=error, detail=detail, transaction_id=uuid.uuid4().hex,
    )  # fmt: skip


def _said(error: Exception) -> str:
    """What a refusal says of the images."""
    return "" if isinstance(error, RequestValidationError) else str(error)
