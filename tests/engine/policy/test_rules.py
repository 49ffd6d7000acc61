"""Who may see and who may change a record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from engine.asker import Asker
from engine.identity.clearance import Clearance
from engine.identity.roles import Role
from engine.notices.restriction import EVERYBODY, Restriction, RestrictionMode
from engine.persons import PersonStatus
from engine.policy import Handling, Purpose, RecordFacts, may_change, may_find, may_see

TODAY = date(2026, 1, 2)
NCBS = st.sampled_from(["FR", "DE", "JP", "IPSG", "CCC"])
LISTS = st.builds(
    Restriction,
    st.sampled_from([RestrictionMode.ALLOW, RestrictionMode.DENY]),
    st.frozensets(NCBS, min_size=1),
)
HANDLING = st.builds(Handling, st.just(EVERYBODY) | LISTS, st.sampled_from(Clearance))
RECORDS = st.builds(
    RecordFacts,
    owner=st.sampled_from(["FR", "DE", "JP"]),
    status=st.sampled_from(PersonStatus),
    retention_until=st.dates(TODAY - timedelta(3), TODAY + timedelta(3)),
    handling=st.lists(HANDLING, min_size=1, max_size=2).map(tuple),
)
ASKERS = st.builds(
    Asker,
    actor=st.just("somebody"),
    ncb=NCBS | st.just(""),
    purpose=st.sampled_from([*Purpose, "", "free text"]),
    roles=st.frozensets(st.sampled_from(Role)),
    clearance=st.sampled_from(Clearance),
)


@given(ASKERS, RECORDS)
def test_nobody_sees_above_clearance_or_after_retention(asker: Asker, record: RecordFacts) -> None:
    """Not even the owner."""
    if asker.clearance < record.classification or record.retention_until < TODAY:
        assert not may_see(asker, record, TODAY)


@given(ASKERS, RECORDS)
def test_a_restriction_takes_nothing_from_the_owner(asker: Asker, record: RecordFacts) -> None:
    """Whatever it says, its own people see what they would see without it."""
    own = replace(asker, ncb=record.owner)
    free = tuple(replace(one, restriction=EVERYBODY) for one in record.handling)
    assert may_see(own, record, TODAY) == may_see(own, replace(record, handling=free), TODAY)


@given(ASKERS, RECORDS, HANDLING)
def test_a_part_is_never_open_wider_than_the_whole(
    asker: Asker, record: RecordFacts, own: Handling
) -> None:
    """A print's own handling can only hide it from more."""
    part = replace(record, handling=(*record.handling, own))
    assert may_see(asker, record, TODAY) or not may_see(asker, part, TODAY)


@given(ASKERS, RECORDS)
def test_a_search_finds_only_what_may_be_seen(asker: Asker, record: RecordFacts) -> None:
    """And no witness unless prints are to be eliminated."""
    if may_find(asker, record, TODAY):
        assert may_see(asker, record, TODAY)
        assert record.status is not PersonStatus.WITNESS or asker.purpose == "elimination"


@given(ASKERS, RECORDS)
def test_only_officers_of_the_owner_change(asker: Asker, record: RecordFacts) -> None:
    """Of what they may see."""
    if may_change(asker, record, TODAY):
        assert asker.ncb == record.owner
        assert Role.NCB_OFFICER in asker.roles
        assert may_see(asker, record, TODAY)


@given(ASKERS, RECORDS)
def test_the_secretariat_has_no_privilege(asker: Asker, record: RecordFacts) -> None:
    """It sees another's record only as a bureau that is treated like it would."""
    for code in ("IPSG", "CCC"):
        if not record.admits(code):
            assert not may_see(replace(asker, ncb=code), record, TODAY)
