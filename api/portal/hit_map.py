"""Hits between regions as they are drawn on the map of the world."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.gallery.hit_store import HitCount

PLACES: Mapping[str, tuple[str, int, int]] = {
    "Africa": ("africa", 206, 106),
    "Americas": ("americas", 88, 62),
    "Asia & South Pacific": ("asia", 288, 74),
    "Europe": ("europe", 204, 36),
    "Middle East & North Africa": ("mena", 226, 72),
}
"""Of each region its part of `map.svg`, and where in it the number stands."""

LEAST, MOST = 9, 15
"""Radius of the circles, in units of the map."""


@dataclass(frozen=True, slots=True)
class Region:
    """A region on the map.

    Attributes:
        name: of the region.
        part: of the picture.
        x, y, radius: of its circle.
        found: hits on records that its bureaus own.
        asked: hits of searches by its bureaus.
    """

    name: str
    part: str
    x: int
    y: int
    radius: float
    found: int
    asked: int


@dataclass(frozen=True, slots=True)
class Line:
    """Hits from the region that searched to the one that owns the records, as a path of SVG."""

    path: str
    width: float
    hits: int


def regions_of(hits: Iterable[HitCount]) -> list[Region]:
    """All regions with their counts, the larger the wider."""
    found, asked = Counter[str](), Counter[str]()
    for one in hits:
        found[one.owner_region] += one.hits
        asked[one.asking_region] += one.hits
    most = max(found.values(), default=0) or 1
    return [
        Region(name, part, x, y, LEAST + (MOST - LEAST) * found[name] / most,
               found[name], asked[name])
        for name, (part, x, y) in PLACES.items()
    ]  # fmt: skip


def lines_of(hits: Iterable[HitCount]) -> list[Line]:
    """The hits between two regions, bent upwards so that both ways can be told apart."""
    between = Counter[tuple[str, str]]()
    for one in hits:
        if one.asking_region != one.owner_region:
            between[one.asking_region, one.owner_region] += one.hits
    return [
        Line(_bow(start, end), min(1 + count / 4, 4), count)
        for (start, end), count in sorted(between.items())
        if start in PLACES and end in PLACES
    ]


def _bow(start: str, end: str) -> str:
    """A path from one region to another."""
    (_, x1, y1), (_, x2, y2) = PLACES[start], PLACES[end]
    lift = 14 if x1 < x2 else 26
    return f"M{x1} {y1}Q{(x1 + x2) // 2} {min(y1, y2) - lift} {x2} {y2}"
