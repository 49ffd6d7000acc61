"""What a list of notices is asked for, by the names of the public notices interface."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from api.schemas.base import Body
from api.schemas.paging import Asked
from engine.gallery.notice_query import NoticeFilter
from engine.members import find_bureau
from engine.notices import Kind, NoticeStatus, parse_colour

MAX_PAGE = 10_000
MAX_RESULTS = 160
"""A page of the public interface has at most as many."""

Words = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]{2,3}$")]
Age = Annotated[int, Field(ge=0, le=150)]


class PageQuery(Body):
    """Which page of a list."""

    page: int = Field(default=1, ge=1, le=MAX_PAGE)
    results: int = Field(default=20, ge=1, le=MAX_RESULTS, alias="resultPerPage")

    @property
    def offset(self) -> int:
        """Entries before the page."""
        return (self.page - 1) * self.results

    def asked(self) -> Asked:
        """What was asked, to be said again in links."""
        given = self.model_dump(mode="json", by_alias=True, exclude_none=True)
        return {name: value for name, value in given.items() if value != ""}


class NoticeQuery(PageQuery):
    """Which notices; what is left out is not asked. None of it is a pattern."""

    colour: Words | None = Field(default=None, examples=["red"])
    kind: Kind | None = Field(default=None, description="Notice or diffusion.")
    status: NoticeStatus | None = Field(
        default=None, description="Those in force, unless another is asked for."
    )
    name: Words | None = Field(
        default=None,
        description="Words of the family name or their beginnings, in Latin, Arabic, Cyrillic or "
        "Greek letters, whichever the notice has.",
    )
    forename: Words | None = Field(default=None, description="The same of the forename.")
    spelling: Literal["near", "exact"] | None = Field(
        default=None, description="Whether names may differ by slips of the pen, as they may."
    )
    nationality: Code | None = Field(default=None, examples=["MD"])
    age_min: Age | None = Field(default=None, alias="ageMin")
    age_max: Age | None = Field(default=None, alias="ageMax")
    sex: Literal["M", "F", "U", ""] | None = Field(default=None, alias="sexId")
    warrant: Code | None = Field(
        default=None, alias="arrestWarrantCountryId", description="Issued an arrest warrant."
    )
    words: Words | None = Field(
        default=None,
        alias="freeText",
        description="Words that all stand in the notice, in any of its languages.",
    )
    un_reference: Words | None = Field(default=None, alias="unReference")
    un_resolution: int | None = Field(default=None, alias="unResolution", ge=0, le=99_999)
    ncb: str | None = Field(
        default=None, max_length=16, examples=["FR"], description="Requesting bureau."
    )
    person: Annotated[str, StringConstraints(pattern=r"^[\w.:-]{0,64}$")] | None = Field(
        default=None, examples=["FX-0001"]
    )

    def to_filter(self) -> NoticeFilter:
        """The engine's filter.

        Raises:
            BadRequest: unknown colour or bureau.
        """
        return NoticeFilter(
            colour=parse_colour(self.colour) if self.colour else None,
            kind=self.kind,
            ncb=find_bureau(self.ncb).code if self.ncb else None,
            person_id=self.person or None,
            status=self.status,
            name=self.name or None,
            forename=self.forename or None,
            nationality=self.nationality and self.nationality.upper(),
            sex=self.sex or None,
            age_min=self.age_min,
            age_max=self.age_max,
            warrant=self.warrant and self.warrant.upper(),
            words=self.words or None,
            un_reference=self.un_reference or None,
            un_resolution=self.un_resolution,
            exact=self.spelling == "exact",
        )
