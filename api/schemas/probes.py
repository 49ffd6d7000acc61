"""Kept probes, as they are shown to the bureau that searched."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from pydantic import Field

from api.schemas.base import Body, Link, SelfLink, link
from api.schemas.minutiae import MinutiaView, show_minutiae
from api.schemas.paging import Asked, PageLinks, page_links
from engine.gallery.probe_store import KeptProbe, ProbePrint
from engine.search_modes import SearchMode

PATH = "/v1/probes"


class KeptProbeView(Body):
    """A probe that its search asked to be kept."""

    id: str = Field(examples=["0e3b6a34a8a84f8f9d2a3c1d5e6f7a8b"])
    actor: str = Field(description="Who searched.", examples=["martin@fr"])
    purpose: str = Field(examples=["investigation"])
    case_ref: str = Field(examples=["2026-CR-00123"])
    mode: SearchMode = Field(examples=["TP-TP"])
    at: datetime
    retention_until: date = Field(description="Last day on which it is kept.")
    links: SelfLink = Field(alias="_links")


class ProbePrintView(Body):
    """A print of a kept probe."""

    finger: str = Field(examples=["unknown"])
    width: int = Field(description="Pixels at 500 ppi.", examples=[388])
    height: int = Field(description="Pixels at 500 ppi.", examples=[374])
    extractor: str = Field(examples=["leader-2"])
    minutiae: list[MinutiaView]
    image: Link | None = Field(description="As PNG; null if minutiae came alone.")


class KeptProbeDetail(KeptProbeView):
    """A kept probe with its prints."""

    prints: list[ProbePrintView]


class ProbesEmbedded(Body):
    """The probes of a page."""

    probes: list[KeptProbeView]


class ProbePage(Body):
    """A page of your bureau's kept probes, the newest first."""

    total: int
    query: dict[str, str | int]
    embedded: ProbesEmbedded = Field(alias="_embedded")
    links: PageLinks = Field(alias="_links")


def show_probes(found: Sequence[KeptProbe], total: int, query: Asked) -> ProbePage:
    """A page of probes."""
    views = [KeptProbeView.model_validate(_facts(one)) for one in found]
    embedded = ProbesEmbedded(probes=views)
    links = page_links(PATH, query, total)
    return ProbePage(total=total, query=query, embedded=embedded, links=links)


def show_kept_probe(kept: KeptProbe, prints: Sequence[ProbePrint]) -> KeptProbeDetail:
    """A probe with its prints."""
    shown = [_print(kept.id, place, one) for place, one in enumerate(prints)]
    return KeptProbeDetail.model_validate({**_facts(kept), "prints": shown})


def _print(probe_id: str, place: int, one: ProbePrint) -> ProbePrintView:
    """A print."""
    return ProbePrintView(
        finger=one.finger.label,
        width=one.template.width,
        height=one.template.height,
        extractor=one.template.extractor,
        minutiae=show_minutiae(one.template.minutiae),
        image=None if one.image is None else link("probes", probe_id, "images", place),
    )


def _facts(kept: KeptProbe) -> dict[str, object]:
    """What is known of a probe, by the names of `KeptProbeView`."""
    return {
        "id": kept.id,
        "actor": kept.actor,
        "purpose": kept.purpose,
        "case_ref": kept.case_ref,
        "mode": kept.mode,
        "at": kept.at,
        "retention_until": kept.until,
        "_links": SelfLink(self_=link("probes", kept.id)),
    }
