"""Data keys in the catalogue, as rows: their owners, their states, the wrapped bytes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import Connection, Row, func, insert, select, update

from engine.gallery.key_tables import data_key
from engine.gallery.times import as_utc, as_utc_or_none

NETWORK = "network"
"""Owner of the key for what is of no bureau alone; codes of organisations are never lower-case."""

MANIFEST = "manifest"
"""Owner of the key that signs the manifest of index files."""


class KeyState(StrEnum):
    """What a data key is for."""

    ACTIVE = "active"  # seals and opens
    RETIRED = "retired"  # opens alone, until nothing is sealed with it any more
    DESTROYED = "destroyed"  # is nowhere any more


@dataclass(frozen=True, slots=True)
class DataKey:
    """A data key as it is stored.

    Attributes:
        number: unique, and never given out again.
        owner: code of the bureau, or `NETWORK` or `MANIFEST`.
        state: what it is for.
        master: id of the master key that wraps it.
        wrapped: by that; empty once destroyed.
        made_at, ended_at: when it was made, and when it was retired or destroyed.
    """

    number: int
    owner: str
    state: KeyState
    master: str
    wrapped: bytes = field(repr=False)
    made_at: datetime
    ended_at: datetime | None = None

    @property
    def context(self) -> bytes:
        """What its wrapping is bound to, so that rows cannot be exchanged."""
        return f"whorl data key {self.number} of {self.owner}".encode()


def next_number(connection: Connection) -> int:
    """The number of the next key. The caller must hold the catalogue's clock."""
    highest = select(func.coalesce(func.max(data_key.c.number), 0))
    return int(connection.execute(highest).scalar_one()) + 1


def add_key(connection: Connection, new: DataKey) -> None:
    """Record a key."""
    values = {name: getattr(new, name) for name in ("number", "owner", "master", "wrapped")}
    row = {**values, "state": new.state.value, "made_at": new.made_at}
    connection.execute(insert(data_key).values(**row))


def list_keys(connection: Connection, owner: str | None = None) -> list[DataKey]:
    """All keys, or those of an owner, in the order of their making."""
    query = select(data_key).order_by(data_key.c.number)
    if owner is not None:
        query = query.where(data_key.c.owner == owner)
    return [_key(row) for row in connection.execute(query)]


def find_key(connection: Connection, number: int) -> DataKey | None:
    """The key of a number; None if there never was one."""
    row = connection.execute(select(data_key).where(data_key.c.number == number)).first()
    return None if row is None else _key(row)


def active_number(connection: Connection, owner: str) -> int | None:
    """Number of the key that seals for an owner; None if there is none yet."""
    query = select(func.max(data_key.c.number)).where(
        data_key.c.owner == owner, data_key.c.state == KeyState.ACTIVE.value
    )
    return connection.execute(query).scalar()


def retire_keys(connection: Connection, owner: str, but: int) -> None:
    """Let all active keys of an owner but one only open any more."""
    where = (data_key.c.owner == owner, data_key.c.state == KeyState.ACTIVE.value)
    ended = {"state": KeyState.RETIRED.value, "ended_at": datetime.now(UTC)}
    connection.execute(update(data_key).where(*where, data_key.c.number != but).values(**ended))


def destroy_numbers(connection: Connection, numbers: Collection[int]) -> int:
    """Take some keys out of the catalogue; what they sealed opens no more."""
    gone = {"state": KeyState.DESTROYED.value, "wrapped": b"", "ended_at": datetime.now(UTC)}
    statement = update(data_key).where(data_key.c.number.in_(numbers)).values(**gone)
    return connection.execute(statement).rowcount


def replace_wrapping(connection: Connection, number: int, master: str, wrapped: bytes) -> None:
    """Store a key as another master key wraps it."""
    where = data_key.c.number == number
    connection.execute(update(data_key).where(where).values(master=master, wrapped=wrapped))


def _key(row: Row[tuple[object, ...]]) -> DataKey:
    """A key from its row."""
    return DataKey(
        number=row.number,
        owner=row.owner,
        state=KeyState(row.state),
        master=row.master,
        wrapped=bytes(row.wrapped),
        made_at=as_utc(row.made_at),
        ended_at=as_utc_or_none(row.ended_at),
    )
