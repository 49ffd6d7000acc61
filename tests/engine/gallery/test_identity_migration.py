"""A catalogue from before there were accounts comes along, on both databases."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text

from engine import audit
from engine.asker import Asker
from engine.errors import SchemaMismatch
from engine.gallery import schema
from engine.gallery.catalogue import Catalogue, make_folder, open_catalogue
from engine.gallery.database import connect, transaction
from engine.gallery.database import database_url as place
from engine.identity.accounts import NewUser, create_user
from engine.identity.bureaus import look_up_bureaus
from engine.identity.roles import Role
from engine.lookup import look_up_person
from engine.settings import Settings
from engine.terminal import operator

PERSON = (
    "INSERT INTO person VALUES "
    "('P-1', 'FR', 'other', 'Exemple', 'Anne', 'F', '1980', '[\"FR\"]', :at, :until)"
)
ROW = (
    "INSERT INTO audit VALUES "
    "(:number, :at, 'api', 'FR', 'search', '', '', 'P-1', '{}', :previous, :hash)"
)
AT = "2026-01-02 03:04:05.000000"
UNTIL = "2999-01-02 03:04:05.000000"


@pytest.fixture
def old_settings(tmp_path: Path, database_url: str | None) -> Settings:
    """Where the old catalogue is."""
    return Settings(data_dir=tmp_path / "data", database_url=database_url)


@pytest.fixture
def old(old_settings: Settings) -> Iterator[Engine]:
    """A catalogue of the first version with a person and three rows in its chain."""
    make_folder(old_settings)
    database = connect(place(old_settings.data_dir, old_settings.database_url))
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    with transaction(database, write=True) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(text(PERSON), {"at": AT, "until": UNTIL})
        previous = "0" * 64
        for number in (1, 2, 3):
            row = [number, AT, "api", "FR", "search", "", "", "P-1", "{}", previous]
            digest = hashlib.sha256(json.dumps(row).encode()).hexdigest()
            values = {"number": number, "at": AT, "previous": previous, "hash": digest}
            connection.execute(text(ROW), values)
            previous = digest
    yield database
    database.dispose()


def test_an_old_catalogue_is_not_opened_by_chance(old: Engine, old_settings: Settings) -> None:
    """The message says what to do."""
    with pytest.raises(SchemaMismatch, match="whorl upgrade"):
        open_catalogue(old_settings)


def test_an_upgrade_loses_nothing(old: Engine, asker: Asker) -> None:
    """Persons and chain stay, and the chain goes on."""
    schema.upgrade_schema(old)
    catalogue = Catalogue(old)
    assert look_up_person(catalogue, "P-1", asker).person.family_name == "Exemple"
    with catalogue.reading() as connection:
        assert audit.verify_chain(connection) == audit.ChainState(4, None)


def test_an_upgraded_catalogue_has_bureaus_and_takes_accounts(old: Engine) -> None:
    """Codes of organisations fit into the chain, which those of countries filled."""
    schema.upgrade_schema(old)
    schema.upgrade_schema(old)
    catalogue = Catalogue(old)
    assert len(look_up_bureaus(catalogue)) == 198
    new = NewUser("martin", "IPSG", "A. Martin", frozenset({Role.AUDITOR}))
    create_user(catalogue, new, operator("IPSG"))
    with catalogue.reading() as connection:
        assert audit.verify_chain(connection) == audit.ChainState(4, None)
