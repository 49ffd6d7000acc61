"""What an examiner finds about a probe and a candidate's print."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from engine.errors import BadRequest
from engine.notices.values import words
from engine.records import MAX_MINUTIAE

LONGEST_REASON = 4000
LARGEST_PLACE = 16_383
"""Largest coordinate of a minutia in ISO/IEC 19794-2, pixels."""
FULL_TURN = 6.2832
"""2 pi, rounded up to the four digits that answers carry, so that what they say can be marked."""


class Conclusion(StrEnum):
    """The three conclusions of a comparison (ACE-V)."""

    IDENTIFICATION = "identification"
    EXCLUSION = "exclusion"
    INCONCLUSIVE = "inconclusive"


@dataclass(frozen=True, slots=True)
class MarkedMinutia:
    """Where an examiner sees a minutia.

    Attributes:
        x, y: pixels at 500 ppi from the top left corner, y down.
        direction: radians in [0, 2 pi], counter-clockwise from +x as seen.
    """

    x: float
    y: float
    direction: float


@dataclass(frozen=True, slots=True)
class MarkedPair:
    """Two minutiae that the examiner holds to be one, each in its own image."""

    probe: MarkedMinutia
    candidate: MarkedMinutia


@dataclass(frozen=True, slots=True)
class Verdict:
    """A conclusion with its grounds.

    Attributes:
        conclusion: one of three.
        reason: in words.
        pairs: the minutiae that correspond.
    """

    conclusion: Conclusion
    reason: str
    pairs: tuple[MarkedPair, ...] = field(default=())


def check_verdict(verdict: Verdict) -> None:
    """Check that a verdict says what it rests on.

    How many minutiae make an identification differs from country to country and is the
    examiner's to answer for; one without any could not be verified by anybody.

    Raises:
        BadRequest: it has no reason, marks minutiae outside of any print, or identifies without
            a marked pair.
    """
    if fault := words(LONGEST_REASON)(verdict.reason):
        raise BadRequest(f"reason: {fault}")
    if len(verdict.pairs) > MAX_MINUTIAE:
        raise BadRequest(f"pairs: more than {MAX_MINUTIAE}")
    if verdict.conclusion is Conclusion.IDENTIFICATION and not verdict.pairs:
        raise BadRequest("pairs: an identification marks the minutiae that it rests on")
    for place, pair in enumerate(verdict.pairs):
        if not (_is_placed(pair.probe) and _is_placed(pair.candidate)):
            raise BadRequest(f"pairs: {place}: lies outside of any print")


def _is_placed(one: MarkedMinutia) -> bool:
    """Whether a minutia can be in a print."""
    inside = 0 <= one.x <= LARGEST_PLACE and 0 <= one.y <= LARGEST_PLACE
    return inside and 0 <= one.direction <= FULL_TURN
