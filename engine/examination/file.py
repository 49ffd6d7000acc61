"""Cases and hits with what is known of them on record."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from engine.errors import BadRequest
from engine.examination.case import Case
from engine.examination.hit import HitStatus, HitStep, Sides
from engine.notices.signature import Signature

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class FoundCandidate:
    """A candidate as a search has shown it.

    Attributes:
        search: which search: `job:` or `transaction:` and its id.
        person_id, print_id: of the candidate.
        score: as it was shown, 0 to 1.
        probe_sha256: hash of the probe, which itself is not kept.
    """

    search: str
    person_id: str
    print_id: int
    score: float
    probe_sha256: str


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case on record.

    Attributes:
        id: unique, 32 hexadecimal digits.
        candidate: what it is about.
        owner: code of the bureau that owned the candidate's record.
        purpose, case_ref: of the search.
        opened: who opened it, for which bureau, and when.
        case: where it stands.
    """

    id: str
    candidate: FoundCandidate
    owner: str
    purpose: str
    case_ref: str
    opened: Signature
    case: Case

    @property
    def ncb(self) -> str:
        """The bureau that searched, whose case it is."""
        return self.opened.ncb


@dataclass(frozen=True, slots=True)
class HitFile:
    """A hit on record.

    Attributes:
        id: unique, 32 hexadecimal digits.
        sides: the two bureaus.
        regions: that the two bureaus were in.
        person_id: who was found.
        search: by which search of the asking bureau.
        purpose, case_ref: of that search.
        opened_at: when.
        status: where it stands.
        revision: counts its changes, from 1.
    """

    id: str
    sides: Sides
    regions: Sides
    person_id: str
    search: str
    purpose: str
    case_ref: str
    opened_at: datetime
    status: HitStatus = HitStatus.OPEN
    revision: int = 1


@dataclass(frozen=True, slots=True)
class HitChange:
    """One thing that was done with a hit.

    Attributes:
        revision: of the hit after it.
        act: a step, or `open`.
        status: of the hit after it.
        reason: why; may be empty.
        by: who did it.
    """

    revision: int
    act: str
    status: HitStatus
    reason: str
    by: Signature


OPENED = "open"
"""The first act of a hit."""

ACTS = (OPENED, *HitStep)
"""Names of all that can be done with a hit."""


def check_id(field: str, text: str) -> str:
    """An id that a caller has chosen.

    Raises:
        BadRequest: it is none.
    """
    if not _ID.fullmatch(text):
        raise BadRequest(f"{field} {text!r}: use 1 to 64 letters, digits and . _ : -")
    return text


def check_candidate(candidate: FoundCandidate) -> None:
    """Check what is said of a candidate.

    Raises:
        BadRequest: search, score or hash are none.
    """
    kind, _, number = candidate.search.partition(":")
    if kind not in ("job", "transaction"):
        raise BadRequest(f"search {candidate.search!r}: name it as job:ID or transaction:ID")
    check_id("search", number)
    if not 0 <= candidate.score <= 1:
        raise BadRequest(f"score {candidate.score}: it is from 0 to 1")
    if not _SHA256.fullmatch(candidate.probe_sha256):
        raise BadRequest("probe_sha256: give the SHA-256 of the probe as 64 hexadecimal digits")
