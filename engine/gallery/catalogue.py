"""The catalogue: transactions on the truth, and the clock that orders its changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, select, update

from engine.errors import DiskFull, StorageError
from engine.gallery.database import BUSY_SECONDS, connect, database_url, transaction
from engine.gallery.schema import prepare_schema
from engine.gallery.tables import clock
from engine.gallery.turns import Turns
from engine.gallery.vault import vault_of
from engine.gallery.vault_opening import open_vault
from engine.settings import Settings
from engine.vault.signing import Signer

WRITERS = 4
"""Writers of one process that a database server sees: one writes, and the next have begun."""


@dataclass(frozen=True, slots=True)
class Change:
    """An open transaction that changes the catalogue.

    Attributes:
        connection: to write with.
        tick: number of this change; rises in the order of commits.
        at: its time.
    """

    connection: Connection
    tick: int
    at: datetime


class Catalogue:
    """The SQL database of one bureau or network. Safe to share between threads."""

    def __init__(self, database: Engine, busy_seconds: float = BUSY_SECONDS) -> None:
        """Take a database whose tables are of this program's version, and a writer's patience."""
        self.database = database
        places = 1 if database.dialect.name == "sqlite" else WRITERS
        self._turns = Turns(places, busy_seconds)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads."""
        with transaction(self.database, write=False) as connection:
            yield connection

    @contextmanager
    def recording(self) -> Iterator[Connection]:
        """A transaction that writes no prints, such as an audit row; writers wait for it."""
        with self._turns.turn(), transaction(self.database, write=True) as connection:
            connection.execute(select(clock.c.value).with_for_update()).scalar_one()
            yield connection

    @contextmanager
    def changing(self) -> Iterator[Change]:
        """A transaction that changes prints; takes the next number of the clock."""
        with self._turns.turn(), transaction(self.database, write=True) as connection:
            step = update(clock).values(value=clock.c.value + 1).returning(clock.c.value)
            yield Change(connection, connection.execute(step).scalar_one(), datetime.now(UTC))

    def now(self) -> int:
        """Number of the latest change."""
        with self.reading() as connection:
            return read_clock(connection)

    def signer(self) -> Signer:
        """What signs the manifest of index files, and tells whether it has."""
        with self.reading() as connection:
            return vault_of(connection).signer(connection)

    def close(self) -> None:
        """Give back all connections."""
        self.database.dispose()


def read_clock(connection: Connection) -> int:
    """Number of the latest change that this transaction sees."""
    return int(connection.execute(select(clock.c.value)).scalar_one())


def open_catalogue(settings: Settings, busy_seconds: float = BUSY_SECONDS) -> Catalogue:
    """Open the catalogue of these settings; an empty one gets its tables and keys.

    Raises:
        StorageError: it cannot be opened, or is of another version (SchemaMismatch), or the
            master key is not the one of its keys (WrongKey).
    """
    if settings.database_url is None:
        make_folder(settings)
    database = connect(database_url(settings.data_dir, settings.database_url), busy_seconds)
    try:
        prepare_schema(database)
        open_vault(database, settings)
    except BaseException:
        database.dispose()
        raise
    return Catalogue(database, busy_seconds)


def has_catalogue(settings: Settings) -> bool:
    """Whether there is a catalogue to open; a database server is taken to have one."""
    place = database_url(settings.data_dir, settings.database_url)
    if place.get_backend_name() != "sqlite" or not place.database:
        return True
    return Path(place.database).is_file()


def make_folder(settings: Settings) -> None:
    """Make the data folder, readable by its owner alone."""
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        full = DiskFull if error.errno == 28 else StorageError
        raise full(f"{settings.data_dir}: cannot be made: {error.strerror}") from error
