"""Prints on record."""

from __future__ import annotations

from pydantic import Field

from api.schemas.base import Body, Link, link
from api.schemas.minutiae import MinutiaView, show_minutiae
from engine.gallery.print_store import PrintRecord
from engine.records import Template


class PrintLinks(Body):
    """Where to go from a print."""

    self_: Link = Field(alias="self")
    image: Link = Field(description="The image as PNG at 500 ppi.")
    person: Link


class PrintView(Body):
    """What is known of a print."""

    id: int = Field(examples=[17])
    finger: str = Field(examples=["right_index"])
    impression_type: str = Field(examples=["live_plain"])
    encounter: str = Field(
        description="Prints with the same value were taken on one occasion.",
        examples=["5b0fd28b8a2a4c2f9a4e4e4a8a8b4a11"],
    )
    minutiae_count: int = Field(examples=[46])
    quality: int = Field(description="0 (worst) to 100.", examples=[71])
    quality_measure: str = Field(description="What measured the quality.", examples=["NFIQ2"])
    extractor: str = Field(description="What found the minutiae.", examples=["leader-2"])
    links: PrintLinks = Field(alias="_links")


class PrintDetail(PrintView):
    """A print with its minutiae."""

    width: int = Field(description="Pixels at 500 ppi.", examples=[388])
    height: int = Field(description="Pixels at 500 ppi.", examples=[374])
    minutiae: list[MinutiaView]


def show_print(record: PrintRecord) -> PrintView:
    """A print."""
    return PrintView.model_validate(_facts(record))


def show_print_detail(record: PrintRecord, template: Template) -> PrintDetail:
    """A print with its minutiae."""
    detail = {
        "width": template.width,
        "height": template.height,
        "minutiae": show_minutiae(template.minutiae),
    }
    return PrintDetail.model_validate({**_facts(record), **detail})


def _facts(record: PrintRecord) -> dict[str, object]:
    """What is known of a print, by the names of `PrintView`."""
    links = PrintLinks(
        self_=link("prints", record.id),
        image=link("prints", record.id, "image"),
        person=link("persons", record.person_id),
    )
    return {
        "id": record.id,
        "finger": record.finger.label,
        "impression_type": record.impression.label,
        "encounter": record.encounter_id,
        "minutiae_count": record.minutiae,
        "quality": record.quality,
        "quality_measure": record.quality_measure,
        "extractor": record.extractor,
        "_links": links,
    }
