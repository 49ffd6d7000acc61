"""Persons on record."""

from __future__ import annotations

from pydantic import Field

from api.schemas.base import Body, Link, SelfLink, link
from api.schemas.notices import NoticeLink, show_notice_link
from api.schemas.prints import PrintView, show_print
from engine.lookup import PersonFile
from engine.members import find_bureau
from engine.persons import Person, PersonStatus


class PersonFacts(Body):
    """What is on record about a person."""

    id: str = Field(
        description="Unique; 1 to 64 letters, digits and `. _ : -`.", examples=["FX-0001"]
    )
    ncb: str = Field(description="Bureau that owns the record.", examples=["MD"])
    status: PersonStatus = Field(default=PersonStatus.OTHER, examples=["convicted"])
    family_name: str = Field(default="", max_length=200, examples=["Testova"])
    forename: str = Field(default="", max_length=200, examples=["Nemesta"])
    sex: str = Field(default="U", description="M, F or U (unknown).", examples=["F"])
    date_of_birth: str = Field(
        default="", description="`YYYY/MM/DD`, `YYYY/MM` or `YYYY`.", examples=["1980/01/25"]
    )
    nationalities: tuple[str, ...] = Field(
        default=(), max_length=20, description="Country codes.", examples=[["MD"]]
    )

    def to_person(self) -> Person:
        """The engine's record of these facts, with the bureau's code as the member list has it.

        Raises:
            BadRequest: the bureau is unknown.
        """
        facts = self.model_dump()
        facts["ncb"] = find_bureau(self.ncb).code
        return Person(**facts)


class PersonOrder(PersonFacts):
    """A person to be recorded."""

    id: str = Field(
        default="",
        max_length=64,
        description="Begins with the bureau's code and a dash or colon; drawn if left out.",
        examples=["MD-0001"],
    )


class PersonSummary(PersonFacts):
    """A person with the region of the bureau."""

    region: str = Field(examples=["Europe"])


class NewPersonView(PersonSummary):
    """A person that was just recorded."""

    links: SelfLink = Field(alias="_links")


class PersonLinks(Body):
    """Where to go from a person."""

    self_: Link = Field(alias="self")
    encounters: Link = Field(description="Where further prints are sent.")
    notices: list[NoticeLink]


class PersonView(PersonSummary):
    """A person's file."""

    prints: list[PrintView]
    links: PersonLinks = Field(alias="_links")


def summary_of(person: Person, region: str) -> dict[str, object]:
    """The facts of a person and the bureau's region, by the names of `PersonSummary`."""
    return {
        "id": person.id,
        "ncb": person.ncb,
        "status": person.status,
        "family_name": person.family_name,
        "forename": person.forename,
        "sex": person.sex,
        "date_of_birth": person.date_of_birth,
        "nationalities": person.nationalities,
        "region": region,
    }


def show_person(file: PersonFile) -> PersonView:
    """A person's file."""
    here = link("persons", file.person.id)
    links = PersonLinks(
        self_=here,
        encounters=link("persons", file.person.id, "encounters"),
        notices=[show_notice_link(notice) for notice in file.notices],
    )
    prints = [show_print(record) for record in file.prints]
    summary = summary_of(file.person, file.region)
    return PersonView.model_validate({**summary, "prints": prints, "_links": links})


def show_new_person(person: Person, region: str) -> NewPersonView:
    """A person that was just recorded."""
    links = SelfLink(self_=link("persons", person.id))
    return NewPersonView.model_validate({**summary_of(person, region), "_links": links})
