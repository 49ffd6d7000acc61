"""What all bodies have in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Body(BaseModel):
    """A request or an answer. Fields that are not declared are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Link(Body):
    """A HAL link. Addresses are paths of this server."""

    href: str = Field(examples=["/v1/persons/FX-0001"])


class SelfLink(Body):
    """The address of the thing itself."""

    self_: Link = Field(alias="self")


def link(*parts: object) -> Link:
    """A link to a path of this server, such as `link("persons", "FX-0001")`."""
    return Link(href="/v1/" + "/".join(str(part) for part in parts))
