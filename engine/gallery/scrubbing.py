"""Taking what was deleted out of the database's own files.

SQLite overwrites what is deleted (`secure_delete`); what older commits hold of it lies in the
write-ahead log until that is moved into the database and cut. PostgreSQL keeps deleted rows until
VACUUM, which frees their place for other rows but does not overwrite it, and its log keeps them
until it is recycled: what lies there is sealed, and dies with its key.
"""

from __future__ import annotations

import time

from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError

from engine.errors import CatalogueBusy
from engine.gallery.sealed_columns import SEALED

SECONDS = 10.0
"""How long readers of the write-ahead log are waited for."""


def scrub(database: Engine) -> None:
    """Take what was deleted out of the database's files, as far as the database can.

    Raises:
        CatalogueBusy: a reader held the write-ahead log for too long; it is cut by the next call.
    """
    if database.dialect.name == "sqlite":
        _cut_log(database)
    else:
        _vacuum(database)


def _cut_log(database: Engine) -> None:
    """Move the write-ahead log of SQLite into the database, and cut it to nothing."""
    until = time.monotonic() + SECONDS
    while True:
        if not _is_busy(database):
            return
        if time.monotonic() > until:
            raise CatalogueBusy(
                "erased; but a reader holds the write-ahead log, which still has what was erased: "
                "run `whorl index purge` when the reader has ended"
            )
        time.sleep(0.1)


def _is_busy(database: Engine) -> bool:
    """Try to cut the log; tells whether somebody held it."""
    connection = database.raw_connection()  # outside of any transaction
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        row = cursor.fetchone()
        return row is None or bool(row[0])
    finally:
        connection.close()


def _vacuum(database: Engine) -> None:
    """Free the places of deleted rows in PostgreSQL."""
    tables = sorted({one.column.table.name for one in SEALED} | {"person"})
    with database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for name in tables:
            try:
                connection.execute(text(f"VACUUM {name}"))
            except DatabaseError:  # whoever may not vacuum leaves it to autovacuum
                return
