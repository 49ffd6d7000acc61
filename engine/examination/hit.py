"""A hit: a confirmed identification, between the bureau that searched and the one that owns.

    OPEN -+-> CONFIRMED -> CLOSED      the owner agrees; then the case is dealt with
          +-> REFUSED  -> CLOSED       the owner does not, and says why
    any status -> WITHDRAWN -> OPEN    the identification fell; it was confirmed anew

The owner is asked before anybody acts on a hit (Rules on the Processing of Data, articles
104 to 106).
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from engine.asker import Asker
from engine.errors import BadRequest, Conflict, Forbidden
from engine.identity.roles import Role


class HitStatus(StrEnum):
    """Where a hit stands."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class HitStep(StrEnum):
    """What is done with a hit."""

    CONFIRM = "confirm"
    REFUSE = "refuse"
    CLOSE = "close"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"


class HitSide(StrEnum):
    """Who takes a step."""

    OWNER = "the bureau that owns the record"
    EITHER = "one of the two bureaus"
    EXAMINATION = "the examination"


@dataclass(frozen=True, slots=True)
class HitRule:
    """What a step of a hit needs.

    Attributes:
        before: statuses that it starts at.
        after: where it leads.
        side: who may take it.
        reason: whether a reason must be given.
    """

    before: frozenset[HitStatus]
    after: HitStatus
    side: HitSide
    reason: bool = False


_S = HitStatus

RULES = {
    HitStep.CONFIRM: HitRule(frozenset({_S.OPEN}), _S.CONFIRMED, HitSide.OWNER),
    HitStep.REFUSE: HitRule(frozenset({_S.OPEN}), _S.REFUSED, HitSide.OWNER, reason=True),
    HitStep.CLOSE: HitRule(
        frozenset({_S.CONFIRMED, _S.REFUSED}), _S.CLOSED, HitSide.EITHER, reason=True
    ),
    HitStep.WITHDRAW: HitRule(frozenset(_S) - {_S.WITHDRAWN}, _S.WITHDRAWN, HitSide.EXAMINATION),
    HitStep.REOPEN: HitRule(frozenset({_S.WITHDRAWN}), _S.OPEN, HitSide.EXAMINATION),
}
"""Every step there is; what is not here cannot be done."""


@dataclass(frozen=True, slots=True)
class Sides:
    """The two bureaus of a hit: which searched, and which owns the record."""

    asking: str
    owner: str


def take_hit_step(
    status: HitStatus, step: HitStep, sides: Sides, asker: Asker, reason: str
) -> HitStatus:
    """The status after a step that somebody takes.

    Raises:
        Forbidden: it is for another side, or for an officer.
        Conflict: it does not start at this status.
        BadRequest: it needs a reason.
    """
    rule = RULES[step]
    fits = {HitSide.OWNER: {sides.owner}, HitSide.EITHER: {sides.owner, sides.asking}}
    if asker.ncb not in fits.get(rule.side, set()):
        raise Forbidden(f"{step} is for {rule.side}")
    if Role.NCB_OFFICER not in asker.roles:
        raise Forbidden(f"{step} needs the role {Role.NCB_OFFICER}")
    after = follow(status, step)
    if rule.reason and not reason.strip():
        raise BadRequest(f"reason: {step} needs one")
    return after


def steps_open_to(status: HitStatus, sides: Sides, asker: Asker) -> list[HitStep]:
    """The steps that somebody may take now, given a reason."""
    found = []
    for step in HitStep:
        with suppress(Forbidden, Conflict):
            take_hit_step(status, step, sides, asker, "a reason")
            found.append(step)
    return found


def follow(status: HitStatus, step: HitStep) -> HitStatus:
    """The status after a step, whoever takes it.

    Raises:
        Conflict: the step does not start at this status.
    """
    rule = RULES[step]
    if status not in rule.before:
        raise Conflict(f"a hit that is {status} cannot take the step {step}")
    return rule.after
