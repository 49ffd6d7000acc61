"""What an enrolment answers."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from api.schemas.base import Body, Link, link
from engine.enrol import Enrolled
from engine.gallery.print_store import NewPrint, PrintRecord


class NewPrintLinks(Body):
    """Where to go from a new print."""

    self_: Link = Field(alias="self")
    image: Link


class NewPrintView(Body):
    """A print that was just stored."""

    id: int = Field(examples=[17])
    finger: str = Field(examples=["right_index"])
    impression_type: str = Field(examples=["live_plain"])
    minutiae_count: int = Field(examples=[46])
    quality: int = Field(description="0 (worst) to 100.", examples=[71])
    quality_measure: str = Field(examples=["NFIQ2"])
    links: NewPrintLinks = Field(alias="_links")


class EncounterLinks(Body):
    """Where to go from an encounter."""

    person: Link


class EncounterView(Body):
    """Prints that are stored and found by every search that starts now."""

    id: str = Field(examples=["5b0fd28b8a2a4c2f9a4e4e4a8a8b4a11"])
    prints: list[NewPrintView]
    links: EncounterLinks = Field(alias="_links")


def show_encounter(done: Enrolled, prints: Sequence[NewPrint]) -> EncounterView:
    """What an enrolment made; `prints` are those that were given, in the same order."""
    shown = [_print(number, one) for number, one in zip(done.prints, prints, strict=True)]
    links = EncounterLinks(person=link("persons", done.person_id))
    return EncounterView(id=done.encounter_id, prints=shown, links=links)


def show_stored_encounter(done: Enrolled, prints: Sequence[PrintRecord]) -> EncounterView:
    """The same of prints that were stored before, as they are on record."""
    shown = [
        NewPrintView(
            id=one.id,
            finger=one.finger.label,
            impression_type=one.impression.label,
            minutiae_count=one.minutiae,
            quality=one.quality,
            quality_measure=one.quality_measure,
            links=NewPrintLinks(
                self_=link("prints", one.id), image=link("prints", one.id, "image")
            ),
        )
        for one in prints
    ]
    links = EncounterLinks(person=link("persons", done.person_id))
    return EncounterView(id=done.encounter_id, prints=shown, links=links)


def _print(number: int, new: NewPrint) -> NewPrintView:
    """A print that was just stored."""
    here, image = link("prints", number), link("prints", number, "image")
    return NewPrintView(
        id=number,
        finger=new.finger.label,
        impression_type=new.impression.label,
        minutiae_count=len(new.template.minutiae),
        quality=new.template.quality,
        quality_measure=new.template.quality_measure,
        links=NewPrintLinks(self_=here, image=image),
    )
