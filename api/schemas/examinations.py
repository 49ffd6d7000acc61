"""Cases of examiners: what is sent to open one and to decide, and how they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from api.schemas.base import Body, Link, link
from api.schemas.minutiae import PairView, Place
from api.schemas.notice_life import SignatureView
from api.schemas.notice_query import PageQuery
from api.schemas.orders import CaseRef, Purpose
from api.schemas.paging import Asked, PageLinks, page_links
from engine.examination import (
    CaseStatus,
    Conclusion,
    Decision,
    MarkedMinutia,
    MarkedPair,
    Seat,
    Verdict,
)
from engine.examination.verdict import LONGEST_REASON
from engine.examining.deciding import VerdictOrder
from engine.examining.reading import ShownCase
from engine.gallery.examination_store import CaseFilter
from engine.records import MAX_MINUTIAE

PATH = "/v1/examinations"

MAX_NUMBER = 2**63 - 1

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$")]
TransactionId = Annotated[
    Id,
    Field(
        description="Of your choice. Sent again with the same content it does nothing anew; with "
        "another content it is refused.",
        examples=["2026-CR-00123-1"],
    ),
]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class SearchName(Body):
    """Which search has shown the candidate: a job, or one whose answer was not kept."""

    job: Id | None = Field(default=None, examples=["0e3b6a34a8a84f8f9d2a3c1d5e6f7a8b"])
    transaction_id: Id | None = Field(
        default=None, description="Your own id of a search that was no job."
    )
    score: float | None = Field(
        default=None, ge=0, le=1, description="As it was shown; not with a job."
    )
    probe_sha256: Sha256 | None = Field(
        default=None, description="Of the image file; not with a job."
    )


class CaseBody(Body):
    """A candidate to be put before the examiners of your bureau."""

    transaction_id: TransactionId
    search: SearchName
    person: Id = Field(examples=["FX-0001"])
    print_id: int = Field(ge=1, le=MAX_NUMBER, examples=[17])
    verify_all: bool = Field(
        default=False,
        description="Whether a second examiner is asked even if the first finds no identification.",
    )
    purpose: Purpose = None
    case_ref: CaseRef = None


class VerdictBody(Body):
    """What you find. An identification marks the minutiae that it rests on."""

    transaction_id: TransactionId
    conclusion: Conclusion = Field(examples=["identification"])
    reason: str = Field(
        max_length=LONGEST_REASON, examples=["Twelve minutiae agree in a clear core region."]
    )
    pairs: list[PairView] = Field(default=[], max_length=MAX_MINUTIAE)

    def to_order(self, case_id: str, corrects: int | None = None) -> VerdictOrder:
        """The engine's form."""
        pairs = tuple(MarkedPair(_mark(one.probe), _mark(one.candidate)) for one in self.pairs)
        verdict = Verdict(self.conclusion, self.reason, pairs)
        return VerdictOrder(self.transaction_id, case_id, verdict, corrects)


class CorrectionBody(VerdictBody):
    """A verdict in the place of one of yours."""

    corrects: int = Field(ge=1, le=10_000, description="Number of your decision.", examples=[1])


class CaseQuery(PageQuery):
    """Which cases."""

    status: CaseStatus | None = None
    waiting: bool = Field(default=False, description="Only those that wait for you.")
    person: Id | None = Field(default=None, examples=["FX-0001"])

    def to_filter(self) -> CaseFilter:
        """The engine's form."""
        return CaseFilter(self.offset, self.results, self.status, self.waiting, self.person)


class DecisionView(Body):
    """A verdict with who gave it; none is ever changed."""

    number: int
    seat: Seat
    conclusion: Conclusion
    reason: str
    pairs: list[PairView]
    by: SignatureView
    corrects: int | None = Field(description="Number of the decision that it takes the place of.")


class CaseLinks(Body):
    """Where to go from a case."""

    self_: Link = Field(alias="self")
    person: Link
    print_: Link = Field(alias="print")
    image: Link
    verdicts: Link = Field(description="Where a verdict is sent.")
    corrections: Link
    hit: Link | None = Field(description="The hit that it made.")


class CaseView(Body):
    """A case, as far as you may know it: before its end you read your own verdict alone."""

    id: str = Field(examples=["3f0e9a1c5b7d4e2f8a6c0b1d2e3f4a5b"])
    status: CaseStatus
    ncb: str = Field(description="Bureau that searched.", examples=["FR"])
    owner: str = Field(description="Bureau that owns the record.", examples=["MD"])
    person: str = Field(examples=["FX-0001"])
    print_id: int
    search: str = Field(examples=["job:0e3b6a34a8a84f8f9d2a3c1d5e6f7a8b"])
    score: float = Field(description="As the search has shown it.", examples=[0.6132])
    probe_sha256: str
    purpose: str = Field(examples=["identification"])
    case_ref: str = Field(examples=["2026-CR-00123"])
    verify_all: bool
    opened_at: datetime
    opened_by: str | None = Field(description="Not told to others before the end.")
    decisions: list[DecisionView]
    links: CaseLinks = Field(alias="_links")


class CasesEmbedded(Body):
    """The cases of a page."""

    examinations: list[CaseView]


class CasePage(Body):
    """A page of cases of your bureau, the oldest first."""

    total: int
    query: dict[str, str | int]
    embedded: CasesEmbedded = Field(alias="_embedded")
    links: PageLinks = Field(alias="_links")


def show_case(shown: ShownCase) -> CaseView:
    """A case."""
    file, about = shown.file, shown.file.candidate
    return CaseView(
        id=file.id,
        status=file.case.status,
        ncb=file.ncb,
        owner=file.owner,
        person=about.person_id,
        print_id=about.print_id,
        search=about.search,
        score=round(about.score, 4),
        probe_sha256=about.probe_sha256,
        purpose=file.purpose,
        case_ref=file.case_ref,
        verify_all=file.case.verify_all,
        opened_at=file.opened.at,
        opened_by=file.opened.actor or None,
        decisions=[_decision(one) for one in file.case.decisions],
        links=_links(shown),
    )


def show_cases(found: Sequence[ShownCase], total: int, query: Asked) -> CasePage:
    """A page of cases."""
    return CasePage(
        total=total,
        query=query,
        embedded=CasesEmbedded(examinations=[show_case(one) for one in found]),
        links=page_links(PATH, query, total),
    )


def _links(shown: ShownCase) -> CaseLinks:
    """Where to go from a case."""
    here, about = f"{PATH}/{shown.file.id}", shown.file.candidate
    return CaseLinks(
        self_=Link(href=here),
        person=link("persons", about.person_id),
        print_=link("prints", about.print_id),
        image=link("prints", about.print_id, "image"),
        verdicts=Link(href=f"{here}/verdicts"),
        corrections=Link(href=f"{here}/corrections"),
        hit=None if shown.hit_id is None else link("hits", shown.hit_id),
    )


def _decision(one: Decision) -> DecisionView:
    """A decision."""
    return DecisionView(
        number=one.number,
        seat=one.seat,
        conclusion=one.verdict.conclusion,
        reason=one.verdict.reason,
        pairs=[
            PairView(probe=_place(pair.probe), candidate=_place(pair.candidate))
            for pair in one.verdict.pairs
        ],
        by=SignatureView(actor=one.by.actor, ncb=one.by.ncb, at=one.by.at),
        corrects=one.corrects,
    )


def _mark(place: Place) -> MarkedMinutia:
    """A minutia as it is kept."""
    return MarkedMinutia(place.x, place.y, place.direction)


def _place(mark: MarkedMinutia) -> Place:
    """A minutia as it is shown."""
    return Place(x=mark.x, y=mark.y, direction=mark.direction)
