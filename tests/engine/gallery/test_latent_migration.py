"""An older catalogue gets latents, and its prints are not searched again; on both databases."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from engine.gallery import schema
from engine.gallery.catalogue import make_folder
from engine.gallery.database import connect, transaction
from engine.gallery.database import database_url as place
from engine.gallery.latent_alert_store import read_covered
from engine.gallery.latent_store import has_unsolved
from engine.settings import Settings


def test_old_prints_are_not_searched_against_new_latents(
    tmp_path: Path, database_url: str | None
) -> None:
    """The work begins at the change that the upgrade finds."""
    settings = Settings(data_dir=tmp_path / "data", database_url=database_url)
    make_folder(settings)
    database = connect(place(settings.data_dir, settings.database_url))
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    with transaction(database, write=True) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0007")
        connection.execute(text("UPDATE clock SET value = 17"))
    schema.upgrade_schema(database)
    with transaction(database, write=False) as connection:
        assert read_covered(connection) == (17, 17)
        assert not has_unsolved(connection)
    database.dispose()
