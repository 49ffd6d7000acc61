"""What the comparison workbench is given: two prints, what coincides, and its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from api.portal.translations import translations_of
from api.portal.workbench_words import workbench_words
from engine.examination import MarkedMinutia, MarkedPair
from engine.matcher.alignment import Transform
from engine.records import Minutiae

Row = list[float]
"""x, y and direction of a minutia, then its type and quality; or of both ends of a pair."""


@dataclass(frozen=True, slots=True, eq=False)
class BenchPrint:
    """One of the two prints.

    Attributes:
        label: that stands above it.
        image: address of its picture; `view=enhanced` is added for the other one.
        width, height: pixels at 500 ppi.
        minutiae: that were found in it.
    """

    label: str
    image: str
    width: int
    height: int
    minutiae: Minutiae


@dataclass(frozen=True, slots=True, eq=False)
class Bench:
    """A workbench.

    Attributes:
        probe, candidate: the prints.
        pairs: rows of minutiae that coincide.
        transform: from probe to candidate, if anything coincides.
        marked: pairs that an examiner has marked before.
    """

    probe: BenchPrint
    candidate: BenchPrint
    pairs: Sequence[tuple[int, int]] = ()
    transform: Transform | None = None
    marked: Sequence[MarkedPair] = ()


def bench_data(bench: Bench, language: str) -> dict[str, Any]:
    """The form that the script of the workbench reads; see its first lines."""
    moved = bench.transform
    return {
        "probe": _print(bench.probe),
        "candidate": _print(bench.candidate),
        "pairs": [[row, twin, None] for row, twin in bench.pairs],
        "transform": moved and {"dx": moved.dx, "dy": moved.dy, "rotation": moved.rotation},
        "marked": [[*_place(one.probe), *_place(one.candidate)] for one in bench.marked],
        "texts": workbench_words(language, translations_of(language).gettext),
    }


def _print(one: BenchPrint) -> dict[str, Any]:
    """A print."""
    return {
        "label": one.label,
        "image": one.image,
        "enhanced": one.image and f"{one.image}?view=enhanced",
        "width": one.width,
        "height": one.height,
        "minutiae": _rows(one.minutiae),
    }


def _rows(minutiae: Minutiae) -> list[Row]:
    """The minutiae; templates hold half pixels and 256 directions, further digits are noise."""
    columns = (minutiae.xy, minutiae.direction, minutiae.type, minutiae.quality)
    return [
        [round(x, 2), round(y, 2), round(direction, 4), kind, quality]
        for (x, y), direction, kind, quality in zip(*(one.tolist() for one in columns), strict=True)
    ]


def _place(one: MarkedMinutia) -> Row:
    """A marked minutia."""
    return [one.x, one.y, one.direction]
