"""What is read of a case before it is closed."""

from __future__ import annotations

from engine.examination import Case, Examiner, correct, shown_to
from examination_support import (
    EXCLUSION,
    FIRST,
    IDENTIFICATION,
    INVESTIGATOR,
    OTHER_SUPERVISOR,
    SECOND,
    SUPERVISOR,
    after,
    signed,
    verdict,
)


def numbers(case: Case, who: Examiner) -> list[int]:
    """Numbers of the decisions that somebody reads."""
    return [one.number for one in shown_to(case, who)]


def test_the_second_reads_nothing() -> None:
    """Nor does a supervisor, who may become the second; the first reads what is their own."""
    case = after((FIRST, IDENTIFICATION))
    assert numbers(case, SECOND) == numbers(case, SUPERVISOR) == []
    assert numbers(case, FIRST) == [1]


def test_a_conflict_is_read_by_supervisors_alone() -> None:
    """The two read their own, other examiners and investigators nothing."""
    case = after((FIRST, IDENTIFICATION), (SECOND, EXCLUSION))
    assert (numbers(case, FIRST), numbers(case, SECOND)) == ([1], [2])
    assert numbers(case, SUPERVISOR) == numbers(case, OTHER_SUPERVISOR) == [1, 2]
    assert numbers(case, INVESTIGATOR) == []


def test_a_supervisor_who_was_an_examiner_settles_nothing() -> None:
    """So reads nothing of the other side."""
    case = after((SUPERVISOR, IDENTIFICATION), (SECOND, EXCLUSION))
    assert numbers(case, SUPERVISOR) == [1]


def test_after_the_end_everything_is_read() -> None:
    """By everybody of the bureau, and by who settled it while it is in conflict again."""
    settled = after((FIRST, IDENTIFICATION), (SECOND, EXCLUSION), (SUPERVISOR, IDENTIFICATION))
    assert numbers(settled, INVESTIGATOR) == [1, 2, 3]
    again = correct(settled, 1, verdict(EXCLUSION), FIRST, signed(FIRST))
    assert numbers(again, SUPERVISOR) == [1, 2, 3, 4]
    assert numbers(again, FIRST) == [1, 4]
