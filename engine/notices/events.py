"""News of notices, and whose inbox it belongs in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from engine.identity.organisations import SECRETARIAT
from engine.notices.audience import may_receive
from engine.notices.lifecycle import Step
from engine.notices.notice import Notice


class Event(StrEnum):
    """What has happened to a notice."""

    REQUESTED = "requested"
    CORRECTION_PROPOSED = "correction-proposed"

    UNDER_REVIEW = "under-review"
    QUESTIONED = "questioned"
    REFUSED = "refused"
    CORRECTION_REFUSED = "correction-refused"
    EXPIRES_SOON = "expires-soon"

    PUBLISHED = "published"
    CIRCULATED = "circulated"
    CORRECTED = "corrected"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    RENEWED = "renewed"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


OF_STEP: Mapping[Step, Event] = {
    Step.SUBMIT: Event.REQUESTED,
    Step.TAKE_UP: Event.UNDER_REVIEW,
    Step.PUBLISH: Event.PUBLISHED,
    Step.REFUSE: Event.REFUSED,
    Step.SUSPEND: Event.SUSPENDED,
    Step.RESUME: Event.RESUMED,
    Step.WITHDRAW: Event.WITHDRAWN,
    Step.CANCEL: Event.CANCELLED,
    Step.RENEW: Event.RENEWED,
    Step.EXPIRE: Event.EXPIRED,
    Step.CIRCULATE: Event.CIRCULATED,
}
"""The news that a step makes."""

FOR_SECRETARIAT = frozenset({Event.REQUESTED, Event.CORRECTION_PROPOSED})
FOR_OWNER = frozenset(
    {
        Event.UNDER_REVIEW,
        Event.QUESTIONED,
        Event.REFUSED,
        Event.CORRECTION_REFUSED,
        Event.EXPIRES_SOON,
    }
)


def receivers(notice: Notice, event: Event, members: Iterable[str]) -> list[str]:
    """Codes of the organisations that get the news.

    Args:
        notice: as it stands after the event.
        event: what has happened.
        members: codes of all bureaus.
    """
    if event in FOR_SECRETARIAT:
        return [SECRETARIAT]
    if event in FOR_OWNER:
        return [notice.ncb]
    everybody = sorted({*members, notice.ncb, SECRETARIAT})
    return [ncb for ncb in everybody if may_receive(notice, ncb)]
