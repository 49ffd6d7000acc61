"""The life of a notice: which step leads where, who may take it, and what it needs.

    DRAFT -> REQUESTED -> UNDER_REVIEW -+-> PUBLISHED -+-> SUSPENDED -> PUBLISHED | CANCELLED
                                        +-> REFUSED    +-> WITHDRAWN   by its bureau
                                                       +-> CANCELLED   by the General Secretariat
                                                       +-> EXPIRED     by the calendar

A diffusion goes from DRAFT to CIRCULATED and ends as withdrawn, cancelled or expired.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from engine.errors import BadRequest, Conflict, Forbidden
from engine.notices.notice import Notice
from engine.notices.party import OFFICER, Party
from engine.notices.status import Kind, NoticeStatus


class Step(StrEnum):
    """What is done with a notice as a whole."""

    SUBMIT = "submit"
    TAKE_UP = "take-up"
    PUBLISH = "publish"
    REFUSE = "refuse"
    SUSPEND = "suspend"
    RESUME = "resume"
    WITHDRAW = "withdraw"
    CANCEL = "cancel"
    RENEW = "renew"
    EXPIRE = "expire"
    CIRCULATE = "circulate"


class Side(StrEnum):
    """Who takes a step."""

    OWNER = "its bureau"
    SECRETARIAT = "the General Secretariat"
    CALENDAR = "the calendar"


@dataclass(frozen=True, slots=True)
class Rule:
    """One arrow of the drawing.

    Attributes:
        kind: of the notice.
        step: name of the arrow.
        before, after: where it starts and ends.
        side: who may take it.
        reason: whether a reason must be given.
    """

    kind: Kind
    step: Step
    before: NoticeStatus
    after: NoticeStatus
    side: Side
    reason: bool = False


_S = NoticeStatus
_N, _D = Kind.NOTICE, Kind.DIFFUSION
_OWNER, _SECRETARIAT, _CALENDAR = Side.OWNER, Side.SECRETARIAT, Side.CALENDAR

RULES: tuple[Rule, ...] = (
    Rule(_N, Step.SUBMIT, _S.DRAFT, _S.REQUESTED, _OWNER),
    Rule(_N, Step.TAKE_UP, _S.REQUESTED, _S.UNDER_REVIEW, _SECRETARIAT, reason=True),
    Rule(_N, Step.PUBLISH, _S.UNDER_REVIEW, _S.PUBLISHED, _SECRETARIAT),
    Rule(_N, Step.REFUSE, _S.UNDER_REVIEW, _S.REFUSED, _SECRETARIAT, reason=True),
    Rule(_N, Step.SUSPEND, _S.PUBLISHED, _S.SUSPENDED, _SECRETARIAT, reason=True),
    Rule(_N, Step.RESUME, _S.SUSPENDED, _S.PUBLISHED, _SECRETARIAT, reason=True),
    Rule(_N, Step.WITHDRAW, _S.PUBLISHED, _S.WITHDRAWN, _OWNER, reason=True),
    Rule(_N, Step.CANCEL, _S.PUBLISHED, _S.CANCELLED, _SECRETARIAT, reason=True),
    Rule(_N, Step.CANCEL, _S.SUSPENDED, _S.CANCELLED, _SECRETARIAT, reason=True),
    Rule(_N, Step.RENEW, _S.PUBLISHED, _S.PUBLISHED, _OWNER, reason=True),
    Rule(_N, Step.EXPIRE, _S.PUBLISHED, _S.EXPIRED, _CALENDAR),
    Rule(_D, Step.CIRCULATE, _S.DRAFT, _S.CIRCULATED, _OWNER),
    Rule(_D, Step.WITHDRAW, _S.CIRCULATED, _S.WITHDRAWN, _OWNER, reason=True),
    Rule(_D, Step.CANCEL, _S.CIRCULATED, _S.CANCELLED, _SECRETARIAT, reason=True),
    Rule(_D, Step.RENEW, _S.CIRCULATED, _S.CIRCULATED, _OWNER, reason=True),
    Rule(_D, Step.EXPIRE, _S.CIRCULATED, _S.EXPIRED, _CALENDAR),
)
"""Every arrow there is; what is not here cannot be done."""


def check_status(notice: Notice) -> None:
    """Check that a notice can have its status: no diffusion is published, no notice circulated.

    Raises:
        BadRequest: it cannot.
    """
    possible = {
        status for rule in RULES if rule.kind is notice.kind for status in (rule.before, rule.after)
    }
    if notice.status not in possible:
        raise BadRequest(f"{notice.kind} {notice.entity_id} cannot be {notice.status}")


def rule_for(kind: Kind, status: NoticeStatus, step: Step) -> Rule:
    """The arrow of a step from a status.

    Raises:
        Conflict: there is none.
    """
    for rule in RULES:
        if (rule.kind, rule.before, rule.step) == (kind, status, step):
            return rule
    raise Conflict(f"a {kind} that is {status} cannot take the step {step}")


def take_step(notice: Notice, step: Step, party: Party, reasons: Sequence[str]) -> NoticeStatus:
    """The status after a step.

    Args:
        notice: as it stands.
        step: to take.
        party: who takes it.
        reasons: why.

    Raises:
        Conflict: the step does not start at this status.
        Forbidden: it is for another side, or for another role.
        BadRequest: it needs a reason.
    """
    rule = rule_for(notice.kind, notice.status, step)
    if rule.side is Side.CALENDAR:
        raise Forbidden(f"{step} is a step of {Side.CALENDAR}")
    require_side(notice, rule.side, party, step)
    if rule.reason and not any(reason.strip() for reason in reasons):
        raise BadRequest(f"{step} needs a reason")
    return rule.after


def steps_open_to(notice: Notice, party: Party) -> list[Rule]:
    """The arrows that a party may take from where a notice stands, as far as its life tells."""
    return [
        rule
        for rule in RULES
        if (rule.kind, rule.before) == (notice.kind, notice.status)
        and may_act(notice, rule.side, party)
    ]


def may_act(notice: Notice, side: Side, party: Party) -> bool:
    """Whether a party may act for a side."""
    return side is not Side.CALENDAR and _is_of(notice, side, party) and OFFICER in party.roles


def _is_of(notice: Notice, side: Side, party: Party) -> bool:
    """Whether a party is of the organisation of a side."""
    fits = party.is_secretariat if side is Side.SECRETARIAT else party.ncb == notice.ncb
    return fits and bool(party.ncb)


def require_side(notice: Notice, side: Side, party: Party, act: str) -> None:
    """Check that a party may act for a side.

    Raises:
        Forbidden: it is of another organisation, or has no such role there.
    """
    if not _is_of(notice, side, party):
        raise Forbidden(f"{act} is for {side}")
    if OFFICER not in party.roles:
        raise Forbidden(f"{act} needs the role {OFFICER}")
