"""Unsolved latents as candidates of a search."""

from __future__ import annotations

from pydantic import Field

from api.schemas.base import Body, Link, link
from api.schemas.minutiae import PairView, TransformView, show_pair, show_transform
from engine.candidates import LatentCandidate


class LatentCandidateLinks(Body):
    """Where to go from a latent that is a candidate."""

    self_: Link = Field(alias="self", description="The latent.")
    image: Link


class LatentCandidateView(Body):
    """An unsolved latent that is like the probe. No calibration says what its score is worth."""

    rank: int = Field(description="From 1.", examples=[1])
    score: float = Field(description="0 to 1.", examples=[0.4132])
    gap_to_next: float | None = Field(
        description="How far the score lies above the next latent's.", examples=[0.2011]
    )
    id: str = Field(examples=["FR-L-2026-17"])
    case_ref: str | None = Field(
        description="The owner's case; null for other bureaus.", examples=["2026-CR-00123"]
    )
    region: str = Field(examples=["Europe"])
    ncb: str = Field(description="Bureau that owns the latent.", examples=["FR"])
    finger: str = Field(examples=["unknown"])
    minutiae_count: int = Field(examples=[12])
    probe: int = Field(description="Number of the probe that it is most like.", examples=[0])
    pairs: list[PairView] = Field(description="Minutiae of probe and latent that coincide.")
    transform: TransformView | None = Field(description="From probe to latent.")
    links: LatentCandidateLinks = Field(alias="_links")


def show_latent_candidate(one: LatentCandidate) -> LatentCandidateView:
    """A latent that is a candidate."""
    latent, gap = one.latent, one.gap_to_next
    here, image = link("latents", latent.id), link("latents", latent.id, "image")
    return LatentCandidateView(
        rank=one.rank,
        score=round(one.score, 4),
        gap_to_next=None if gap is None else round(gap, 4),
        id=latent.id,
        case_ref=latent.case_ref or None,
        region=one.region,
        ncb=latent.ncb,
        finger=latent.finger.label,
        minutiae_count=latent.minutiae,
        probe=one.probe,
        pairs=[show_pair(pair) for pair in one.pairs],
        transform=show_transform(one.transform),
        links=LatentCandidateLinks(self_=here, image=image),
    )
