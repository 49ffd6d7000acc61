"""Acts that fill a chain, and hands that tamper with it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from engine.asker import Asker
from engine.audit.row_hash import hash_row
from engine.enrol import register_person
from engine.gallery import tables
from engine.gallery.audit_store import AuditRow, find_row
from engine.gallery.catalogue import Catalogue
from engine.lookup import look_up_person
from engine.persons import Person

AUDIT, PERSONS = tables.audit, tables.audit_person
NUMBER = AUDIT.c.number

ACTOR = Asker("tester@fr", "FR", "identification", "case-1")


def act(catalogue: Catalogue, count: int, start: int = 0) -> None:
    """Fill the chain: two rows for each person, recorded and read, by an actor of its own."""
    for number in range(start, start + count):
        asker = replace(ACTOR, actor=f"actor-{number}@fr")
        register_person(catalogue, Person(f"P{number}", "FR"), asker)
        look_up_person(catalogue, f"P{number}", asker)


def row_at(connection: Connection, number: int) -> AuditRow:
    """A row that is there."""
    row = find_row(connection, number)
    assert row is not None
    return row


def rewrite(connection: Connection, number: int, **values: Any) -> None:
    """Change a row as it stands."""
    connection.execute(update(AUDIT).where(number == NUMBER).values(**values))


def rehash(connection: Connection, number: int, **values: Any) -> None:
    """Change a row and make its hash anew."""
    changed = replace(row_at(connection, number), **values)
    rewrite(connection, number, **values, hash=hash_row(changed))


def remove(connection: Connection, first: int, last: int) -> None:
    """Delete rows with their persons."""
    connection.execute(delete(AUDIT).where(NUMBER.between(first, last)))
    connection.execute(delete(PERSONS).where(PERSONS.c.number.between(first, last)))


def shift(connection: Connection, first: int, step: int) -> None:
    """Give other numbers to a row and all after it."""
    for column in (NUMBER, PERSONS.c.number):
        table = column.table
        moved = update(table).where(column >= first).values(number=-(column + step))
        connection.execute(moved)  # through negative numbers: no two may be the same meanwhile
        connection.execute(update(table).where(column < 0).values(number=-column))


def swap_numbers(connection: Connection, one: int, other: int) -> None:
    """Let two rows change places with all that they say."""
    for column in (NUMBER, PERSONS.c.number):
        for old, new in ((one, -1), (other, one), (-1, other)):
            moved = update(column.table).where(column == old).values(number=new)
            connection.execute(moved)


def put_in(connection: Connection, number: int, **values: Any) -> None:
    """Write a row that follows the one before; what stood there and after is moved down."""
    shift(connection, number, 1)
    before = row_at(connection, number - 1)
    made = replace(before, number=number, previous=before.hash, persons="", **values)
    columns = {name: getattr(made, name) for name in AuditRow.__dataclass_fields__}
    connection.execute(insert(AUDIT), {**columns, "hash": hash_row(made)})


def make_anew(connection: Connection, first: int) -> None:
    """Compute all hashes from a row on, as somebody who knows how would."""
    rehash_from(connection, first, row_at(connection, first - 1).hash)


def rehash_from(connection: Connection, first: int, previous: str | None = None) -> None:
    """The same after any other hash; none is what the first of them says."""
    number, before = first, previous or row_at(connection, first).previous
    while (row := find_row(connection, number)) is not None:
        changed = replace(row, previous=before)
        rewrite(connection, number, previous=before, hash=hash_row(changed))
        number, before = number + 1, hash_row(changed)


_COPIED: tuple[Table, ...] = (tables.clock, tables.person, AUDIT, PERSONS)


def copy_of(connection: Connection) -> list[list[dict[str, Any]]]:
    """What a back-up of the database holds."""
    return [[dict(row) for row in connection.execute(select(t)).mappings()] for t in _COPIED]


def put_back(connection: Connection, copied: list[list[dict[str, Any]]]) -> None:
    """Restore a back-up."""
    for table in reversed(_COPIED):
        connection.execute(delete(table))
    for table, rows in zip(_COPIED, copied, strict=True):
        if rows:
            connection.execute(insert(table), rows)
