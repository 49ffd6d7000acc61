"""Giving a verdict, and correcting one: who may, when, and where the case stands then.

1. Only who may decide gives a verdict, and nobody gives two in one case.
2. The second examiner is another person than the first.
3. Where the two differ a supervisor decides, who is neither of them, and who confirms an
   identification only if one of them has found it.
4. A verdict is final. Who gave it may correct it by a new one that names the old one.
5. A correction to or from an identification is not blind any more once the case was closed or the
   second has spoken: it puts the case in conflict, and a supervisor decides on what stands then.
   So nobody can make a conflict into a confirmed identification by giving in.

Wherever a case is confirmed, two persons at least hold it to be an identification at that time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engine.errors import Conflict, Forbidden
from engine.examination.case import (
    Case,
    CaseStatus,
    Decision,
    Seat,
    closed_as,
    is_identification,
)
from engine.examination.examiner import Examiner
from engine.examination.verdict import Verdict, check_verdict
from engine.notices.signature import Signature


def decide(case: Case, verdict: Verdict, examiner: Examiner, by: Signature) -> Case:
    """The case after a verdict.

    Args:
        case: as it stands.
        verdict: what was found.
        examiner: who found it.
        by: the same person with the time.

    Raises:
        Forbidden: the person may not decide, or has decided in this case.
        Conflict: nobody is waited for, or a supervisor finds an identification that neither
            examiner has found.
        BadRequest: the verdict does not say what it rests on.
    """
    _require_right(examiner)
    seat = seat_for(case, examiner)
    check_verdict(verdict)
    old = case.standing(seat)  # a supervisor's that a later correction has overtaken
    return _settle(_with(case, Decision(0, seat, verdict, by, None if old is None else old.number)))


def seat_for(case: Case, examiner: Examiner) -> Seat:
    """The place in which somebody would decide now.

    Raises:
        Forbidden: the person has decided in this case, or may not settle a conflict.
        Conflict: nobody is waited for.
    """
    if case.status not in _AWAITED:
        raise Conflict("the case is closed; who gave a verdict can correct it")
    seat, own = _AWAITED[case.status], case.own(examiner.actor)
    if own is not None and (seat, own.seat) != (Seat.SUPERVISOR, Seat.SUPERVISOR):
        raise Forbidden("nobody decides twice in one case")
    if seat is Seat.SUPERVISOR and not examiner.supervises:
        raise Forbidden("a conflict is settled by a supervisor")
    return seat


def correct(case: Case, number: int, verdict: Verdict, examiner: Examiner, by: Signature) -> Case:
    """The case after a correction.

    Args:
        case: as it stands.
        number: of the decision that is corrected.
        verdict: that takes its place.
        examiner: who corrects.
        by: the same person with the time.

    Raises:
        Forbidden: the person may not decide.
        Conflict: the decision is not one of the person's that still stands.
        BadRequest: the verdict does not say what it rests on.
    """
    _require_right(examiner)
    old = case.own(examiner.actor)
    if old is None or old.number != number or case.standing(old.seat) != old:
        raise Conflict(f"decision {number} is none of yours that stands in this case")
    check_verdict(verdict)
    after = _with(case, Decision(0, old.seat, verdict, by, old.number))
    if is_identification(old) is is_identification(after.decisions[-1]):
        return after
    if old.seat is not Seat.SUPERVISOR and case.status is not CaseStatus.AWAITING_SECOND:
        return replace(after, status=CaseStatus.IN_CONFLICT)
    if case.status is CaseStatus.IN_CONFLICT:
        raise Conflict("the case waits for a new decision, not for a correction of the last one")
    return _settle(after)


_AWAITED = {
    CaseStatus.AWAITING_FIRST: Seat.FIRST,
    CaseStatus.AWAITING_SECOND: Seat.SECOND,
    CaseStatus.IN_CONFLICT: Seat.SUPERVISOR,
}


def _settle(case: Case) -> Case:
    """The case where it stands after its latest decision.

    Raises:
        Conflict: a supervisor found an identification that neither examiner has found.
    """
    latest = case.decisions[-1]
    sides = [case.standing(seat) for seat in (Seat.FIRST, Seat.SECOND)]
    if latest.seat is Seat.FIRST and case.needs_second:
        return replace(case, status=CaseStatus.AWAITING_SECOND)
    if latest.seat is Seat.SECOND and not _agree(sides):
        return replace(case, status=CaseStatus.IN_CONFLICT)
    if latest.seat is Seat.SUPERVISOR and is_identification(latest) and not _any_found(sides):
        raise Conflict("neither examiner has found an identification that could be confirmed")
    return replace(case, status=closed_as(latest.verdict.conclusion))


def _agree(sides: Sequence[Decision | None]) -> bool:
    """Whether both examiners came to one conclusion."""
    return len({one.verdict.conclusion for one in sides if one is not None}) == 1


def _any_found(sides: Sequence[Decision | None]) -> bool:
    """Whether an examiner holds it to be an identification."""
    return any(is_identification(one) for one in sides if one is not None)


def _with(case: Case, new: Decision) -> Case:
    """The case with a further decision."""
    numbered = replace(new, number=len(case.decisions) + 1)
    return replace(case, decisions=(*case.decisions, numbered))


def _require_right(examiner: Examiner) -> None:
    """Check that somebody may decide.

    Raises:
        Forbidden: the person may not.
    """
    if not examiner.decides or not examiner.ncb:
        raise Forbidden("verdicts are given by the examiners of an organisation")
