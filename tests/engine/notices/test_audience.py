"""Who may see a notice."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from engine.identity.organisations import SECRETARIAT
from engine.notices import (
    EVERYBODY,
    Colour,
    Kind,
    Notice,
    NoticeStatus,
    may_receive,
    visible_to,
)
from engine.notices.status import IN_FORCE
from notice_support import all_but, only

CODES = ["", "FR", "JP", "NA", SECRETARIAT, "CCC"]
RESTRICTIONS = st.one_of(
    st.just(EVERYBODY),
    st.sets(st.sampled_from(["FR", "JP", "NA"]), min_size=1).map(lambda codes: only(*codes)),
    st.sets(st.sampled_from(["FR", "JP", "NA"]), min_size=1).map(lambda codes: all_but(*codes)),
)
NOTICES = st.builds(
    Notice,
    colour=st.sampled_from(Colour),
    entity_id=st.just("2024/1"),
    ncb=st.sampled_from(["FR", SECRETARIAT]),
    status=st.sampled_from(NoticeStatus),
    kind=st.sampled_from(Kind),
    restriction=RESTRICTIONS,
)


@given(NOTICES)
def test_the_owner_always_sees_it(notice: Notice) -> None:
    """Whatever the status, and whatever list it is on or not on."""
    assert visible_to(notice, notice.ncb)
    assert may_receive(notice, notice.ncb)


@given(NOTICES, st.sampled_from(["JP", "NA", "CCC", ""]))
def test_others_see_only_what_is_in_force_and_meant_for_them(notice: Notice, ncb: str) -> None:
    """No status but those in force, and no bureau that the restriction does not admit."""
    seen = visible_to(notice, ncb)
    assert seen == (notice.status in IN_FORCE and notice.restriction.admits(ncb))


@given(NOTICES.filter(lambda notice: notice.ncb != SECRETARIAT))
def test_the_secretariat_sees_requests_but_no_drafts_and_no_diffusions(notice: Notice) -> None:
    """It reviews what is asked of it; a diffusion reaches it only as a recipient."""
    if notice.kind is Kind.NOTICE:
        assert visible_to(notice, SECRETARIAT) == (notice.status is not NoticeStatus.DRAFT)
    elif not notice.restriction.admits(SECRETARIAT):
        assert not visible_to(notice, SECRETARIAT)


@given(NOTICES, st.sampled_from(CODES))
def test_a_denied_bureau_never_sees_it(notice: Notice, ncb: str) -> None:
    """A list of denied bureaus hides it from each of them, in any state."""
    denied = replace(notice, restriction=all_but(ncb or "JP"), kind=Kind.DIFFUSION)
    if ncb != denied.ncb:
        assert not visible_to(denied, ncb or "JP")


@given(NOTICES.filter(lambda notice: notice.restriction.ncbs))
def test_who_names_no_bureau_passes_no_list(notice: Notice) -> None:
    """An asker without a bureau sees what everybody sees and nothing else."""
    assert not visible_to(notice, "")
