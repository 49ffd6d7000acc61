"""Regions and their bureaus: what a search may be narrowed to."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import Field

from api.schemas.base import Body
from engine.members import bureaus, regions

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
def get_regions() -> RegionList:
    """The regions and the bureaus in each."""
    return RegionList(regions=[_region(name) for name in regions()])


def _region(name: str) -> RegionView:
    """A region with its bureaus."""
    members = [bureau for bureau in bureaus().values() if bureau.region == name]
    shown = [BureauView(code=bureau.code, name=bureau.name) for bureau in members]
    return RegionView(name=name, bureaus=shown)
