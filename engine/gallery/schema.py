"""The version of the catalogue's tables, and the way from one version to the next."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, inspect, text

from engine.errors import SchemaMismatch
from engine.gallery.database import transaction

HEAD = "0010"
"""Version that this program reads and writes; the newest of `migrations/versions`."""


def prepare_schema(database: Engine) -> None:
    """Create the tables of an empty database; check the version of a filled one.

    Raises:
        SchemaMismatch: the tables are of another version.
    """
    with transaction(database, write=False) as connection:
        version = schema_version(connection)
    if version is None:
        upgrade_schema(database)
    elif version != HEAD:
        where = database.url.render_as_string(hide_password=True)
        raise SchemaMismatch(
            f"{where}: its tables are of version {version!r}, this program needs {HEAD!r}; "
            "make a copy, then run `whorl upgrade`"
        )


def schema_version(connection: Connection) -> str | None:
    """Version of the tables, None if there are none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def upgrade_schema(database: Engine) -> None:
    """Bring the tables to this program's version, in one transaction.

    Raises:
        SchemaMismatch: they are newer than this program, or of no version it knows.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with transaction(database, write=True) as connection:
        if connection.dialect.name == "postgresql":  # two programs may start at once
            connection.execute(text("SELECT pg_advisory_xact_lock(7310)"))
        version = schema_version(connection)
        if version is not None and version > HEAD:
            raise SchemaMismatch(f"tables of version {version!r} need a newer program than this")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
