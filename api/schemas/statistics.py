"""Counts by day, region and colour."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from api.schemas.base import Body
from engine.statistics.reading import Statistics


class PublishedView(Body):
    """Notices that were published on a day."""

    day: date
    colour: str = Field(examples=["red"])
    region: str = Field(description="Of the requesting bureau; empty for the whole network's.")
    notices: int


class ActiveView(Body):
    """Notices that are in force now."""

    colour: str
    region: str
    notices: int


class HitsView(Body):
    """Hits that were opened on a day, between two regions."""

    day: date
    asking_region: str
    owner_region: str
    hits: int


class SearchesView(Body):
    """Searches of a day."""

    day: date
    region: str
    searches: int


class MessagesView(Body):
    """Messages of a day, by region of the receiver."""

    day: date
    region: str
    received: int
    owed: int = Field(description="Of which an acknowledgement was asked.")
    acknowledged: int
    mean_seconds: float | None = Field(description="From sending to acknowledgement.")


class StatisticsView(Body):
    """Counts of what you may see."""

    first: date = Field(alias="from")
    last: date = Field(alias="to")
    published: list[PublishedView]
    active: list[ActiveView]
    hits: list[HitsView]
    searches: list[SearchesView]
    messages: list[MessagesView]


def show_statistics(found: Statistics) -> StatisticsView:
    """Statistics as they are shown."""
    return StatisticsView(
        first=found.days.first,
        last=found.days.last,
        published=[
            PublishedView(day=_day(one.day), colour=one.colour, region=one.region,
                          notices=one.notices)
            for one in found.published
        ],
        active=[
            ActiveView(colour=one.colour, region=one.region, notices=one.notices)
            for one in found.active
        ],
        hits=[
            HitsView(day=one.day, asking_region=one.asking_region,
                     owner_region=one.owner_region, hits=one.hits)
            for one in found.hits
        ],
        searches=[
            SearchesView(day=_day(one.day), region=one.region, searches=one.searches)
            for one in found.searches
        ],
        messages=[
            MessagesView(day=_day(one.day), region=one.region, received=one.received,
                         owed=one.owed, acknowledged=one.acknowledged, mean_seconds=one.seconds)
            for one in found.messages
        ],
    )  # fmt: skip


def _day(text: str) -> date:
    """A day as the database writes it."""
    return date.fromisoformat(text)
