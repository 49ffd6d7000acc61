"""The review of a request by the General Secretariat, before anything is published.

Constitution, article 2: human rights. Article 3: no political, military, religious or racial
matter. Rules on the Processing of Data, article 83: a Red notice needs an offence of some gravity.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from engine.errors import BadRequest, Conflict, Forbidden
from engine.notices.colour import Colour


class Verdict(StrEnum):
    """What an examiner finds."""

    APPROVE = "approve"
    REFUSE = "refuse"
    ASK = "ask"
    """Questions to the bureau; it may answer with a changed request."""


@dataclass(frozen=True, slots=True)
class Review:
    """One examiner's finding about one version of a request.

    Attributes:
        version: the version that was read.
        examiner: who read it.
        verdict: the finding.
        article_2: whether the request respects human rights; None if not examined.
        article_3: whether it keeps clear of political, military, religious and racial matters.
        gravity: whether the offence is grave enough; of Red notices only.
        reasons: of a refusal, or the questions.
    """

    version: int
    examiner: str
    verdict: Verdict
    article_2: bool | None = None
    article_3: bool | None = None
    gravity: bool | None = None
    reasons: tuple[str, ...] = field(default=())


def check_review(review: Review, colour: Colour, author: str) -> None:
    """Check that a finding is complete and agrees with itself.

    Args:
        review: the finding.
        colour: of the notice.
        author: who wrote the version.

    Raises:
        Forbidden: the examiner wrote the version.
        BadRequest: it approves without having examined everything, or refuses without a reason.
    """
    if review.examiner == author:
        raise Forbidden("nobody reviews what they wrote themselves")
    if review.gravity is not None and colour is not Colour.RED:
        raise BadRequest("gravity is a question of Red notices alone")
    if review.verdict is not Verdict.APPROVE:
        if not any(reason.strip() for reason in review.reasons):
            raise BadRequest(f"the verdict {review.verdict} needs a reason")
        return
    for name in ("article_2", "article_3", *(("gravity",) if colour is Colour.RED else ())):
        if getattr(review, name) is not True:
            raise BadRequest(f"approval needs {name} to be examined and found in order")


def require_verdict(reviews: Sequence[Review], version: int, verdict: Verdict) -> None:
    """Check that the latest finding about a version is the one that a step needs.

    Raises:
        Conflict: this version was not reviewed, or with another finding.
    """
    found = [review.verdict for review in reviews if review.version == version]
    if not found or found[-1] is not verdict:
        state = f"found: {found[-1]}" if found else "not reviewed"
        raise Conflict(f"version {version} is {state}; the step needs the verdict {verdict}")
