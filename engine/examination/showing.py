"""What somebody may read of a case: nobody learns what they have yet to find for themselves."""

from __future__ import annotations

from dataclasses import replace

from engine.examination.case import CLOSED, Case, CaseStatus, Decision, Seat
from engine.examination.examiner import Examiner
from engine.examination.file import CaseFile


def shown_to(case: Case, examiner: Examiner) -> tuple[Decision, ...]:
    """The decisions that somebody may read now.

    Before the case is closed everybody reads their own alone. A supervisor who has given none
    reads both sides of a conflict: to settle it is to weigh them. After the end all are read.
    """
    if case.status in CLOSED or _settles(case, examiner):
        return case.decisions
    return tuple(one for one in case.decisions if one.by.actor == examiner.actor)


def blinded(file: CaseFile, examiner: Examiner) -> CaseFile:
    """The case as somebody may know it now.

    Who opened it is not told before the end either: it is often the first examiner.
    """
    case = replace(file.case, decisions=shown_to(file.case, examiner))
    told = case.status in CLOSED or file.opened.actor == examiner.actor
    opened = file.opened if told else replace(file.opened, actor="")
    return replace(file, case=case, opened=opened)


def _settles(case: Case, examiner: Examiner) -> bool:
    """Whether it is somebody's to settle a conflict."""
    own = case.own(examiner.actor)
    free = own is None or own.seat is Seat.SUPERVISOR
    return case.status is CaseStatus.IN_CONFLICT and examiner.supervises and free
