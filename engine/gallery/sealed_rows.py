"""Walking all sealed values: sealing plain ones, sealing anew with a new key, proving all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    LargeBinary,
    Row,
    and_,
    bindparam,
    func,
    literal,
    select,
    tuple_,
    update,
)

from engine.errors import BrokenSeal, WrongKey
from engine.gallery.sealed_columns import SEALED, SealedColumn
from engine.gallery.vault import open_sealed, sealer_for
from engine.vault.sealing import MAGIC, key_header

PORTION = 500
"""Values of one transaction: with images, some 20 MB."""


@dataclass(frozen=True, slots=True)
class SealState:
    """What a walk over all sealed values found.

    Attributes:
        sealed: values that open where they stand.
        plain: values that are not sealed.
        faults: what does not open, or opens elsewhere alone; the first `MOST_FAULTS`.
    """

    sealed: int
    plain: int
    faults: tuple[str, ...]


MOST_FAULTS = 20


@dataclass(frozen=True, slots=True)
class Step:
    """Where a walk stands.

    Attributes:
        done: values that it has changed, at the last step.
        last: primary key of the last of those; None at the end.
    """

    done: int = 0
    last: tuple[Any, ...] | None = None


def seal_plain(connection: Connection, column: SealedColumn, after: Step) -> Step:
    """Seal the next portion of plain values of a column."""
    rows = _next(connection, column, is_plain(column), after)
    return _store(connection, column, rows, [bytes(row.content) for row in rows])


def reseal(
    connection: Connection, column: SealedColumn, owner: str, number: int, after: Step
) -> Step:
    """Seal the next portion of an owner's values that another key than this sealed.

    Raises:
        BrokenSeal: one does not open.
    """
    other = and_(column.owner == owner, _is_there(column), ~_begins(column, key_header(number)))
    rows = _next(connection, column, other, after)
    return _store(connection, column, rows, [_open(connection, column, row) for row in rows])


def uses_key(connection: Connection, number: int) -> bool:
    """Whether any value is sealed with a key."""
    header = key_header(number)
    return any(
        connection.execute(select(*one.key).where(_begins(one, header)).limit(1)).first()
        for one in SEALED
    )


def count_plain(connection: Connection) -> int:
    """Number of values of all columns that are not sealed."""
    return sum(
        connection.execute(
            select(func.count()).select_from(one.source).where(is_plain(one))
        ).scalar_one()
        for one in SEALED
    )


def prove_seals(connection: Connection) -> SealState:
    """Open every value where it stands."""
    sealed = 0
    faults: list[str] = []
    for column in SEALED:
        for row in _walk(connection, column):
            try:
                _open(connection, column, row)
                sealed += 1
            except (BrokenSeal, WrongKey) as error:
                faults.append(str(error))
    more = [f"and {len(faults) - MOST_FAULTS} more"] if len(faults) > MOST_FAULTS else []
    return SealState(sealed, count_plain(connection), (*faults[:MOST_FAULTS], *more))


def is_plain(column: SealedColumn) -> ColumnElement[bool]:
    """Whether a row has a value that is not sealed."""
    return and_(_is_there(column), ~_begins(column, MAGIC))


def _is_there(column: SealedColumn) -> ColumnElement[bool]:
    """Whether a row has a value: what is erased is empty."""
    return func.length(column.column) > 0


def _begins(column: SealedColumn, start: bytes) -> ColumnElement[bool]:
    """Whether a value begins with some bytes."""
    beginning = func.substr(column.column, 1, len(start), type_=LargeBinary)
    return beginning == literal(start, LargeBinary)


def _select(column: SealedColumn) -> Any:
    """Keys, owners, records and values of a column, in the order of the keys."""
    keys = [one.label(f"key_{place}") for place, one in enumerate(column.key)]
    record = [one.label(f"record_{place}") for place, one in enumerate(column.record)]
    content = column.column.label("content")
    query = select(*keys, *record, column.owner.label("owner"), content)
    return query.select_from(column.source).order_by(*column.key)


def _next(
    connection: Connection, column: SealedColumn, where: ColumnElement[bool], after: Step
) -> Sequence[Row[Any]]:
    """The next portion of some values of a column."""
    query = _select(column).where(where).limit(PORTION)
    if after.last is not None:
        query = query.where(tuple_(*column.key) > tuple_(*map(literal, after.last)))
    return connection.execute(query).all()


def _walk(connection: Connection, column: SealedColumn) -> Iterator[Row[Any]]:
    """All values of a column, read in portions."""
    step = Step()
    while rows := _next(connection, column, _is_there(column), step):
        yield from rows
        step = Step(len(rows), _key(column, rows[-1]))


def _key(column: SealedColumn, row: Row[Any]) -> tuple[Any, ...]:
    """The primary key of a row."""
    return tuple(row._mapping[f"key_{place}"] for place in range(len(column.key)))


def _record(column: SealedColumn, row: Row[Any]) -> tuple[str | int, ...]:
    """What tells a row apart."""
    return tuple(row._mapping[f"record_{place}"] for place in range(len(column.record)))


def _open(connection: Connection, column: SealedColumn, row: Row[Any]) -> bytes:
    """The value of a row."""
    return open_sealed(connection, row.content, column.name, row.owner, *_record(column, row))


def _store(
    connection: Connection,
    column: SealedColumn,
    rows: Sequence[Row[Any]],
    contents: Sequence[bytes],
) -> Step:
    """Put values in place, sealed by the keys that their owners have now."""
    if not rows:
        return Step()
    sealers = {owner: sealer_for(connection, owner) for owner in {row.owner for row in rows}}
    changed: list[dict[str, Any]] = []
    for row, content in zip(rows, contents, strict=True):
        sealed = sealers[row.owner].seal(content, column.name, *_record(column, row))
        keys = {f"key_{place}": part for place, part in enumerate(_key(column, row))}
        changed.append({**keys, "sealed": sealed})
    same = and_(*(one == bindparam(f"key_{place}") for place, one in enumerate(column.key)))
    values: dict[str, Any] = {column.column.name: bindparam("sealed")}
    connection.execute(update(column.column.table).where(same).values(values), changed)
    return Step(len(rows), _key(column, rows[-1]))
