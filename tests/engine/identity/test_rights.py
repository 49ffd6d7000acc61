"""The pure rules: roles, who manages whom, lock-out, codes and names."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.asker import Asker
from engine.errors import BadRequest, Forbidden
from engine.identity.clearance import Clearance, parse_clearance
from engine.identity.lockout import FREE_FAILURES, LONGEST_DELAY, delay_after, is_locked
from engine.identity.management import (
    oversees,
    require_holding,
    require_power_over,
    require_right_to_disable,
)
from engine.identity.organisations import (
    Organisation,
    OrganisationKind,
    make_sub_bureau,
    parse_languages,
)
from engine.identity.roles import (
    FIRST_ROLES,
    ROLE_SCOPES,
    Role,
    Scope,
    known_scopes,
    parse_roles,
    scope_text,
    scopes_of,
)
from engine.identity.users import User, asker_of_user, check_user, make_user_id

FR = Organisation("FR", "France", OrganisationKind.NCB)
CN = Organisation("CN", "China", OrganisationKind.NCB)
HK = make_sub_bureau(CN, "hk", "Hong Kong")
IPSG = Organisation("IPSG", "General Secretariat", OrganisationKind.SECRETARIAT)


def user(login: str, organisation: Organisation = FR, *roles: Role) -> User:
    """A user with a clearance in the middle."""
    roles = roles or (Role.NCB_OFFICER,)
    user_id = make_user_id(login, organisation)
    return User(user_id, login, organisation, frozenset(roles), Clearance.RESTRICTED)


def asker(one: User) -> Asker:
    """The user with all rights of the roles."""
    return asker_of_user(one, one.scopes)


def test_every_role_is_in_the_table() -> None:
    """And each lets its holder do something; auditors only read the chain."""
    assert set(ROLE_SCOPES) == set(Role)
    assert all(ROLE_SCOPES.values())
    assert ROLE_SCOPES[Role.AUDITOR] == {Scope.AUDIT_READ}


def test_the_first_administrator_can_give_every_role() -> None:
    """Nobody else could; an administrator alone sees no records."""
    first = replace(asker(user("a", IPSG)), scopes=scopes_of(FIRST_ROLES))
    require_holding(first, list(Role), Clearance.RESTRICTED)
    assert not ROLE_SCOPES[Role.ADMIN] & {Scope.SEARCH, Scope.READ, Scope.ENROL}


@pytest.mark.parametrize("granter", list(Role))
@pytest.mark.parametrize("given_role", list(Role))
def test_nobody_gives_what_they_do_not_hold(granter: Role, given_role: Role) -> None:
    """A role can be given exactly by who holds all its scopes."""
    one = asker(user("a", FR, granter))
    holds = ROLE_SCOPES[given_role] <= ROLE_SCOPES[granter]
    if holds:
        require_holding(one, [given_role], Clearance.OFFICIAL)
    else:
        with pytest.raises(Forbidden, match="you do not hold"):
            require_holding(one, [given_role], Clearance.OFFICIAL)


def test_nobody_gives_more_clearance_than_they_have() -> None:
    """Restricted may give restricted, not confidential."""
    one = asker(user("a"))
    require_holding(one, [Role.EXAMINER], Clearance.RESTRICTED)
    with pytest.raises(Forbidden, match="your clearance is restricted"):
        require_holding(one, [Role.EXAMINER], Clearance.CONFIDENTIAL)


def test_officers_oversee_their_bureau_and_what_is_below() -> None:
    """An NCB its sub-bureaus, these neither the NCB nor others; administrators all."""
    of_cn, of_hk = asker(user("a", CN)), asker(user("a", HK))
    assert [oversees(of_cn, one) for one in (CN, HK, FR)] == [True, True, False]
    assert [oversees(of_hk, one) for one in (CN, HK, FR)] == [False, True, False]
    admin = asker(user("a", IPSG, Role.ADMIN))
    assert all(oversees(admin, one) for one in (CN, HK, FR, IPSG))
    assert not oversees(asker(user("a", FR, Role.EXAMINER)), FR)


def test_nobody_changes_who_has_more_rights_or_themselves() -> None:
    """Else an officer could reset an administrator's password and be one."""
    officer, admin = user("a", IPSG), user("b", IPSG, *FIRST_ROLES)
    with pytest.raises(Forbidden, match="you do not hold"):
        require_power_over(asker(officer), admin)
    with pytest.raises(Forbidden, match="their own account"):
        require_power_over(asker(admin), admin)
    require_power_over(asker(admin), officer)


def test_an_administrator_can_stop_anybody_else() -> None:
    """Also somebody with rights that administrators lack."""
    admin = user("a", IPSG, Role.ADMIN)
    require_right_to_disable(asker(admin), user("b", FR, Role.EXAMINER))
    with pytest.raises(Forbidden):
        require_power_over(asker(admin), user("b", FR, Role.EXAMINER))
    with pytest.raises(Forbidden):
        require_right_to_disable(asker(admin), admin)


def test_a_disabled_user_holds_nothing() -> None:
    """Whatever the roles."""
    assert not replace(user("a"), active=False).scopes


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_the_lock_grows_and_has_an_end(first: int, second: int) -> None:
    """More failures never lock for less, and none for good."""
    few, many = sorted((first, second))
    assert timedelta(0) <= delay_after(few) <= delay_after(many) <= LONGEST_DELAY


def test_typing_errors_do_not_lock() -> None:
    """The fifth wrong password in a row does, for a while."""
    now = datetime.now(UTC)
    assert not is_locked(FREE_FAILURES, now, now)
    assert is_locked(FREE_FAILURES + 1, now, now)
    assert not is_locked(FREE_FAILURES + 1, now - timedelta(seconds=30), now)
    assert not is_locked(0, None, now)


@given(st.sets(st.sampled_from(list(Scope))))
def test_scopes_survive_the_token(scopes: set[Scope]) -> None:
    """As text and back, in company of words that are not ours."""
    assert known_scopes(f"openid {scope_text(scopes)} profile") == scopes


@pytest.mark.parametrize("names", [[], ["boss"], ["examiner", "Boss"]])
def test_unknown_roles_are_named(names: list[str]) -> None:
    """With the known ones."""
    with pytest.raises(BadRequest, match="known are: investigator"):
        parse_roles(names)


@pytest.mark.parametrize("login", ["", "@", "a b", "a@de", "-a", "a" * 49, "a\nb", "ä", "a/b"])
def test_malformed_logins_are_refused(login: str) -> None:
    """Ids stand in paths and logs, and end with their own bureau."""
    with pytest.raises(BadRequest, match="login"):
        make_user_id(login, FR)
    assert make_user_id("Martin@FR", FR) == "martin@fr"


def test_names_and_subjects_are_plain_text() -> None:
    """Nothing that could forge a line of a log."""
    for name in ("", " ", "x" * 201, "a\nb"):
        with pytest.raises(BadRequest, match="name"):
            check_user(replace(user("a"), name=name))
    with pytest.raises(BadRequest, match="subject"):
        check_user(replace(user("a"), subject=""))


def test_a_service_is_nothing_else() -> None:
    """People's roles would let it sign in without a person."""
    with pytest.raises(BadRequest, match="role service alone"):
        check_user(user("a", FR, Role.SERVICE, Role.NCB_OFFICER))


def test_sub_bureaus_act_for_their_ncb() -> None:
    """Their code starts with its; organisations without members have none."""
    assert (HK.code, HK.ncb, HK.parent) == ("CN-HK", "CN", "CN")
    assert asker(user("a", HK)).ncb == "CN"
    assert asker(user("a", HK)).bureau == "CN-HK"
    for parent in (HK, IPSG):
        with pytest.raises(BadRequest, match="only NCBs"):
            make_sub_bureau(parent, "XX", "Nowhere")
    with pytest.raises(BadRequest, match="letters and digits"):
        make_sub_bureau(CN, "H/K", "Hong Kong")


def test_unknown_levels_and_languages_are_named() -> None:
    """With the known ones."""
    assert parse_clearance(" Restricted ") is Clearance.RESTRICTED
    with pytest.raises(BadRequest, match="known are: official, restricted, confidential"):
        parse_clearance("secret")
    assert parse_languages(["FR", "en", "fr"]) == ("fr", "en")
    with pytest.raises(BadRequest, match="unknown language 'de'"):
        parse_languages(["de"])
