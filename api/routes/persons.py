"""Persons on record."""

from __future__ import annotations

from fastapi import APIRouter, Response, status

from api.asking import AskerDep
from api.descriptions import problems
from api.schemas.handling import (
    HandlingPatch,
    HandlingView,
    Match,
    answer_handling,
    revision_of,
)
from api.schemas.persons import (
    NewPersonView,
    PersonOrder,
    PersonView,
    show_new_person,
    show_person,
)
from api.service import ServiceDep
from engine.enrol import register_own_person
from engine.handling import change_person_handling, look_up_person_handling
from engine.identity.bureaus import look_up_bureau
from engine.lookup import look_up_person

router = APIRouter(prefix="/v1/persons", tags=["persons"])


@router.post("", status_code=status.HTTP_201_CREATED, responses=problems(400, 403, 409, 422, 503))
def post_person(
    order: PersonOrder, asker: AskerDep, service: ServiceDep, response: Response
) -> NewPersonView:
    """Record a new person of your own bureau; prints are sent to the person's encounters.

    Its id begins with your bureau's code and a dash or colon; without one the server gives one.
    """
    person = register_own_person(service.catalogue, order.to_person(), asker)
    bureau, _ = look_up_bureau(service.catalogue, person.ncb)
    shown = show_new_person(person, bureau.region or "")
    response.headers["Location"] = shown.links.self_.href
    return shown


@router.get("/{person_id}", responses=problems(404, 503))
def get_person(person_id: str, asker: AskerDep, service: ServiceDep) -> PersonView:
    """A person's facts, prints and published notices."""
    return show_person(look_up_person(service.catalogue, person_id, asker))


@router.get("/{person_id}/handling", responses=problems(403, 404, 503))
def get_handling(
    person_id: str, asker: AskerDep, service: ServiceDep, response: Response
) -> HandlingView:
    """Who may see a person with all prints; for the people of the owner."""
    handled = look_up_person_handling(service.catalogue, person_id, asker)
    return answer_handling(handled, response)


@router.patch("/{person_id}/handling", responses=problems(400, 403, 404, 412, 422, 503))
def patch_handling(
    person_id: str,
    patch: HandlingPatch,
    if_match: Match,
    asker: AskerDep,
    service: ServiceDep,
    response: Response,
) -> HandlingView:
    """Change who may see a person with all prints; it holds from the next answer on."""
    change, revision = patch.to_change(), revision_of(if_match)
    handled = change_person_handling(service.catalogue, person_id, change, revision, asker)
    return answer_handling(handled, response)
