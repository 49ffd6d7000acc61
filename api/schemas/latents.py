"""Latents and alerts about them, as they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pydantic import Field

from api.schemas.answers import AnswerView
from api.schemas.base import Body, Link, link
from api.schemas.minutiae import MinutiaView, show_minutiae
from api.schemas.paging import Asked, PageLinks, page_links
from engine.gallery.latent_alert_store import Alert
from engine.latents.latent import Latent, LatentStatus
from engine.records import Template

PATH = "/v1/latents"
ALERTS_PATH = "/v1/latents/alerts"


class LatentLinks(Body):
    """Where to go from a latent."""

    self_: Link = Field(alias="self")
    image: Link = Field(description="As PNG at 500 ppi; not there if minutiae came alone.")


class LatentView(Body):
    """What is known of a latent."""

    id: str = Field(examples=["FR-L-2026-17"])
    ncb: str = Field(description="Bureau that owns it.", examples=["FR"])
    status: LatentStatus = Field(examples=["unsolved"])
    case_ref: str | None = Field(
        description="The owner's case; null for other bureaus.", examples=["2026-CR-00123"]
    )
    note: str | None = Field(description="Of crime and scene; null for other bureaus.")
    reason: str | None = Field(description="Why it ended; null for other bureaus, and before.")
    finger: str = Field(examples=["unknown"])
    impression_type: str = Field(examples=["latent_impression"])
    minutiae_count: int = Field(examples=[12])
    quality: int = Field(description="0 (worst, or not reported) to 100.", examples=[48])
    quality_measure: str = Field(examples=["ridge-1"])
    extractor: str = Field(
        description="What found the minutiae; `examiner-1` is a person.", examples=["examiner-1"]
    )
    recorded_at: datetime
    closed_at: datetime | None
    links: LatentLinks = Field(alias="_links")


class LatentDetail(LatentView):
    """A latent with its minutiae."""

    width: int = Field(description="Pixels at 500 ppi.", examples=[212])
    height: int = Field(description="Pixels at 500 ppi.", examples=[190])
    minutiae: list[MinutiaView]


class NewLatentView(LatentView):
    """A latent that was just recorded, with what it was found to be like, if that was asked for."""

    prints: AnswerView | None = Field(description="Of its search against prints of persons.")
    latents: AnswerView | None = Field(description="Of its search against other latents.")


class LatentsEmbedded(Body):
    """The latents of a page."""

    latents: list[LatentView]


class LatentPage(Body):
    """A page of latents, the newest first."""

    total: int
    query: dict[str, str | int]
    embedded: LatentsEmbedded = Field(alias="_embedded")
    links: PageLinks = Field(alias="_links")


class AlertLinks(Body):
    """Where to go from an alert."""

    latent: Link
    print: Link
    person: Link
    read: Link = Field(description="POST here when it is read.")


class AlertView(Body):
    """A print that came in and is like a latent of your bureau. It is a lead, no identification."""

    id: int = Field(examples=[3])
    latent: str = Field(examples=["FR-L-2026-17"])
    print_id: int = Field(examples=[17])
    person: str = Field(examples=["FX-0001"])
    ncb: str = Field(description="Bureau that owns the print.", examples=["MD"])
    finger: str = Field(examples=["right_index"])
    score: float = Field(description="0 to 1.", examples=[0.4132])
    at: datetime
    read_at: datetime | None
    read_by: str | None
    links: AlertLinks = Field(alias="_links")


class AlertsEmbedded(Body):
    """The alerts of a page."""

    alerts: list[AlertView]


class AlertPage(Body):
    """A page of your bureau's alerts, the newest first."""

    total: int
    query: dict[str, str | int]
    embedded: AlertsEmbedded = Field(alias="_embedded")
    links: PageLinks = Field(alias="_links")


def show_latent(latent: Latent) -> LatentView:
    """A latent."""
    return LatentView.model_validate(_facts(latent))


def show_latent_detail(latent: Latent, template: Template) -> LatentDetail:
    """A latent with its minutiae."""
    detail = {
        "width": template.width,
        "height": template.height,
        "minutiae": show_minutiae(template.minutiae),
    }
    return LatentDetail.model_validate({**_facts(latent), **detail})


def show_new_latent(
    latent: Latent, prints: AnswerView | None, latents: AnswerView | None
) -> NewLatentView:
    """A latent that was just recorded."""
    found = {"prints": prints, "latents": latents}
    return NewLatentView.model_validate({**_facts(latent), **found})


def show_latents(found: Sequence[Latent], total: int, query: Asked) -> LatentPage:
    """A page of latents."""
    return LatentPage(
        total=total,
        query=query,
        embedded=LatentsEmbedded(latents=[show_latent(one) for one in found]),
        links=page_links(PATH, query, total),
    )


def show_alerts(found: Sequence[Alert], total: int, query: Asked) -> AlertPage:
    """A page of alerts."""
    return AlertPage(
        total=total,
        query=query,
        embedded=AlertsEmbedded(alerts=[show_alert(one) for one in found]),
        links=page_links(ALERTS_PATH, query, total),
    )


def show_alert(alert: Alert) -> AlertView:
    """An alert."""
    return AlertView(
        id=alert.id,
        latent=alert.latent_id,
        print_id=alert.print_id,
        person=alert.person_id,
        ncb=alert.owner,
        finger=alert.finger.label,
        score=round(alert.score, 4),
        at=alert.at,
        read_at=alert.read_at,
        read_by=alert.read_by,
        links=AlertLinks(
            latent=link("latents", alert.latent_id),
            print=link("prints", alert.print_id),
            person=link("persons", alert.person_id),
            read=Link(href=f"{ALERTS_PATH}/{alert.id}/read"),
        ),
    )


def _facts(latent: Latent) -> dict[str, object]:
    """What is known of a latent, by the names of `LatentView`."""
    links = LatentLinks(self_=link("latents", latent.id), image=link("latents", latent.id, "image"))
    return {
        "id": latent.id,
        "ncb": latent.ncb,
        "status": latent.status,
        "case_ref": latent.case_ref or None,
        "note": latent.note or None,
        "reason": latent.reason or None,
        "finger": latent.finger.label,
        "impression_type": latent.impression.label,
        "minutiae_count": latent.minutiae,
        "quality": latent.quality,
        "quality_measure": latent.quality_measure,
        "extractor": latent.extractor,
        "recorded_at": latent.recorded_at,
        "closed_at": latent.closed_at,
        "_links": links,
    }
