"""Hits between two bureaus, news of them, and how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from pydantic import Field

from api.schemas.base import Body, Link, SelfLink, link
from api.schemas.notice_query import PageQuery
from api.schemas.paging import Asked, PageLinks, page_links
from engine.examination.file import HitChange, HitFile
from engine.examination.hit import HitStatus
from engine.examination.verdict import LONGEST_REASON
from engine.examining.hits import OpenedHit
from engine.gallery.hit_inbox_store import HitNews, NewsPart
from engine.gallery.hit_store import HitCount, HitFilter

PATH = "/v1/hits"
INBOX_PATH = f"{PATH}/inbox"
USUAL_DAYS = 30


class HitQuery(PageQuery):
    """Which hits."""

    status: HitStatus | None = None

    def to_filter(self) -> HitFilter:
        """The engine's form."""
        return HitFilter(self.offset, self.results, self.status)


class NewsQuery(PageQuery):
    """Which entries of an inbox."""

    unread: bool = False

    def to_part(self) -> NewsPart:
        """The engine's form."""
        return NewsPart(self.offset, self.results, self.unread)


class CountQuery(Body):
    """Which days; the last thirty if left out."""

    first: date | None = Field(default=None, alias="from")
    last: date | None = Field(default=None, alias="to")

    def days(self) -> tuple[date, date]:
        """First and last day."""
        last = self.last or datetime.now(UTC).date()
        usual = date.fromordinal(max(1, last.toordinal() - USUAL_DAYS + 1))
        return self.first or usual, last


class HitStepBody(Body):
    """Why a step is taken."""

    reason: str = Field(
        default="", max_length=LONGEST_REASON, examples=["The record is of a twin."]
    )


class HitLinks(Body):
    """Where to go from a hit."""

    self_: Link = Field(alias="self")
    person: Link
    steps: Link = Field(description="Below it, `confirm`, `refuse` and `close`.")
    messages: Link = Field(description="Its thread.")


class HitChangeView(Body):
    """Something that was done with a hit."""

    act: str = Field(examples=["open"])
    status: HitStatus = Field(description="After it.")
    reason: str
    ncb: str = Field(description="Bureau that did it.", examples=["FR"])
    at: datetime


class HitView(Body):
    """A confirmed identification, between the bureau that searched and the one that owns."""

    id: str = Field(examples=["3f0e9a1c5b7d4e2f8a6c0b1d2e3f4a5b"])
    status: HitStatus
    ncb: str = Field(description="Bureau that searched.", examples=["FR"])
    owner: str = Field(description="Bureau that owns the record.", examples=["MD"])
    person: str = Field(examples=["FX-0001"])
    purpose: str = Field(examples=["identification"])
    case_ref: str = Field(description="Of the bureau that searched.", examples=["2026-CR-00123"])
    search: str | None = Field(description="Told to the bureau that searched alone.")
    opened_at: datetime
    links: HitLinks = Field(alias="_links")


class HitDetail(HitView):
    """A hit with all that was done with it."""

    changes: list[HitChangeView]


class HitsEmbedded(Body):
    """The hits of a page."""

    hits: list[HitView]


class HitPage(Body):
    """A page of hits, the newest first."""

    total: int
    query: dict[str, str | int]
    embedded: HitsEmbedded = Field(alias="_embedded")
    links: PageLinks = Field(alias="_links")


class HitNewsLinks(Body):
    """Where to go from an entry."""

    read: Link = Field(description="Where it is marked as read.")
    hit: Link


class HitNewsView(Body):
    """News of a hit."""

    id: int
    act: str = Field(examples=["open"])
    at: datetime
    read_at: datetime | None
    read_by: str | None
    person: str = Field(examples=["FX-0001"])
    links: HitNewsLinks = Field(alias="_links")


class HitNewsEmbedded(Body):
    """The entries of a page."""

    entries: list[HitNewsView]


class HitInboxView(Body):
    """A page of your bureau's inbox of hits, newest first."""

    total: int
    query: dict[str, str | int]
    embedded: HitNewsEmbedded = Field(alias="_embedded")
    links: PageLinks = Field(alias="_links")


class HitCountView(Body):
    """Hits of one day between two regions."""

    day: date
    asking_region: str = Field(
        description="Empty for an organisation of the whole network.", examples=["Europe"]
    )
    owner_region: str = Field(examples=["Africa"])
    hits: int


class HitCountList(Body):
    """Hits that stand, by day and pair of regions."""

    first: date = Field(alias="from")
    last: date = Field(alias="to")
    total: int
    counts: list[HitCountView]
    links: SelfLink = Field(alias="_links")


def show_hit(file: HitFile, ncb: str) -> HitView:
    """A hit, for an organisation."""
    here = f"{PATH}/{file.id}"
    return HitView(
        id=file.id,
        status=file.status,
        ncb=file.sides.asking,
        owner=file.sides.owner,
        person=file.person_id,
        purpose=file.purpose,
        case_ref=file.case_ref,
        search=file.search if ncb == file.sides.asking else None,
        opened_at=file.opened_at,
        links=HitLinks(
            self_=Link(href=here),
            person=link("persons", file.person_id),
            steps=Link(href=f"{here}/steps"),
            messages=link("messages", file.id),
        ),
    )


def show_opened_hit(opened: OpenedHit, ncb: str) -> HitDetail:
    """A hit with its changes, for an organisation."""
    shown = dict(show_hit(opened.file, ncb))
    return HitDetail(**shown, changes=[_change(one) for one in opened.changes])


def show_hits(found: Sequence[HitFile], total: int, query: Asked, ncb: str) -> HitPage:
    """A page of hits, for an organisation."""
    return HitPage(
        total=total,
        query=query,
        embedded=HitsEmbedded(hits=[show_hit(one, ncb) for one in found]),
        links=page_links(PATH, query, total),
    )


def show_hit_inbox(entries: Sequence[HitNews], total: int, query: Asked) -> HitInboxView:
    """A page of an inbox."""
    return HitInboxView(
        total=total,
        query=query,
        embedded=HitNewsEmbedded(entries=[show_hit_news(one) for one in entries]),
        links=page_links(INBOX_PATH, query, total),
    )


def show_hit_news(entry: HitNews) -> HitNewsView:
    """News of a hit."""
    return HitNewsView(
        id=entry.id,
        act=entry.act,
        at=entry.at,
        read_at=entry.read_at,
        read_by=entry.read_by,
        person=entry.file.person_id,
        links=HitNewsLinks(
            read=Link(href=f"{INBOX_PATH}/{entry.id}/read"), hit=link("hits", entry.file.id)
        ),
    )


def show_counts(counts: Sequence[HitCount], first: date, last: date) -> HitCountList:
    """The statistics of some days."""
    return HitCountList(
        first=first,
        last=last,
        total=sum(one.hits for one in counts),
        counts=[
            HitCountView(
                day=one.day,
                asking_region=one.asking_region,
                owner_region=one.owner_region,
                hits=one.hits,
            )
            for one in counts
        ],
        links=SelfLink(self_=Link(href=f"{PATH}/statistics?from={first}&to={last}")),
    )


def _change(one: HitChange) -> HitChangeView:
    """Something that was done; who it was stays in the bureau."""
    return HitChangeView(
        act=one.act, status=one.status, reason=one.reason, ncb=one.by.ncb, at=one.by.at
    )
