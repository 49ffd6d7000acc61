"""Signing in, going on and signing out, on both databases."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from engine.asker import Asker
from engine.errors import BadToken, Forbidden, SignInRefused
from engine.gallery.gallery import Gallery
from engine.gallery.identity_tables import account, refresh_token, sign_in
from engine.gallery.tables import audit
from engine.identity.accounts import (
    NewUser,
    UserChange,
    change_user,
    create_user,
    disable_user,
    enable_user,
    reset_password,
)
from engine.identity.issuer import Issuer
from engine.identity.lockout import FREE_FAILURES
from engine.identity.proof import REFUSED, change_password
from engine.identity.roles import ROLE_SCOPES, Role, Scope
from engine.identity.rotation import rotate_keys
from engine.identity.users import User

PASSWORD = "an invented password"

MakeUser = Callable[..., User]


@pytest.fixture
def martin(make_user: MakeUser) -> User:
    """An examiner."""
    return make_user("martin")


def refused(issuer: Issuer, user_id: str, password: str) -> str:
    """How a sign-in is refused."""
    with pytest.raises(SignInRefused) as told:
        issuer.sign_in(user_id, password, None)
    return str(told.value)


def test_a_token_carries_the_rights_of_the_roles(issuer: Issuer, martin: User) -> None:
    """Or those of them that are asked for."""
    grant = issuer.sign_in(martin.id, PASSWORD, None)
    assert issuer.verify(grant.access_token).scopes == ROLE_SCOPES[Role.EXAMINER]
    wanted = frozenset({Scope.SEARCH, Scope.ADMIN})
    less = issuer.sign_in(martin.id, PASSWORD, wanted)
    assert issuer.verify(less.access_token).scopes == {Scope.SEARCH}
    with pytest.raises(Forbidden):
        issuer.sign_in(martin.id, PASSWORD, frozenset({Scope.ADMIN}))


def test_every_refusal_says_the_same(issuer: Issuer, martin: User, local: Asker) -> None:
    """Unknown, wrong, disabled or not a person: a stranger learns nothing."""
    new = NewUser("bot", "FR", "Bot", frozenset({Role.SERVICE}))
    secret = create_user(issuer.catalogue, new, local).secret or ""
    answers = [refused(issuer, user, PASSWORD) for user in ("nobody@fr", "", "x" * 1000, "\x00")]
    answers += [refused(issuer, martin.id, "wrong"), refused(issuer, "bot@fr", secret)]
    disable_user(issuer.catalogue, martin.id, local)
    answers.append(refused(issuer, martin.id, PASSWORD))
    assert set(answers) == {REFUSED}


def test_wrong_passwords_lock_the_account(issuer: Issuer, martin: User, gallery: Gallery) -> None:
    """Then the right one is refused too, until the delay is over; success forgets them."""
    for _ in range(FREE_FAILURES + 1):
        refused(issuer, martin.id, "wrong")
    assert refused(issuer, martin.id, PASSWORD) == REFUSED
    with gallery.catalogue.recording() as connection:
        earlier = datetime.now(UTC) - timedelta(seconds=31)
        connection.execute(update(account).values(failed_at=earlier))
    issuer.sign_in(martin.id, PASSWORD, None)
    refused(issuer, martin.id, "wrong")
    issuer.sign_in(martin.id, PASSWORD, None)


def test_guesses_side_by_side_are_no_faster(issuer: Issuer, martin: User, gallery: Gallery) -> None:
    """Each is counted before it is looked at, so no more count than one by one."""
    guesses = [
        threading.Thread(target=lambda: refused(issuer, martin.id, "wrong")) for _ in range(8)
    ]
    for guess in guesses:
        guess.start()
    for guess in guesses:
        guess.join()
    with gallery.catalogue.reading() as connection:
        row = connection.execute(account.select()).one()
    assert row.failures == FREE_FAILURES + 1


def test_a_failure_is_recorded_without_what_was_typed(
    issuer: Issuer, martin: User, acts: Callable[[], list[tuple[str, str, str]]]
) -> None:
    """People type passwords into the wrong field."""
    refused(issuer, "my password", "x")
    refused(issuer, martin.id, "x")
    assert acts()[-2:] == [
        ("stranger", "sign-in.refused", ""),
        ("stranger", "sign-in.refused", martin.id),
    ]


def test_a_one_time_password_gives_no_token(issuer: Issuer, local: Asker) -> None:
    """It says what to do; the chosen password does."""
    new = NewUser("new", "FR", "New", frozenset({Role.EXAMINER}))
    secret = create_user(issuer.catalogue, new, local).secret or ""
    assert "choose your own first" in refused(issuer, "new@fr", secret)
    change_password(issuer.catalogue, "new@fr", secret, PASSWORD)
    issuer.sign_in("new@fr", PASSWORD, None)


def test_refresh_tokens_are_used_once(issuer: Issuer, martin: User) -> None:
    """Each gives a new pair; scopes may shrink and never grow."""
    first = issuer.sign_in(martin.id, PASSWORD, frozenset({Scope.SEARCH, Scope.READ}))
    second = issuer.refresh(first.refresh_token or "", frozenset({Scope.SEARCH}))
    assert issuer.verify(second.access_token).scopes == {Scope.SEARCH}
    third = issuer.refresh(second.refresh_token or "", None)
    assert issuer.verify(third.access_token).scopes == {Scope.SEARCH, Scope.READ}
    assert len({first.refresh_token, second.refresh_token, third.refresh_token}) == 3
    with pytest.raises(Forbidden):
        issuer.refresh(third.refresh_token or "", frozenset({Scope.ADMIN}))


def test_a_reused_refresh_token_ends_the_sign_in(
    issuer: Issuer, martin: User, acts: Callable[[], list[tuple[str, str, str]]]
) -> None:
    """Thief and user are both out, with all tokens; other sign-ins go on."""
    stolen = issuer.sign_in(martin.id, PASSWORD, None)
    other = issuer.sign_in(martin.id, PASSWORD, None)
    thiefs = issuer.refresh(stolen.refresh_token or "", None)
    with pytest.raises(SignInRefused):
        issuer.refresh(stolen.refresh_token or "", None)
    with pytest.raises(SignInRefused):
        issuer.refresh(thiefs.refresh_token or "", None)
    for grant in (stolen, thiefs):
        with pytest.raises(BadToken, match="ended"):
            issuer.verify(grant.access_token)
    issuer.verify(other.access_token)
    assert (martin.id, "refresh.reused", stolen.claims.session) in acts()


def test_one_refresh_token_side_by_side_is_reuse(issuer: Issuer, martin: User) -> None:
    """Of two at once, one wins and then the sign-in ends."""
    token = issuer.sign_in(martin.id, PASSWORD, None).refresh_token or ""
    ends: list[bool] = []

    def use() -> None:
        try:
            issuer.refresh(token, None)
            ends.append(True)
        except SignInRefused:
            ends.append(False)

    threads = [threading.Thread(target=use) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends) == [False, False, True]


def test_a_sign_in_lasts_a_shift(issuer: Issuer, martin: User, gallery: Gallery) -> None:
    """However often it is renewed; what is over for long is forgotten."""
    grant = issuer.sign_in(martin.id, PASSWORD, None)
    with gallery.catalogue.recording() as connection:
        connection.execute(update(sign_in).values(ends_at=datetime.now(UTC) - timedelta(days=2)))
    with pytest.raises(SignInRefused):
        issuer.refresh(grant.refresh_token or "", None)
    with pytest.raises(BadToken):
        issuer.verify(grant.access_token)
    issuer.sign_in(martin.id, PASSWORD, None)
    with gallery.catalogue.reading() as connection:
        assert len(connection.execute(sign_in.select()).all()) == 1
        assert len(connection.execute(refresh_token.select()).all()) == 1


@pytest.mark.parametrize("kind", ["access", "refresh"])
def test_signing_out_ends_all_its_tokens(issuer: Issuer, martin: User, kind: str) -> None:
    """By either token; a text that is none is no matter."""
    grant = issuer.sign_in(martin.id, PASSWORD, None)
    issuer.revoke("no token")
    issuer.revoke(grant.access_token if kind == "access" else grant.refresh_token or "")
    with pytest.raises(BadToken):
        issuer.verify(grant.access_token)
    with pytest.raises(SignInRefused):
        issuer.refresh(grant.refresh_token or "", None)


@pytest.mark.parametrize("act", [disable_user, reset_password])
def test_rights_are_gone_at_once(
    issuer: Issuer, martin: User, local: Asker, act: Callable[..., object]
) -> None:
    """Tokens of before do not count, even when the user is active again."""
    grant = issuer.sign_in(martin.id, PASSWORD, None)
    act(issuer.catalogue, martin.id, local)
    enable_user(issuer.catalogue, martin.id, local)
    with pytest.raises(BadToken):
        issuer.verify(grant.access_token)
    with pytest.raises(SignInRefused):
        issuer.refresh(grant.refresh_token or "", None)


def test_a_role_taken_away_is_gone_from_tokens(issuer: Issuer, martin: User, local: Asker) -> None:
    """A token never allows more than the roles do now, and a new role needs a new sign-in."""
    grant = issuer.sign_in(martin.id, PASSWORD, None)
    roles = frozenset({Role.INVESTIGATOR, Role.AUDITOR})
    change_user(issuer.catalogue, martin.id, UserChange(roles=roles), local)
    bearer = issuer.verify(grant.access_token)
    assert bearer.scopes == ROLE_SCOPES[Role.INVESTIGATOR]
    assert bearer.user.roles == roles


def test_a_service_has_short_tokens_only(issuer: Issuer, local: Asker) -> None:
    """By its secret; a new secret ends the old one and its tokens."""
    new = NewUser("bot", "CCC", "Bot", frozenset({Role.SERVICE}))
    secret = create_user(issuer.catalogue, new, local).secret or ""
    grant = issuer.admit_service("bot@ccc", secret, None)
    assert grant.refresh_token is None
    assert issuer.verify(grant.access_token).user.organisation.code == "CCC"
    reset_password(issuer.catalogue, "bot@ccc", local)
    for wrong in (secret, "", "wrong"):
        with pytest.raises(SignInRefused):
            issuer.admit_service("bot@ccc", wrong, None)
    with pytest.raises(BadToken):
        issuer.verify(grant.access_token)


def test_strangers_cannot_lock_a_service_out(issuer: Issuer, local: Asker) -> None:
    """Its secret cannot be guessed, so wrong ones need no lock."""
    new = NewUser("bot", "FR", "Bot", frozenset({Role.SERVICE}))
    secret = create_user(issuer.catalogue, new, local).secret or ""
    for _ in range(FREE_FAILURES + 2):
        with pytest.raises(SignInRefused):
            issuer.admit_service("bot@fr", "wrong", None)
    issuer.admit_service("bot@fr", secret, None)


def test_a_person_has_no_client_credentials(issuer: Issuer, martin: User) -> None:
    """That way would have no lock."""
    with pytest.raises(SignInRefused):
        issuer.admit_service(martin.id, PASSWORD, None)


def test_rotation_keeps_who_is_signed_in(
    issuer: Issuer, martin: User, local: Asker, acts: Callable[[], list[tuple[str, str, str]]]
) -> None:
    """Tokens of the old key count until they end; new ones are of the new key."""
    before = issuer.sign_in(martin.id, PASSWORD, None)
    kid = rotate_keys(issuer.catalogue, issuer.keys, local)
    issuer.verify(before.access_token)
    assert issuer.keys.signing().kid == kid
    issuer.verify(issuer.refresh(before.refresh_token or "", None).access_token)
    assert (local.actor, "key.rotate", kid) in acts()


def test_the_catalogue_holds_no_token(issuer: Issuer, martin: User, gallery: Gallery) -> None:
    """Whoever reads it cannot be anybody."""
    grant = issuer.sign_in(martin.id, PASSWORD, None)
    with gallery.catalogue.reading() as connection:
        tables = (sign_in, refresh_token, account, audit)
        rows = [connection.execute(table.select()).all() for table in tables]
    for secret in (grant.access_token, grant.refresh_token or "", PASSWORD):
        assert secret not in str(rows)
        assert secret not in repr(grant)
