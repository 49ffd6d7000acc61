"""Any case that any people can make of it, found by trying."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from engine.errors import WhorlError
from engine.examination import (
    Case,
    CaseStatus,
    Conclusion,
    Seat,
    correct,
    decide,
    shown_to,
)
from engine.examination.case import CLOSED
from engine.notices.signature import Signature
from examination_support import AT, PEOPLE, verdict


@dataclass(frozen=True)
class Try:
    """Something that somebody tries: a verdict, or a correction of a decision."""

    who: int
    conclusion: Conclusion
    corrects: int | None


TRIES = st.lists(
    st.builds(
        Try,
        st.integers(0, len(PEOPLE) - 1),
        st.sampled_from(Conclusion),
        st.none() | st.integers(1, 6),
    ),
    max_size=14,
)


def histories(tries: list[Try], verify_all: bool) -> list[Case]:
    """The case before and after everything that was not refused."""
    case = Case(verify_all=verify_all)
    seen = [case]
    for one in tries:
        examiner = PEOPLE[one.who]
        by, found = Signature(examiner.actor, examiner.ncb, AT), verdict(one.conclusion)
        with suppress(WhorlError):
            case = (
                decide(case, found, examiner, by)
                if one.corrects is None
                else correct(case, one.corrects, found, examiner, by)
            )
            seen.append(case)
    return seen


def holders(case: Case) -> set[str]:
    """Who holds it to be an identification now."""
    standing = [case.standing(seat) for seat in Seat]
    return {
        one.by.actor
        for one in standing
        if one is not None and one.verdict.conclusion is Conclusion.IDENTIFICATION
    }


@given(TRIES, st.booleans())
def test_no_identification_is_confirmed_by_one_person(tries: list[Try], verify_all: bool) -> None:
    """Two at least hold it, each of whom could decide; a supervisor is neither of the two."""
    for case in histories(tries, verify_all):
        if case.status is CaseStatus.CONFIRMED:
            assert len(holders(case)) >= 2


@given(TRIES, st.booleans())
def test_two_examiners_agreed_blindly_or_a_supervisor_decided(
    tries: list[Try], verify_all: bool
) -> None:
    """An agreement counts as it was first given; whatever came of corrections took a supervisor."""
    for case in histories(tries, verify_all):
        if case.status is not CaseStatus.CONFIRMED:
            continue
        second = case.standing(Seat.SECOND)
        if case.standing(Seat.SUPERVISOR) is None:
            assert second is not None
            blind = [one for one in case.decisions if one.number <= second.number]
            kept = Case(case.status, tuple(blind)).standing(Seat.FIRST)
            assert kept is not None
            assert kept.verdict.conclusion is Conclusion.IDENTIFICATION


@given(TRIES, st.booleans())
def test_everybody_has_one_seat(tries: list[Try], verify_all: bool) -> None:
    """Whoever decides again corrects what is their seat's."""
    for case in histories(tries, verify_all):
        seats: dict[str, set[Seat]] = {}
        for one in case.decisions:
            seats.setdefault(one.by.actor, set()).add(one.seat)
        assert all(len(held) == 1 for held in seats.values())
        new = [one.by.actor for one in case.decisions if one.corrects is None]
        assert len(new) == len(set(new))


@given(TRIES, st.booleans())
def test_nothing_that_was_decided_is_lost(tries: list[Try], verify_all: bool) -> None:
    """Each state begins with the decisions of the one before, numbered without a gap."""
    cases = histories(tries, verify_all)
    for before, after in pairwise(cases):
        assert after.decisions[:-1] == before.decisions
        assert after.decisions[-1].number == len(after.decisions)


@given(TRIES, st.booleans())
def test_nobody_reads_anothers_verdict_before_giving_their_own(
    tries: list[Try], verify_all: bool
) -> None:
    """While a second is waited for, each reads their own alone; a closed case never waits again."""
    was_closed = False
    for case in histories(tries, verify_all):
        waits = case.status in (CaseStatus.AWAITING_FIRST, CaseStatus.AWAITING_SECOND)
        assert not (waits and was_closed)
        was_closed |= case.status in CLOSED
        for one in PEOPLE:
            shown = {decision.by.actor for decision in shown_to(case, one)}
            assert not waits or shown <= {one.actor}
