"""Findings of the General Secretariat about requests and corrections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from engine.asker import Asker
from engine.errors import Conflict
from engine.gallery.catalogue import Catalogue
from engine.gallery.notice_log import add_review, read_version
from engine.noticeboard.acting import Act, Target, acting, conclude
from engine.noticeboard.drafting import show_content
from engine.notices import NoticeStatus
from engine.notices.events import Event
from engine.notices.file import NoticeFile
from engine.notices.lifecycle import Side, require_side
from engine.notices.record import SignedReview
from engine.notices.review import Review, Verdict, check_review


@dataclass(frozen=True, slots=True)
class Finding:
    """What an examiner found; see `engine.notices.review.Review`."""

    verdict: Verdict
    article_2: bool | None = None
    article_3: bool | None = None
    gravity: bool | None = None
    reasons: tuple[str, ...] = ()


def review(catalogue: Catalogue, target: Target, finding: Finding, asker: Asker) -> NoticeFile:
    """Keep a finding about the version that waits for one.

    About a request it is what publishing and refusing need. About a correction it decides: the
    approved version is what readers see from now on, a refused one never is.

    Raises:
        NotFound: there is no such notice, or the asker may not see it.
        StaleVersion: it has changed meanwhile.
        Forbidden: the asker is no officer of the General Secretariat, or wrote the version.
        Conflict: nothing waits for a review.
        BadRequest: the finding is incomplete.
    """
    with acting(catalogue, target, asker) as act:
        require_side(act.file.notice, Side.SECRETARIAT, act.party, "review")
        _require_waiting(act.file)
        written = read_version(act.connection, act.file.key, act.file.reviewed_version)
        found = Review(
            version=written.number,
            examiner=asker.actor,
            verdict=finding.verdict,
            article_2=finding.article_2,
            article_3=finding.article_3,
            gravity=finding.gravity,
            reasons=finding.reasons,
        )
        check_review(found, act.file.notice.colour, written.by.actor)
        add_review(act.connection, act.file.key, SignedReview(found, act.signature))
        after, event = _decide(act, found.verdict)
        done = f"review-{found.verdict}"
        return conclude(act, done, after, found.reasons, event, found.version)


def _require_waiting(file: NoticeFile) -> None:
    """Check that a version waits for a review.

    Raises:
        Conflict: none does.
    """
    if not is_waiting(file):
        raise Conflict(f"notice {file.key} is {file.notice.status}; nothing waits for a review")


def is_waiting(file: NoticeFile) -> bool:
    """Whether a version of a notice waits for a review."""
    return file.proposed is not None or file.notice.status is NoticeStatus.UNDER_REVIEW


def _decide(act: Act, verdict: Verdict) -> tuple[NoticeFile, Event | None]:
    """What a finding changes at once, and the news of it."""
    if verdict is Verdict.ASK:
        return act.file, Event.QUESTIONED
    if act.file.proposed is None:
        return act.file, None  # the step that follows makes the news
    if verdict is Verdict.REFUSE:
        return replace(act.file, proposed=None), Event.CORRECTION_REFUSED
    content = read_version(act.connection, act.file.key, act.file.proposed).content
    return show_content(act, act.file.proposed, content), _NEWS[act.file.notice.status]


_NEWS: Mapping[NoticeStatus, Event | None] = {
    NoticeStatus.PUBLISHED: Event.CORRECTED,
    NoticeStatus.SUSPENDED: None,  # readers do not see it; they learn when it is resumed
}
