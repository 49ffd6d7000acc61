"""Persons on record."""

from __future__ import annotations

from fastapi import APIRouter, Response, status

from api.asking import AskerDep
from api.descriptions import problems
from api.schemas.persons import (
    NewPersonView,
    PersonFacts,
    PersonView,
    show_new_person,
    show_person,
)
from api.service import ServiceDep
from engine.enrol import register_person
from engine.identity.bureaus import look_up_bureau
from engine.lookup import look_up_person

router = APIRouter(prefix="/v1/persons", tags=["persons"])


@router.post("", status_code=status.HTTP_201_CREATED, responses=problems(400, 409, 422, 503))
def post_person(
    facts: PersonFacts, asker: AskerDep, service: ServiceDep, response: Response
) -> NewPersonView:
    """Record a new person; prints are sent to the person's encounters."""
    person = facts.to_person()
    register_person(service.catalogue, person, asker)
    bureau, _ = look_up_bureau(service.catalogue, person.ncb)
    shown = show_new_person(person, bureau.region or "")
    response.headers["Location"] = shown.links.self_.href
    return shown


@router.get("/{person_id}", responses=problems(404, 503))
def get_person(person_id: str, asker: AskerDep, service: ServiceDep) -> PersonView:
    """A person's facts, prints and published notices."""
    return show_person(look_up_person(service.catalogue, person_id, asker))
