"""Steps of a notice's life: submitted, published, withdrawn and the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from engine.asker import Asker
from engine.errors import BadRequest, Conflict
from engine.gallery.catalogue import Catalogue
from engine.gallery.notice_log import read_reviews
from engine.noticeboard.acting import Act, Target, acting, conclude, with_notice
from engine.noticeboard.persons import seen_status
from engine.notices import RestrictionMode
from engine.notices.checking import check_request
from engine.notices.events import OF_STEP
from engine.notices.file import NoticeFile
from engine.notices.lifecycle import Step, take_step
from engine.notices.period import expiry_of, has_passed
from engine.notices.review import Verdict, require_verdict
from engine.notices.status import TERMINAL


@dataclass(frozen=True, slots=True)
class StepOrder:
    """A step that somebody wants to take.

    Attributes:
        step: which one.
        reasons: why.
        expires_at: when the notice shall end; of publishing, circulating and renewing.
    """

    step: Step
    reasons: tuple[str, ...] = ()
    expires_at: datetime | None = None


def take(catalogue: Catalogue, target: Target, order: StepOrder, asker: Asker) -> NoticeFile:
    """Take a step.

    Raises:
        NotFound: there is no such notice, or the asker may not see it.
        StaleVersion: it has changed meanwhile.
        Conflict: the step does not start at the notice's status, or lacks a finding.
        Forbidden: it is for somebody else.
        BadRequest: it needs a reason, or the notice breaks the rules of its colour.
    """
    with acting(catalogue, target, asker) as act:
        after = take_step(act.file.notice, order.step, act.party, order.reasons)
        prepared = _PREPARE.get(order.step, _as_it_is)(act, order)
        stands = with_notice(prepared, status=after)
        if after in TERMINAL:
            stands = replace(stands, proposed=None)
        return conclude(act, order.step, stands, order.reasons, OF_STEP[order.step])


def _as_it_is(act: Act, order: StepOrder) -> NoticeFile:
    """Steps that change nothing but the status."""
    return act.file


def _submit(act: Act, order: StepOrder) -> NoticeFile:
    """A request is complete, and keeps to the rules of its colour."""
    notice = act.file.notice
    check_request(notice, seen_status(act.connection, notice, act.asker))
    return act.file


def _publish(act: Act, order: StepOrder) -> NoticeFile:
    """What is published was reviewed, in this very version, and approved."""
    _require(act, Verdict.APPROVE)
    return _begin(act, order)


def _circulate(act: Act, order: StepOrder) -> NoticeFile:
    """A diffusion names those it is for: some bureaus, or all."""
    if act.file.notice.restriction.mode is RestrictionMode.DENY:
        raise BadRequest("a diffusion names its recipients: use ALLOW with a list, or ALL")
    _submit(act, order)
    return _begin(act, order)


def _begin(act: Act, order: StepOrder) -> NoticeFile:
    """The notice comes into force."""
    wish = order.expires_at or act.file.expires_at
    return replace(act.file, published_at=act.at, expires_at=expiry_of(wish, act.at))


def _refuse(act: Act, order: StepOrder) -> NoticeFile:
    """What is refused was found wanting, in this very version."""
    _require(act, Verdict.REFUSE)
    return act.file


def _resume(act: Act, order: StepOrder) -> NoticeFile:
    """What comes back into force must not have ended meanwhile."""
    if has_passed(act.file.expires_at, act.at):
        raise Conflict(f"notice {act.file.key} has ended while it was suspended; cancel it")
    return act.file


def _renew(act: Act, order: StepOrder) -> NoticeFile:
    """The owner has examined the notice again and keeps it."""
    return replace(act.file, expires_at=expiry_of(order.expires_at, act.at), warned_at=None)


def _require(act: Act, verdict: Verdict) -> None:
    """Check the latest finding about the version that readers would see."""
    found = [one.review for one in read_reviews(act.connection, act.file.key)]
    require_verdict(found, act.file.version, verdict)


_PREPARE: Mapping[Step, Callable[[Act, StepOrder], NoticeFile]] = {
    Step.SUBMIT: _submit,
    Step.CIRCULATE: _circulate,
    Step.PUBLISH: _publish,
    Step.REFUSE: _refuse,
    Step.RESUME: _resume,
    Step.RENEW: _renew,
}
"""What a step needs beyond its place in the life, and what it changes beyond the status."""
