"""A catalogue from before there were keys comes along, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import insert

from engine.errors import SchemaMismatch
from engine.gallery import schema
from engine.gallery.catalogue import make_folder, open_catalogue
from engine.gallery.database import connect, transaction
from engine.gallery.database import database_url as place
from engine.gallery.print_store import read_image, read_template
from engine.gallery.sealed_rows import SealState, prove_seals
from engine.gallery.tables import encounter, person, print_, print_image
from engine.protection.sealing_old import seal_old_values
from engine.settings import Settings
from engine.templates.binary import encode
from support import make_template

TEMPLATE, IMAGE = encode(make_template(1)), b"an invented image"
AT = datetime(2026, 1, 2, tzinfo=UTC)


@pytest.fixture
def old(tmp_path: Path, database_url: str | None) -> Settings:
    """Where a catalogue of version 9 is, with one plain print."""
    settings = Settings(data_dir=tmp_path / "data", database_url=database_url)
    make_folder(settings)
    database = connect(place(settings.data_dir, settings.database_url))
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    with transaction(database, write=True) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0009")
        facts = {"status": "other", "family_name": "", "forename": "", "sex": "U"}
        dates = {"date_of_birth": "", "recorded_at": AT, "retention_until": AT.replace(year=2999)}
        connection.execute(
            insert(person).values(id="P", ncb="FR", nationalities=[], **facts, **dates)
        )
        connection.execute(
            insert(encounter).values(id="E", person_id="P", ncb="FR", recorded_at=AT)
        )
        numbers = {"finger": 0, "impression": 0, "minutiae": 40, "quality": 60, "added": 1}
        texts = {"kind": "TP", "extractor": "t", "quality_measure": "t", "source": "a.png"}
        mine = {"id": 1, "encounter_id": "E", "person_id": "P", "ncb": "FR", "image_sha256": ""}
        connection.execute(insert(print_).values(template=TEMPLATE, **mine, **numbers, **texts))
        connection.execute(
            insert(print_image).values(print_id=1, format="PNG", ppi=500, content=IMAGE)
        )
    database.dispose()
    return settings


def test_an_upgrade_seals_what_was_plain(old: Settings) -> None:
    """Before it nothing is opened; after it the print reads as before, and nothing is plain."""
    with pytest.raises(SchemaMismatch, match="whorl upgrade"):
        open_catalogue(old)
    database = connect(place(old.data_dir, old.database_url))
    schema.upgrade_schema(database)
    database.dispose()
    catalogue = open_catalogue(old)
    assert [seal_old_values(catalogue), seal_old_values(catalogue)] == [2, 0]
    with catalogue.reading() as connection:
        assert encode(read_template(connection, 1)) == TEMPLATE
        assert read_image(connection, 1).content == IMAGE
        assert prove_seals(connection) == SealState(sealed=2, plain=0, faults=())
    catalogue.close()
