"""Regions and their bureaus: what a search may be narrowed to."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import Field

from api.schemas.base import Body
from api.service import ServiceDep
from engine.identity.bureaus import look_up_bureaus
from engine.identity.organisations import Organisation, OrganisationKind
from engine.members import regions

router = APIRouter(prefix="/v1/regions", tags=["regions"])


class BureauView(Body):
    """A National Central Bureau."""

    code: str = Field(examples=["FR"])
    name: str = Field(description="Of the country.", examples=["France"])


class RegionView(Body):
    """A region."""

    name: str = Field(examples=["Europe"])
    bureaus: list[BureauView]


class RegionList(Body):
    """All regions."""

    regions: list[RegionView]


@router.get("")
def get_regions(service: ServiceDep) -> RegionList:
    """The regions and the bureaus in each."""
    everyone = look_up_bureaus(service.catalogue)
    members = [one for one in everyone if one.kind is OrganisationKind.NCB]
    return RegionList(regions=[_region(name, members) for name in regions()])


def _region(name: str, members: list[Organisation]) -> RegionView:
    """A region with its bureaus."""
    inside = [one for one in members if one.region == name]
    shown = [BureauView(code=bureau.code, name=bureau.name) for bureau in inside]
    return RegionView(name=name, bureaus=shown)
