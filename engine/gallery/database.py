"""Opening the catalogue's database, SQLite or PostgreSQL, and naming its failures."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DatabaseError, OperationalError

from engine.errors import CatalogueBusy, DiskFull, StorageError

BUSY_SECONDS = 10
"""How long a writer waits for another one before it gives up."""


def database_url(data_dir: Path, url: str | None) -> URL:
    """Where the catalogue is: `url` if given, else an SQLite file in `data_dir`."""
    if url is None:
        return URL.create("sqlite", database=str(data_dir / "catalogue.sqlite"))
    parsed = make_url(url)
    plain = parsed.drivername in ("postgresql", "postgres")
    return parsed.set(drivername="postgresql+psycopg") if plain else parsed


def connect(url: URL, busy_seconds: float = BUSY_SECONDS) -> Engine:
    """A pool of connections to the catalogue.

    Raises:
        StorageError: the kind of database is not supported.
    """
    if url.get_backend_name() == "sqlite":
        return _connect_sqlite(url, busy_seconds)
    if url.get_backend_name() == "postgresql":
        return create_engine(url, pool_pre_ping=True)
    raise StorageError(
        f"unsupported database {url.get_backend_name()!r}: SQLite and PostgreSQL are"
    )


def _connect_sqlite(url: URL, busy_seconds: float) -> Engine:
    """SQLite with a write-ahead log, so that readers never wait for the writer."""
    database = create_engine(url, connect_args={"timeout": busy_seconds})

    @event.listens_for(database, "connect")
    def _set_up(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # transactions begin where we say, not where it guesses
        # What is erased is overwritten with zeros, not left in free pages.
        for pragma in (
            "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"
        ):  # fmt: skip
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(database, "begin")
    def _begin(connection: Connection) -> None:
        write = connection.get_execution_options().get("write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return database


@contextmanager
def transaction(database: Engine, *, write: bool) -> Iterator[Connection]:
    """A transaction that commits at its end, or leaves nothing behind.

    Raises:
        CatalogueBusy: another writer held the database for too long.
        DiskFull: the database could not grow.
        StorageError: any other failure of the database itself.
    """
    try:
        with database.connect().execution_options(write=write) as connection, connection.begin():
            yield connection
    except DatabaseError as error:
        raise _explain(error, database) from error


def _explain(error: DatabaseError, database: Engine) -> Exception:
    """The error as one of ours; a broken rule of the data stays what it is."""
    reason = str(error.orig)
    where = database.url.render_as_string(hide_password=True)
    if "locked" in reason or "busy" in reason:
        return CatalogueBusy(f"{where}: held by another writer for too long; try again ({reason})")
    if "full" in reason:
        return DiskFull(f"{where}: no space left; nothing was changed ({reason})")
    if isinstance(error, OperationalError) or "malformed" in reason or "not a database" in reason:
        return StorageError(f"{where}: {reason}")
    return error
