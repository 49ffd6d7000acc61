"""What is done to accounts, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from engine import audit
from engine.asker import Asker
from engine.errors import BadRequest, Conflict, Forbidden, NotFound, SignInRefused
from engine.gallery.gallery import Gallery
from engine.gallery.user_store import read_lock, write_lock
from engine.identity.accounts import (
    NewUser,
    UserChange,
    change_user,
    create_first_admin,
    create_user,
    disable_user,
    enable_user,
    look_up_user,
    look_up_users,
    reset_password,
)
from engine.identity.bureaus import (
    NewSubBureau,
    create_sub_bureau,
    look_up_bureau,
    look_up_bureaus,
)
from engine.identity.clearance import Clearance
from engine.identity.organisations import OrganisationKind
from engine.identity.proof import change_password, prove_password
from engine.identity.roles import FIRST_ROLES, Role, Scope
from engine.identity.users import User

NEW = NewUser(
    "Martin", "fr", "Anne Martin", frozenset({Role.EXAMINER}), Clearance.RESTRICTED, ("fr", "en")
)

PASSWORD = "an invented password"

MakeUser = Callable[..., User]
Ask = Callable[[User], Asker]
Acts = Callable[[], list[tuple[str, str, str]]]


def test_a_user_comes_back_as_made(gallery: Gallery, local: Asker) -> None:
    """All facts survive; the secret is nowhere but in the answer."""
    made = create_user(gallery.catalogue, NEW, local)
    assert made.secret
    assert look_up_user(gallery.catalogue, "martin@fr", local) == made.user
    assert (made.user.languages, made.user.clearance) == (("fr", "en"), Clearance.RESTRICTED)
    with gallery.catalogue.reading() as connection:
        dump = str(connection.exec_driver_sql("SELECT * FROM account").all())
        dump += str(connection.exec_driver_sql("SELECT * FROM audit").all())
    assert made.secret not in dump + repr(made)


def test_every_act_leaves_its_row(gallery: Gallery, local: Asker, acts: Acts) -> None:
    """In the chain, by whoever did it, and the chain holds."""
    catalogue, user_id = gallery.catalogue, "martin@fr"
    create_user(catalogue, NEW, local)
    change_user(catalogue, user_id, UserChange(name="A. Martin"), local)
    disable_user(catalogue, user_id, local)
    enable_user(catalogue, user_id, local)
    secret = reset_password(catalogue, user_id, local).secret
    change_password(catalogue, user_id, secret or "", PASSWORD)
    create_sub_bureau(catalogue, NewSubBureau("CN", "HK", "Hong Kong"), local)
    assert acts() == [
        (local.actor, "user.add", user_id),
        (local.actor, "user.change", user_id),
        (local.actor, "user.disable", user_id),
        (local.actor, "user.enable", user_id),
        (local.actor, "user.reset-password", user_id),
        (user_id, "user.password", user_id),
        (local.actor, "bureau.add", "CN-HK"),
    ]
    with catalogue.reading() as connection:
        assert audit.verify_chain(connection) == audit.ChainState(7, None)


def test_an_act_that_is_refused_changes_nothing(
    gallery: Gallery, make_user: MakeUser, asking: Ask, acts: Acts
) -> None:
    """Neither the account nor the chain."""
    officer = asking(make_user("officer", "DE", Role.NCB_OFFICER))
    before = acts()
    for new in (NEW, replace(NEW, ncb="DE", roles=frozenset({Role.ADMIN}))):
        with pytest.raises(Forbidden):
            create_user(gallery.catalogue, new, officer)
    assert acts() == before


def test_another_bureaus_people_look_like_none(
    gallery: Gallery, make_user: MakeUser, asking: Ask
) -> None:
    """Every act on them ends like one on nobody."""
    officer = asking(make_user("officer", "DE", Role.NCB_OFFICER))
    make_user("martin", "FR")
    for act in (look_up_user, disable_user, enable_user, reset_password):
        messages = []
        for user_id in ("martin@fr", "nobody@fr"):
            with pytest.raises(NotFound) as told:
                act(gallery.catalogue, user_id, officer)
            messages.append(str(told.value).replace(user_id, ""))
        assert messages[0] == messages[1]
    assert [user.id for user in look_up_users(gallery.catalogue, officer)] == ["officer@de"]
    with pytest.raises(Forbidden):
        look_up_users(gallery.catalogue, officer, "FR")


def test_an_ncb_manages_its_sub_bureaus(
    gallery: Gallery, make_user: MakeUser, asking: Ask, local: Asker
) -> None:
    """Officers there manage their own, and not those of the NCB."""
    create_sub_bureau(gallery.catalogue, NewSubBureau("CN", "hk", "Hong Kong"), local)
    above = make_user("lee", "CN", Role.NCB_OFFICER)
    below = make_user("chan", "cn-hk", Role.NCB_OFFICER)
    catalogue = gallery.catalogue
    assert [one.id for one in look_up_users(catalogue, asking(above))] == ["chan@cn-hk", "lee@cn"]
    assert [one.id for one in look_up_users(catalogue, asking(below))] == ["chan@cn-hk"]
    disable_user(catalogue, below.id, asking(above))
    with pytest.raises(NotFound):
        disable_user(catalogue, above.id, asking(below))


def test_an_officer_cannot_raise_anybody_above(
    gallery: Gallery, make_user: MakeUser, asking: Ask
) -> None:
    """Neither by roles nor by clearance, nor themselves at all."""
    officer = make_user("officer", "FR", Role.NCB_OFFICER)
    make_user("martin", "FR")
    too_much = (
        UserChange(roles=frozenset({Role.ADMIN})),
        UserChange(roles=frozenset({Role.AUDITOR})),
        UserChange(clearance=Clearance.CONFIDENTIAL),
    )
    for change in too_much:
        with pytest.raises(Forbidden):
            change_user(gallery.catalogue, "martin@fr", change, asking(officer))
    with pytest.raises(Forbidden, match="their own account"):
        change_user(gallery.catalogue, officer.id, UserChange(name="x"), asking(officer))
    raised = UserChange(roles=frozenset({Role.NCB_OFFICER}))
    assert change_user(gallery.catalogue, "martin@fr", raised, asking(officer)).roles == {
        Role.NCB_OFFICER
    }


def test_ids_and_subjects_are_taken_once(gallery: Gallery, local: Asker) -> None:
    """A login may come again at another bureau."""
    catalogue = gallery.catalogue
    one = replace(NEW, subject="sub-1")
    assert create_user(catalogue, one, local).secret is None
    with pytest.raises(Conflict, match="martin@fr is already"):
        create_user(catalogue, NEW, local)
    with pytest.raises(Conflict, match="subject"):
        create_user(catalogue, replace(one, ncb="DE"), local)
    assert create_user(catalogue, replace(NEW, ncb="DE"), local).user.id == "martin@de"
    with pytest.raises(BadRequest, match="unknown bureau 'XX'"):
        create_user(catalogue, replace(NEW, ncb="XX"), local)


def test_the_first_administrator_is_made_once(gallery: Gallery, local: Asker) -> None:
    """Where nobody has an account; all rights can be given from there."""
    made = create_first_admin(gallery.catalogue, local)
    assert made is not None
    assert made.user.roles == FIRST_ROLES
    assert made.user.scopes == frozenset(Scope)
    assert made.user.one_time
    assert create_first_admin(gallery.catalogue, local) is None


def test_a_one_time_password_is_changed_in_time(gallery: Gallery, local: Asker) -> None:
    """By its user, to another one; after three days it opens nothing."""
    made = create_user(gallery.catalogue, NEW, local)
    secret = made.secret or ""
    with pytest.raises(BadRequest, match="the old one"):
        change_password(gallery.catalogue, "martin@fr", secret, secret)
    assert not change_password(gallery.catalogue, "martin@fr", secret, PASSWORD).one_time
    assert not prove_password(gallery.catalogue, "martin@fr", PASSWORD).one_time
    again = reset_password(gallery.catalogue, "martin@fr", local).secret or ""
    with gallery.catalogue.recording() as connection:
        late = datetime.now(UTC) - timedelta(seconds=1)
        lock = replace(read_lock(connection, "martin@fr"), one_time_until=late)
        write_lock(connection, "martin@fr", lock)
    with pytest.raises(SignInRefused):
        change_password(gallery.catalogue, "martin@fr", again, PASSWORD)


def test_every_member_is_an_organisation(gallery: Gallery, local: Asker) -> None:
    """196 bureaus, the General Secretariat and the Centre; a sub-bureau is added once."""
    kinds = [one.kind for one in look_up_bureaus(gallery.catalogue)]
    assert kinds.count(OrganisationKind.NCB) == 196
    assert len(kinds) == 198
    new = NewSubBureau("GB", "BM", "Bermuda", "Hamilton")
    create_sub_bureau(gallery.catalogue, new, local)
    with pytest.raises(Conflict, match="GB-BM"):
        create_sub_bureau(gallery.catalogue, new, local)
    found, below = look_up_bureau(gallery.catalogue, "gb")
    assert (found.city, [one.city for one in below]) == ("Manchester", ["Hamilton"])
    with pytest.raises(NotFound):
        look_up_bureau(gallery.catalogue, "XX")
