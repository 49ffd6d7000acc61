"""Statistics as a page shows them: summed up by day, region and colour."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from engine.statistics.reading import Statistics


@dataclass(frozen=True, slots=True)
class Row:
    """Counts of a day, or of a region; an empty name is the whole network's."""

    name: str | date
    searches: int
    hits: int
    published: int
    messages: int


@dataclass(frozen=True, slots=True)
class Figures:
    """All sums.

    Attributes:
        days: the latest first.
        regions: by name; hits are those of its bureaus' searches.
        colours: notices in force, and published in these days.
        total: of all days.
    """

    days: tuple[Row, ...]
    regions: tuple[Row, ...]
    colours: tuple[tuple[str, int, int], ...]
    total: Row


def sum_up(found: Statistics) -> Figures:
    """The sums of some statistics."""
    searches, hits = Counter[str](), Counter[str]()
    published, messages = Counter[str](), Counter[str]()
    by_region = [Counter[str]() for _ in range(4)]
    for search in found.searches:
        searches[search.day] += search.searches
        by_region[0][search.region] += search.searches
    for hit in found.hits:
        hits[hit.day.isoformat()] += hit.hits
        by_region[1][hit.asking_region] += hit.hits
    for notice in found.published:
        published[notice.day] += notice.notices
        by_region[2][notice.region] += notice.notices
    for message in found.messages:
        messages[message.day] += message.received
        by_region[3][message.region] += message.received
    counts = (searches, hits, published, messages)
    names = sorted(set().union(*by_region), key=lambda name: (name == "", name))
    return Figures(
        days=tuple(Row(day, *(one[day.isoformat()] for one in counts)) for day in _days(found)),
        regions=tuple(Row(name, *(one[name] for one in by_region)) for name in names),
        colours=_colours(found),
        total=Row("", *(sum(one.values()) for one in counts)),
    )


def _days(found: Statistics) -> list[date]:
    """All days, the latest first; those on which nothing was done too."""
    count = (found.days.last - found.days.first).days + 1
    return [found.days.last - timedelta(days=step) for step in range(count)]


def _colours(found: Statistics) -> tuple[tuple[str, int, int], ...]:
    """Colours of notices with those in force and those published."""
    active, published = Counter[str](), Counter[str]()
    for one in found.active:
        active[one.colour] += one.notices
    for new in found.published:
        published[new.colour] += new.notices
    return tuple((name, active[name], published[name]) for name in sorted({*active, *published}))
