"""Bureaus, sub-bureaus and the other organisations."""

from __future__ import annotations

from fastapi import APIRouter, Response, status

from api.asking import AskerDep
from api.descriptions import problems
from api.schemas.base import link
from api.schemas.bureaus import (
    OrganisationDetail,
    OrganisationList,
    OrganisationView,
    SubBureauOrder,
    organisation_facts,
    show_organisation,
)
from api.service import ServiceDep
from engine.identity.bureaus import create_sub_bureau, look_up_bureau, look_up_bureaus

router = APIRouter(prefix="/v1/bureaus", tags=["users"])


@router.get("", responses=problems(503))
def get_bureaus(service: ServiceDep) -> OrganisationList:
    """All organisations that have people."""
    bureaus = look_up_bureaus(service.catalogue)
    return OrganisationList(bureaus=[show_organisation(one) for one in bureaus])


@router.get("/{code}", responses=problems(404, 503))
def get_bureau(code: str, service: ServiceDep) -> OrganisationDetail:
    """An organisation with its sub-bureaus."""
    found, below = look_up_bureau(service.catalogue, code)
    sub_bureaus = [show_organisation(one) for one in below]
    return OrganisationDetail.model_validate(
        {**organisation_facts(found), "sub_bureaus": sub_bureaus}
    )


@router.post(
    "/{code}/sub-bureaus",
    status_code=status.HTTP_201_CREATED,
    responses=problems(400, 409, 422, 503),
)
def post_sub_bureau(
    code: str, order: SubBureauOrder, asker: AskerDep, service: ServiceDep, response: Response
) -> OrganisationView:
    """Add a sub-bureau to your NCB; its people act for the NCB."""
    made = create_sub_bureau(service.catalogue, order.to_sub_bureau(code), asker)
    response.headers["Location"] = link("bureaus", made.code).href
    return show_organisation(made)
