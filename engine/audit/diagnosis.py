"""What was done to a chain, told from the first row that does not follow.

Whoever edits a row can compute its hash anew, but not those of all rows after it without being
found by a checkpoint; so the neighbours tell what happened.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from engine.audit.breaks import Break, BreakKind, are, rows_named, were
from engine.audit.row_hash import START, hash_row
from engine.gallery.audit_store import (
    AuditRow,
    find_row,
    read_end,
    rows_after,
    walk_rows,
)

_BEYOND = 10_000
"""Deleted rows, beyond the length of the chain, for which a renumbered one is still told."""


@dataclass(frozen=True, slots=True)
class Place:
    """How far a chain agrees.

    Attributes:
        number: of the last row that agrees; 0 at the start.
        hash: of that row.
    """

    number: int = 0
    hash: str = START


def diagnose(connection: Connection, row: AuditRow, agreed: Place) -> Break:
    """What was done, given the first row that does not follow and how far the chain agrees."""
    wanted = agreed.number + 1
    if not isinstance(row.number, int) or row.number < wanted:
        return Break(
            wanted, BreakKind.INSERTED, f"a row {row.number!r} was inserted before row {wanted}"
        )
    if row.previous == agreed.hash and hash_row(row) == row.hash:
        return Break(wanted, BreakKind.EDITED, f"row {wanted} was changed: its list of persons")
    moved_to = _successor(connection, agreed)
    if row.number > wanted:
        return _missing(wanted, row.number - 1, moved_to)
    return _of_wrong_content(connection, row, moved_to)


def _of_wrong_content(connection: Connection, row: AuditRow, moved_to: int | None) -> Break:
    """The number is right and what stands there is not."""
    stood = _stood_at(row, _length(connection) + _BEYOND)
    if stood is None:
        return _of_other_content(connection, row, moved_to)
    if stood > row.number:
        return _missing(row.number, stood - 1, moved_to)
    if stood < row.number:
        return _pushed_down(connection, row, stood)
    return _one_before(connection, row)


def _missing(first: int, last: int, moved_to: int | None) -> Break:
    """The rows that should stand here are gone, or elsewhere."""
    if moved_to is not None:
        return _moved(first, moved_to)
    words = f"{rows_named(first, last)} {are(first, last)} missing"
    return Break(first, BreakKind.DELETED, words)


def _moved(row: int, other: int) -> Break:
    """A row's content stands elsewhere."""
    words = f"row {row} was changed: what stood there is row {other} now"
    return Break(row, BreakKind.REORDERED, words)


def _of_other_content(connection: Connection, row: AuditRow, moved_to: int | None) -> Break:
    """The row says what no row said when its hash was made, or was made up."""
    wanted = row.number
    if moved_to is not None and moved_to > wanted:
        return _inserted(wanted, moved_to - 1)
    other = _fits_at(connection, row)
    if other is not None:
        return _moved(wanted, other)
    return Break(wanted, BreakKind.EDITED, f"row {wanted} was changed")


def _pushed_down(connection: Connection, row: AuditRow, stood: int) -> Break:
    """The row stood higher up: something was put in before it, or it is a copy."""
    there = find_row(connection, stood)
    if there is not None and there.hash == row.hash:
        return _inserted(row.number, row.number)
    return _inserted(stood, row.number - 1)


def _inserted(first: int, last: int) -> Break:
    """Rows that were not there."""
    words = f"{rows_named(first, last)} {were(first, last)} inserted"
    return Break(first, BreakKind.INSERTED, words)


def _one_before(connection: Connection, row: AuditRow) -> Break:
    """The row is whole, but follows another than the one that stands before it.

    If what comes after still follows it, the one before was changed and its hash made anew.
    """
    after = find_row(connection, row.number + 1)
    whole = row.number > 1 and (after is None or after.previous == row.hash)
    number = row.number - 1 if whole else row.number
    return Break(number, BreakKind.EDITED, f"row {number} was changed and its hash made anew")


def _successor(connection: Connection, agreed: Place) -> int | None:
    """Where the row stands now that followed the last one that agrees."""
    for row in rows_after(connection, agreed.hash):
        if hash_row(row, agreed.number + 1) == row.hash and row.number != agreed.number + 1:
            return row.number
    return None


def _stood_at(row: AuditRow, highest: int) -> int | None:
    """The number with which a row's hash was made; None if its content is another now."""
    return next((one for one in _near(row.number, highest) if hash_row(row, one) == row.hash), None)


def _near(number: int, highest: int) -> Iterator[int]:
    """Numbers from 1 to the highest, the nearest first."""
    yield number
    for step in range(1, highest + 1):
        if number + step <= highest:
            yield number + step
        if number - step >= 1:
            yield number - step


def _fits_at(connection: Connection, row: AuditRow) -> int | None:
    """The row whose hash this one's content gives, in that row's place."""
    for other, _ in walk_rows(connection):
        if other.number != row.number and (
            hash_row(row, other.number, other.previous) == other.hash
        ):
            return other.number
    return None


def _length(connection: Connection) -> int:
    """Number of the last row."""
    end = read_end(connection)
    return end[0] if end is not None and isinstance(end[0], int) else 0
