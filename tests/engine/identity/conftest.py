"""Bureaus with people, on each database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.asker import Asker
from engine.gallery.gallery import Gallery
from engine.gallery.tables import audit
from engine.identity.accounts import NewUser, create_user
from engine.identity.clearance import Clearance
from engine.identity.issuer import Issuer
from engine.identity.keys import KeyRing
from engine.identity.roles import Role
from engine.identity.rotation import make_first_key
from engine.identity.tokens import Expected
from engine.identity.users import User, asker_of_user
from engine.settings import Settings
from engine.terminal import operator

PASSWORD = "an invented password"

MakeUser = Callable[..., User]
Ask = Callable[[User], Asker]


@pytest.fixture
def local() -> Asker:
    """Whoever has the machine."""
    return operator()


@pytest.fixture
def make_user(gallery: Gallery, local: Asker) -> MakeUser:
    """Makes a user with the invented password."""

    def do(
        login: str,
        ncb: str = "FR",
        role: Role = Role.EXAMINER,
        clearance: Clearance = Clearance.RESTRICTED,
    ) -> User:
        new = NewUser(login, ncb, login, frozenset({role}), clearance)
        return create_user(gallery.catalogue, new, local, PASSWORD).user

    return do


@pytest.fixture
def asking() -> Ask:
    """Turns a user into an asker with all that the user's roles allow."""
    return lambda user: asker_of_user(user, user.scopes)


@pytest.fixture
def keys(tmp_path: Path) -> KeyRing:
    """Keys in the data folder."""
    return KeyRing(Settings(data_dir=tmp_path / "data", signing_keys=None))


@pytest.fixture
def issuer(gallery: Gallery, keys: KeyRing, local: Asker) -> Issuer:
    """The built-in issuer."""
    make_first_key(gallery.catalogue, keys, local)
    return Issuer(gallery.catalogue, keys, Expected("https://whorl.test", "whorl"))


@pytest.fixture
def acts(gallery: Gallery) -> Callable[[], list[tuple[str, str, str]]]:
    """Reads actor, action and subject of all rows of the audit chain."""

    def do() -> list[tuple[str, str, str]]:
        with gallery.catalogue.reading() as connection:
            rows = connection.execute(audit.select().order_by(audit.c.number)).all()
        return [(row.actor, row.action, row.subject) for row in rows]

    return do
