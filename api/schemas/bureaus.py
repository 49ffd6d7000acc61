"""Bureaus and the other organisations that people belong to."""

from __future__ import annotations

from pydantic import Field

from api.schemas.base import Body
from engine.identity.bureaus import NewSubBureau
from engine.identity.organisations import Organisation


class OrganisationView(Body):
    """A bureau, a sub-bureau, the General Secretariat or the CCC."""

    code: str = Field(examples=["CN-HK"])
    name: str = Field(examples=["Hong Kong"])
    kind: str = Field(description="ncb, sub_bureau, general_secretariat or ccc.", examples=["ncb"])
    parent: str | None = Field(description="NCB of a sub-bureau.", examples=["CN"])
    region: str | None = Field(description="None for the whole network.", examples=["Europe"])
    city: str = Field(examples=["Hong Kong"])
    languages: list[str] = Field(description="Official ones that it works in.")


class OrganisationList(Body):
    """Organisations, by code."""

    bureaus: list[OrganisationView]


class OrganisationDetail(OrganisationView):
    """An organisation with its sub-bureaus."""

    sub_bureaus: list[OrganisationView]


class SubBureauOrder(Body):
    """A sub-bureau to be."""

    suffix: str = Field(max_length=16, description="Follows the NCB's code.", examples=["HK"])
    name: str = Field(max_length=200, examples=["Hong Kong"])
    city: str = Field(default="", max_length=200, examples=["Hong Kong"])

    def to_sub_bureau(self, parent: str) -> NewSubBureau:
        """The engine's form."""
        return NewSubBureau(parent, self.suffix, self.name, self.city)


def organisation_facts(one: Organisation) -> dict[str, object]:
    """An organisation by the names of `OrganisationView`."""
    return {
        "code": one.code,
        "name": one.name,
        "kind": one.kind.value,
        "parent": one.parent,
        "region": one.region,
        "city": one.city,
        "languages": list(one.languages),
    }


def show_organisation(one: Organisation) -> OrganisationView:
    """An organisation."""
    return OrganisationView.model_validate(organisation_facts(one))
