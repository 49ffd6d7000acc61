"""How a probe lies on a candidate's print, for whoever compares the two by eye."""

from __future__ import annotations

from dataclasses import dataclass

from engine.descriptor.features import describe
from engine.matcher.alignment import Transform, align
from engine.matcher.comparison import compare
from engine.records import Template


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the matcher suggests to an examiner; it decides nothing.

    Attributes:
        score: 0 to 1.
        pairs: rows of minutiae of probe and candidate that coincide, nearest first.
        transform: from probe to candidate; None if nothing coincides.
    """

    score: float
    pairs: tuple[tuple[int, int], ...] = ()
    transform: Transform | None = None


def compare_prints(probe: Template, candidate: Template) -> Comparison:
    """Lay a probe on a print. The same two templates always give the same."""
    first, second = describe(probe.minutiae), describe(candidate.minutiae)
    scored = compare(first, second)
    alignment = align(first, second, scored)
    if alignment is None:
        return Comparison(scored.score)
    pairs = tuple(
        (int(first.minutia[row]), int(second.minutia[twin])) for row, twin in alignment.pairs
    )
    return Comparison(scored.score, pairs, alignment.transform)
