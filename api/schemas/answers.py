"""The answer of a search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from pydantic import Field

from api.schemas.base import Body, Link, link
from api.schemas.latent_candidates import LatentCandidateView, show_latent_candidate
from api.schemas.minutiae import (
    MinutiaView,
    PairView,
    TransformView,
    show_minutiae,
    show_pair,
    show_transform,
)
from api.schemas.notices import NoticeLink, show_notice_link
from api.schemas.persons import PersonSummary, summary_of
from engine.calibration import Calibrated
from engine.candidates import Candidate, FingerScore, SearchAnswer
from engine.lights_out import Decided, Outcome
from engine.records import Template
from engine.search_modes import SearchMode

NOTE = "A candidate is a lead, not an identification: an examiner must compare the prints."


class FingerLinks(Body):
    """Where to go from a compared print."""

    self_: Link = Field(alias="self")
    image: Link


class CalibratedView(Body):
    """What a score is worth, by comparisons that were measured."""

    fmr_decibels: float = Field(
        description="-10 log10 of the false match rate at this score: 40 is one chance match in "
        "10,000 comparisons with single prints of other fingers.",
        examples=[52.6],
    )
    log10_lr: float = Field(
        description="log10 of how many times likelier this score is for one finger than for two.",
        examples=[3.2],
    )
    extrapolated: bool = Field(
        description="The rate follows a fitted tail, beyond what was measured.", examples=[True]
    )


class FingerView(Body):
    """One of a candidate's prints and how like the probe it is."""

    print_id: int = Field(examples=[17])
    finger: str = Field(examples=["right_index"])
    score: float = Field(description="0 to 1.", examples=[0.6132])
    calibrated: CalibratedView | None = Field(
        description="Null if no calibration holds for the two prints."
    )
    quality: int = Field(description="0 (worst) to 100.", examples=[71])
    probe: int = Field(description="Number of the probe it was compared with.", examples=[0])
    links: FingerLinks = Field(alias="_links")


class CandidateLinks(Body):
    """Where to go from a candidate."""

    self_: Link = Field(alias="self", description="The person.")
    notices: list[NoticeLink]


class CandidateView(Body):
    """A person whose print is like the probe."""

    rank: int = Field(description="From 1.", examples=[1])
    score: float = Field(description="Of the best print, 0 to 1.", examples=[0.6132])
    calibrated: CalibratedView | None = Field(
        description="What the score is worth; null if no calibration holds for the two prints."
    )
    gap_to_next: float | None = Field(
        description="How far the score, or the evidence of several fingers, lies above the next "
        "person's.",
        examples=[0.5411],
    )
    evidence: float | None = Field(
        description="Of several fingers together: log10 of how many times likelier their scores "
        "are for one person than for two.",
        examples=[None],
    )
    person: PersonSummary
    region: str = Field(examples=["Europe"])
    ncb: str = Field(description="Bureau that owns the record.", examples=["MD"])
    fingers: list[FingerView] = Field(description="The compared prints, best first.")
    pairs: list[PairView] = Field(description="Minutiae of probe and best print that coincide.")
    transform: TransformView | None = Field(description="From probe to best print.")
    links: CandidateLinks = Field(alias="_links")


class ProbeView(Body):
    """What was seen in the probe. It is not kept unless that is asked for."""

    width: int = Field(description="Pixels at 500 ppi.", examples=[388])
    height: int = Field(description="Pixels at 500 ppi.", examples=[374])
    quality: int = Field(description="0 (worst) to 100.", examples=[64])
    quality_measure: str = Field(examples=["NFIQ2"])
    extractor: str = Field(examples=["leader-2"])
    minutiae: list[MinutiaView]


class ShardFailure(Body):
    """A part of the gallery that could not be searched: the answer lacks its prints."""

    shard: str = Field(examples=["europe-tp"])
    reason: str = Field(examples=["europe-tp-4-1f.h5: is missing"])


class DecidedView(Body):
    """What a rule says of a search without people. It is no identification."""

    outcome: Outcome = Field(examples=["undecided"])
    reason: str = Field(examples=["the score is doubtful"])
    rule: str = Field(description="In words, with its numbers.")
    fmr: float = Field(description="As it was asked for.", examples=[1e-6])
    hit_score: float | None = Field(
        description="From which on a score is a hit; null without a calibration.", examples=[0.262]
    )
    doubt_score: float | None = Field(
        description="From which on a score is a doubt.", examples=[0.196]
    )


class AnswerView(Body):
    """The ranked answer of a search."""

    mode: SearchMode = Field(default=SearchMode.PRINTS, examples=["TP-TP"])
    candidates: list[CandidateView] = Field(
        description="Persons by falling score; empty in the modes that search latents."
    )
    latents: list[LatentCandidateView] = Field(
        default=[],
        description="Unsolved latents by falling score, in the modes that search latents.",
        examples=[[]],
    )
    decision: DecidedView | None = Field(
        default=None, description="What the rule says, if `lights_out` was asked for."
    )
    kept_probe: str | None = Field(
        default=None, description="Id of the probe, if it was kept.", examples=[None]
    )
    probe: ProbeView
    others: list[ProbeView] = Field(description="Probes of further fingers.", examples=[[]])
    searched: int = Field(description="Prints in scope.", examples=[192])
    compared: int = Field(description="Prints compared exactly.", examples=[192])
    shards_searched: list[str] = Field(examples=[["africa-tp", "europe-tp"]])
    shards_failed: list[ShardFailure]
    times: dict[str, float] = Field(
        description="Milliseconds of each stage, in order.",
        examples=[{"read": 3.1, "extract": 212.4, "shortlist": 2.2, "compare": 9.0}],
    )
    note: str = Field(default=NOTE, examples=[NOTE])


def show_answer(
    answer: SearchAnswer, failed: Sequence[ShardFailure], kept_probe: str | None = None
) -> AnswerView:
    """The answer of a search, with the failed shards as they may be shown."""
    return AnswerView(
        mode=answer.mode,
        latents=[show_latent_candidate(one) for one in answer.latents],
        decision=_decided(answer.decided),
        kept_probe=kept_probe,
        candidates=[_candidate(candidate) for candidate in answer.candidates],
        probe=show_probe(answer.probe),
        others=[show_probe(one) for one in answer.others],
        searched=answer.searched,
        compared=answer.compared,
        shards_searched=list(answer.shards_searched),
        shards_failed=list(failed),
        times={stage: round(time, 2) for stage, time in answer.times.items()},
    )


def _decided(one: Decided | None) -> DecidedView | None:
    """What the rule says."""
    return None if one is None else DecidedView.model_validate(asdict(one))


def _candidate(candidate: Candidate) -> CandidateView:
    """A candidate."""
    gap = candidate.gap_to_next
    notices = [show_notice_link(notice) for notice in candidate.notices]
    return CandidateView(
        rank=candidate.rank,
        score=round(candidate.score, 4),
        calibrated=_calibrated(candidate.calibrated),
        gap_to_next=None if gap is None else round(gap, 4),
        evidence=None if candidate.evidence is None else round(candidate.evidence, 3),
        person=PersonSummary.model_validate(summary_of(candidate.person, candidate.region)),
        region=candidate.region,
        ncb=candidate.person.ncb,
        fingers=[_finger(one) for one in candidate.fingers],
        pairs=[show_pair(pair) for pair in candidate.pairs],
        transform=show_transform(candidate.transform),
        links=CandidateLinks(self_=link("persons", candidate.person.id), notices=notices),
    )


def _finger(one: FingerScore) -> FingerView:
    """A compared print."""
    here, image = link("prints", one.print_id), link("prints", one.print_id, "image")
    return FingerView(
        print_id=one.print_id,
        finger=one.finger.label,
        score=round(one.score, 4),
        calibrated=_calibrated(one.calibrated),
        quality=one.quality,
        probe=one.probe,
        links=FingerLinks(self_=here, image=image),
    )


def _calibrated(one: Calibrated | None) -> CalibratedView | None:
    """What a score is worth."""
    if one is None:
        return None
    return CalibratedView(
        fmr_decibels=round(one.fmr_decibels, 2),
        log10_lr=round(one.log10_lr, 3),
        extrapolated=one.extrapolated,
    )


def show_probe(template: Template) -> ProbeView:
    """What was seen in the probe."""
    return ProbeView(
        width=template.width,
        height=template.height,
        quality=template.quality,
        quality_measure=template.quality_measure,
        extractor=template.extractor,
        minutiae=show_minutiae(template.minutiae),
    )
