"""The life of a notice: every path through it, found by trying."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import BadRequest, Conflict, Forbidden, WhorlError
from engine.identity.organisations import SECRETARIAT
from engine.identity.roles import Role
from engine.notices import Colour, Kind, Notice, NoticeStatus
from engine.notices.lifecycle import RULES, Side, Step, take_step
from engine.notices.party import OFFICER, Party
from engine.notices.status import TERMINAL, UNREAD

S = NoticeStatus
OWNER = Party("a@fr", "FR", frozenset({OFFICER}))
SECRETARY = Party("b@ipsg", SECRETARIAT, frozenset({OFFICER}))
STRANGER = Party("c@jp", "JP", frozenset({OFFICER}))
PARTIES = st.sampled_from([OWNER, SECRETARY, STRANGER])
PATHS = st.lists(st.tuples(st.sampled_from(Step), PARTIES), max_size=30)


def walk(kind: Kind, path: list[tuple[Step, Party]]) -> list[NoticeStatus]:
    """The statuses that a notice goes through; steps that are refused change nothing."""
    notice = Notice(Colour.BLUE, "2024/1", "FR", S.DRAFT, kind=kind)
    seen = [notice.status]
    for step, party in path:
        try:
            after = take_step(notice, step, party, ["A reason."])
        except WhorlError:
            continue
        notice = replace(notice, status=after)
        seen.append(after)
    return seen


@given(PATHS)
def test_nothing_is_published_that_was_not_under_review(path: list[tuple[Step, Party]]) -> None:
    """No path leads a notice to PUBLISHED but through UNDER_REVIEW."""
    seen = walk(Kind.NOTICE, path)
    if S.PUBLISHED in seen:
        assert seen[: seen.index(S.PUBLISHED)] == [S.DRAFT, S.REQUESTED, S.UNDER_REVIEW]
    assert S.CIRCULATED not in seen


@given(PATHS)
def test_a_diffusion_is_never_published(path: list[tuple[Step, Party]]) -> None:
    """It is circulated, and neither requested nor reviewed."""
    seen = set(walk(Kind.DIFFUSION, path))
    assert not seen & {S.PUBLISHED, S.SUSPENDED, S.REFUSED, S.REQUESTED, S.UNDER_REVIEW}


@given(PATHS, st.sampled_from(Kind))
def test_an_end_is_an_end(path: list[tuple[Step, Party]], kind: Kind) -> None:
    """After refused, withdrawn, cancelled or expired nothing follows."""
    seen = walk(kind, path)
    ends = [place for place, status in enumerate(seen) if status in TERMINAL]
    assert ends in ([], [len(seen) - 1])


@given(PATHS, st.sampled_from(Kind))
def test_nobody_goes_back_behind_a_decision(path: list[tuple[Step, Party]], kind: Kind) -> None:
    """What readers have seen does not become a draft or a request again."""
    seen = walk(kind, path)
    first = next((place for place, s in enumerate(seen) if s not in UNREAD), len(seen))
    assert not UNREAD & set(seen[first:])


@given(st.sampled_from(RULES), st.sampled_from([OWNER, SECRETARY, STRANGER, Party("d", "")]))
def test_a_step_is_taken_by_its_side_alone(rule: object, party: Party) -> None:
    """The owner's by the owner, the secretariat's by the secretariat, the calendar's by nobody."""
    notice = Notice(Colour.BLUE, "2024/1", "FR", rule.before, kind=rule.kind)
    sides = {OWNER: Side.OWNER, SECRETARY: Side.SECRETARIAT}
    if sides.get(party) is rule.side:
        assert take_step(notice, rule.step, party, ["A reason."]) is rule.after
    else:
        with pytest.raises(Forbidden):
            take_step(notice, rule.step, party, ["A reason."])


@given(st.sampled_from(RULES), st.sets(st.sampled_from(Role)))
def test_a_step_needs_the_role(rule: object, roles: set[Role]) -> None:
    """Whoever is no officer there takes no step, whatever other roles they have."""
    notice = Notice(Colour.BLUE, "2024/1", "FR", rule.before, kind=rule.kind)
    ncb = "FR" if rule.side is Side.OWNER else SECRETARIAT
    if OFFICER not in roles or rule.side is Side.CALENDAR:
        with pytest.raises(Forbidden):
            take_step(notice, rule.step, Party("a", ncb, frozenset(roles)), ["A reason."])


@given(st.sampled_from([rule for rule in RULES if rule.reason]), st.sampled_from([[], [""], [" "]]))
def test_a_reason_cannot_be_left_out(rule: object, reasons: list[str]) -> None:
    """Nor be blank."""
    notice = Notice(Colour.BLUE, "2024/1", "FR", rule.before, kind=rule.kind)
    party = OWNER if rule.side is Side.OWNER else SECRETARY
    with pytest.raises(BadRequest, match="needs a reason"):
        take_step(notice, rule.step, party, reasons)


@given(st.sampled_from(Kind), st.sampled_from(NoticeStatus), st.sampled_from(Step))
def test_there_is_no_other_arrow(kind: Kind, status: NoticeStatus, step: Step) -> None:
    """A step that the table does not have is a conflict for everybody."""
    if any((r.kind, r.before, r.step) == (kind, status, step) for r in RULES):
        return
    notice = Notice(Colour.BLUE, "2024/1", "FR", status, kind=kind)
    for party in (OWNER, SECRETARY):
        with pytest.raises(Conflict):
            take_step(notice, step, party, ["A reason."])
