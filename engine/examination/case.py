"""The case of one probe and one candidate: where it stands, and what was decided in it.

    AWAITING_FIRST -+-> NOT_CONFIRMED           the first examiner found no identification
                    +-> AWAITING_SECOND -+-> CONFIRMED       both found the identification
                                         +-> NOT_CONFIRMED   both found none, and the same
                                         +-> IN_CONFLICT     they differ
                                               +-> CONFIRMED | NOT_CONFIRMED   by a supervisor

An identification always goes to a second examiner: it is the conclusion that costs somebody their
liberty when it is wrong, and every standard of practice asks for its verification. An exclusion
or an inconclusive comparison ends the case unless the case was opened with `verify_all`: to
verify all of them would double the work on long candidate lists for leads that are dropped anyway.
Bureaus that want the second examiner to learn nothing even from being asked use `verify_all`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from engine.examination.verdict import Conclusion, Verdict
from engine.notices.signature import Signature


class CaseStatus(StrEnum):
    """Where a case stands."""

    AWAITING_FIRST = "awaiting_first"
    AWAITING_SECOND = "awaiting_second"
    IN_CONFLICT = "in_conflict"
    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not_confirmed"


CLOSED = frozenset({CaseStatus.CONFIRMED, CaseStatus.NOT_CONFIRMED})
"""Nobody is waited for."""


class Seat(StrEnum):
    """In which place somebody decides."""

    FIRST = "first"
    SECOND = "second"
    SUPERVISOR = "supervisor"


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict with who gave it; none is ever changed or deleted.

    Attributes:
        number: within the case, from 1.
        seat: in which place it was given.
        verdict: what was found.
        by: who gave it, and when.
        corrects: number of the decision that it takes the place of; None if it is new.
    """

    number: int
    seat: Seat
    verdict: Verdict
    by: Signature
    corrects: int | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """What the rules know of a case.

    Attributes:
        status: where it stands.
        decisions: all that were given, in order.
        verify_all: whether a second examiner is asked whatever the first found.
    """

    status: CaseStatus = CaseStatus.AWAITING_FIRST
    decisions: tuple[Decision, ...] = field(default=())
    verify_all: bool = False

    def standing(self, seat: Seat) -> Decision | None:
        """The decision of a seat that holds: its latest."""
        given = [one for one in self.decisions if one.seat is seat]
        return given[-1] if given else None

    def own(self, actor: str) -> Decision | None:
        """The latest decision of somebody."""
        given = [one for one in self.decisions if one.by.actor == actor]
        return given[-1] if given else None

    @property
    def needs_second(self) -> bool:
        """Whether what the first examiner found goes to a second."""
        first = self.standing(Seat.FIRST)
        return first is not None and (self.verify_all or is_identification(first))


def is_identification(decision: Decision) -> bool:
    """Whether a decision holds both prints to be of one finger."""
    return decision.verdict.conclusion is Conclusion.IDENTIFICATION


def closed_as(conclusion: Conclusion) -> CaseStatus:
    """How a case ends on a conclusion that holds."""
    found = conclusion is Conclusion.IDENTIFICATION
    return CaseStatus.CONFIRMED if found else CaseStatus.NOT_CONFIRMED
