"""The steps of a hit."""

from __future__ import annotations

from itertools import product

import pytest

from engine.asker import Asker
from engine.errors import BadRequest, Conflict, Forbidden
from engine.examination.hit import RULES, HitSide, HitStatus, HitStep, Sides, follow, take_hit_step
from engine.identity.roles import Role

SIDES = Sides("FR", "DE")
OFFICER = frozenset({Role.NCB_OFFICER})


def officer(ncb: str) -> Asker:
    """An officer of a bureau."""
    return Asker(f"officer@{ncb}", ncb, roles=OFFICER)


def test_the_owner_confirms_or_refuses() -> None:
    """With a reason if it refuses; then either side closes the hit."""
    owner = officer("DE")
    assert take_hit_step(HitStatus.OPEN, HitStep.CONFIRM, SIDES, owner, "") is HitStatus.CONFIRMED
    with pytest.raises(BadRequest, match="reason: refuse needs one"):
        take_hit_step(HitStatus.OPEN, HitStep.REFUSE, SIDES, owner, " ")
    refused = take_hit_step(HitStatus.OPEN, HitStep.REFUSE, SIDES, owner, "Another person.")
    for ncb in ("FR", "DE"):
        closed = take_hit_step(refused, HitStep.CLOSE, SIDES, officer(ncb), "Dealt with.")
        assert closed is HitStatus.CLOSED


@pytest.mark.parametrize(
    ("step", "ncb"), list(product(HitStep, ["FR", "DE", "JP", "CCC", "IPSG", ""]))
)
def test_every_step_has_its_side(step: HitStep, ncb: str) -> None:
    """Nobody else takes it, and nobody takes what belongs to the examination."""
    allowed = {HitSide.OWNER: {"DE"}, HitSide.EITHER: {"DE", "FR"}, HitSide.EXAMINATION: set()}
    rule = RULES[step]
    start = min(rule.before)
    if ncb in allowed[rule.side]:
        assert take_hit_step(start, step, SIDES, officer(ncb), "Why.") is rule.after
        with pytest.raises(Forbidden, match="needs the role ncb_officer"):
            take_hit_step(start, step, SIDES, Asker("x", ncb), "Why.")
    else:
        with pytest.raises(Forbidden, match=f"{step} is for {rule.side}"):
            take_hit_step(start, step, SIDES, officer(ncb), "Why.")


@pytest.mark.parametrize(("status", "step"), list(product(HitStatus, HitStep)))
def test_a_step_starts_where_the_table_says(status: HitStatus, step: HitStep) -> None:
    """Elsewhere it is a conflict."""
    if status in RULES[step].before:
        assert follow(status, step) is RULES[step].after
    else:
        with pytest.raises(Conflict, match=f"a hit that is {status} cannot take"):
            follow(status, step)
