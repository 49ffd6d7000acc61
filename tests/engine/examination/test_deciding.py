"""Verdicts and corrections, one rule after the other."""

from __future__ import annotations

import pytest

from engine.errors import BadRequest, Conflict, Forbidden
from engine.examination import (
    Case,
    CaseStatus,
    Conclusion,
    Examiner,
    MarkedMinutia,
    MarkedPair,
    Seat,
    Verdict,
    correct,
    decide,
)
from examination_support import (
    EXCLUSION,
    FIRST,
    IDENTIFICATION,
    INCONCLUSIVE,
    INVESTIGATOR,
    OTHER_SUPERVISOR,
    PAIR,
    SECOND,
    SUPERVISOR,
    after,
    signed,
    verdict,
)

CONFLICT = ((FIRST, IDENTIFICATION), (SECOND, EXCLUSION))


def give(case: Case, who: Examiner, conclusion: Conclusion = IDENTIFICATION) -> Case:
    """The case after somebody's verdict."""
    return decide(case, verdict(conclusion), who, signed(who))


def amend(case: Case, number: int, who: Examiner, conclusion: Conclusion) -> Case:
    """The case after somebody's correction."""
    return correct(case, number, verdict(conclusion), who, signed(who))


def test_an_identification_waits_for_a_second_examiner() -> None:
    """Who confirms it when both agree."""
    case = after((FIRST, IDENTIFICATION))
    assert case.status is CaseStatus.AWAITING_SECOND
    assert give(case, SECOND).status is CaseStatus.CONFIRMED


@pytest.mark.parametrize("conclusion", [EXCLUSION, INCONCLUSIVE])
def test_other_conclusions_end_the_case(conclusion: Conclusion) -> None:
    """Unless all are to be verified: then the second is asked, and agrees."""
    assert after((FIRST, conclusion)).status is CaseStatus.NOT_CONFIRMED
    asked = after((FIRST, conclusion), verify_all=True)
    assert asked.status is CaseStatus.AWAITING_SECOND
    assert give(asked, SECOND, conclusion).status is CaseStatus.NOT_CONFIRMED


@pytest.mark.parametrize("conclusion", [EXCLUSION, INCONCLUSIVE])
def test_a_conflict_goes_to_a_supervisor(conclusion: Conclusion) -> None:
    """Who is neither of the two, and whose word holds either way."""
    case = after((FIRST, IDENTIFICATION), (SECOND, conclusion))
    assert case.status is CaseStatus.IN_CONFLICT
    assert give(case, SUPERVISOR).status is CaseStatus.CONFIRMED
    assert give(case, SUPERVISOR, EXCLUSION).status is CaseStatus.NOT_CONFIRMED
    third = Examiner("third@fr", "FR", decides=True, supervises=False)
    with pytest.raises(Forbidden, match="settled by a supervisor"):
        give(case, third)


def test_nobody_decides_twice() -> None:
    """Not as the second, and not as the supervisor of their own conflict."""
    with pytest.raises(Forbidden, match="nobody decides twice"):
        give(after((FIRST, IDENTIFICATION)), FIRST)
    own = after((SUPERVISOR, IDENTIFICATION), (FIRST, EXCLUSION))
    with pytest.raises(Forbidden, match="nobody decides twice"):
        give(own, SUPERVISOR)


def test_a_supervisor_confirms_what_somebody_has_found() -> None:
    """Between an exclusion and no conclusion there is no identification to confirm."""
    case = after((FIRST, EXCLUSION), (SECOND, INCONCLUSIVE), verify_all=True)
    assert case.status is CaseStatus.IN_CONFLICT
    with pytest.raises(Conflict, match="neither examiner"):
        give(case, SUPERVISOR)


def test_only_examiners_of_an_organisation_decide() -> None:
    """Others are refused whatever the case."""
    for who in (INVESTIGATOR, Examiner("cli:x", "", decides=True, supervises=True)):
        with pytest.raises(Forbidden, match="examiners of an organisation"):
            give(Case(), who)
        with pytest.raises(Forbidden, match="examiners of an organisation"):
            amend(after((FIRST, EXCLUSION)), 1, who, EXCLUSION)


def test_a_closed_case_takes_no_verdict() -> None:
    """Neither a confirmed one nor another."""
    confirmed = after((FIRST, IDENTIFICATION), (SECOND, IDENTIFICATION))
    for case in (confirmed, after((FIRST, EXCLUSION))):
        with pytest.raises(Conflict, match="the case is closed"):
            give(case, SUPERVISOR)


def test_a_correction_before_the_second_is_still_blind() -> None:
    """The first verdict changes, the second is asked or not by what stands."""
    case = after((FIRST, IDENTIFICATION))
    dropped = amend(case, 1, FIRST, EXCLUSION)
    assert dropped.status is CaseStatus.NOT_CONFIRMED
    assert dropped.decisions[1].corrects == 1
    assert amend(case, 1, FIRST, IDENTIFICATION).status is CaseStatus.AWAITING_SECOND


def test_a_later_correction_makes_a_conflict() -> None:
    """Of a confirmed case, of a dropped one, and by giving in to the other examiner."""
    confirmed = after((FIRST, IDENTIFICATION), (SECOND, IDENTIFICATION))
    assert amend(confirmed, 2, SECOND, EXCLUSION).status is CaseStatus.IN_CONFLICT
    dropped = after((FIRST, EXCLUSION))
    taken_up = amend(dropped, 1, FIRST, IDENTIFICATION)
    assert taken_up.status is CaseStatus.IN_CONFLICT
    with pytest.raises(Forbidden):
        give(taken_up, SECOND)
    assert give(taken_up, SUPERVISOR).status is CaseStatus.CONFIRMED
    yielding = amend(after(*CONFLICT), 2, SECOND, IDENTIFICATION)
    assert yielding.status is CaseStatus.IN_CONFLICT


def test_a_correction_of_the_grounds_leaves_the_case() -> None:
    """Another reason for the same conclusion."""
    case = after((FIRST, IDENTIFICATION), (SECOND, IDENTIFICATION))
    assert amend(case, 1, FIRST, IDENTIFICATION).status is CaseStatus.CONFIRMED


def test_a_supervisor_corrects_alone() -> None:
    """And decides anew when an examiner's correction has overtaken the decision."""
    settled = give(after(*CONFLICT), SUPERVISOR)
    assert amend(settled, 3, SUPERVISOR, EXCLUSION).status is CaseStatus.NOT_CONFIRMED
    overtaken = amend(settled, 1, FIRST, EXCLUSION)
    assert overtaken.status is CaseStatus.IN_CONFLICT
    with pytest.raises(Conflict, match="a new decision"):
        amend(overtaken, 3, SUPERVISOR, EXCLUSION)
    again = give(overtaken, OTHER_SUPERVISOR, EXCLUSION)
    assert (again.status, again.decisions[-1].corrects) == (CaseStatus.NOT_CONFIRMED, 3)
    assert again.decisions[-1].seat is Seat.SUPERVISOR


def test_nobody_corrects_anothers_or_an_old_decision() -> None:
    """Only one's own, and only while it stands."""
    case = amend(after((FIRST, IDENTIFICATION)), 1, FIRST, IDENTIFICATION)
    for number, who in ((1, FIRST), (2, SECOND), (9, FIRST)):
        with pytest.raises(Conflict, match="none of yours that stands"):
            amend(case, number, who, EXCLUSION)


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        (Verdict(EXCLUSION, " "), "reason: is no text"),
        (Verdict(EXCLUSION, "x" * 4001), "reason: is longer"),
        (Verdict(EXCLUSION, "a\x00b"), "control characters"),
        (Verdict(IDENTIFICATION, "Why."), "marks the minutiae"),
        (Verdict(EXCLUSION, "Why.", (PAIR,) * 256), "more than 255"),
        (
            Verdict(EXCLUSION, "Why.", (PAIR, MarkedPair(PAIR.probe, MarkedMinutia(-1, 0, 0)))),
            "pairs: 1: lies outside",
        ),
        (
            Verdict(EXCLUSION, "Why.", (MarkedPair(MarkedMinutia(1, 1, 7), PAIR.probe),)),
            "pairs: 0: lies outside",
        ),
        (
            Verdict(EXCLUSION, "W", (MarkedPair(MarkedMinutia(float("nan"), 1, 0), PAIR.probe),)),
            "pairs: 0: lies outside",
        ),
    ],
)
def test_a_verdict_says_what_it_rests_on(bad: Verdict, fault: str) -> None:
    """A reason, and minutiae that can be in a print; an identification marks one at least."""
    with pytest.raises(BadRequest, match=fault):
        decide(Case(), bad, FIRST, signed(FIRST))
