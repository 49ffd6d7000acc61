"""Examiners' decisions on candidates, and hits: pure rules, without storage and without HTTP."""

from engine.examination.case import Case, CaseStatus, Decision, Seat
from engine.examination.deciding import correct, decide
from engine.examination.examiner import Examiner, examiner_of
from engine.examination.showing import blinded, shown_to
from engine.examination.verdict import Conclusion, MarkedMinutia, MarkedPair, Verdict

__all__ = [
    "Case",
    "CaseStatus",
    "Conclusion",
    "Decision",
    "Examiner",
    "MarkedMinutia",
    "MarkedPair",
    "Seat",
    "Verdict",
    "blinded",
    "correct",
    "decide",
    "examiner_of",
    "shown_to",
]
