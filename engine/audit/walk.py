"""Walking along the chain, row by row, in constant memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from engine.audit.breaks import Break, BreakKind
from engine.audit.diagnosis import Place, diagnose
from engine.audit.row_hash import hash_links, hash_row
from engine.gallery.audit_store import (
    AuditRow,
    PersonLink,
    any_bytes,
    first_orphan,
    walk_rows,
)

BEGINNING = Place()
"""Before the first row."""


@dataclass(frozen=True, slots=True)
class ChainState:
    """Result of walking the chain.

    Attributes:
        rows: rows that agree.
        broken: what is wrong with the first row that does not, None if all agree.
    """

    rows: int
    broken: str | None


class BrokenChain(Exception):
    """Ends a walk at the first row that does not agree; never leaves this package."""

    def __init__(self, found: Break) -> None:
        """Take what was found."""
        super().__init__(found.words)
        self.found = found


def follow_chain(connection: Connection, start: Place = BEGINNING) -> Iterator[AuditRow]:
    """The rows after a place as long as each follows the one before.

    Raises:
        BrokenChain: at the first that does not.
    """
    agreed = start
    after = None if start == BEGINNING else start.number
    for row, links in walk_rows(connection, after):
        if not _follows(row, links, agreed):
            raise BrokenChain(diagnose(connection, row, agreed))
        agreed = Place(row.number, row.hash)
        yield row


def require_no_orphans(connection: Connection, last: int) -> None:
    """Check that persons are on record for rows alone, of which there are so many.

    Raises:
        BrokenChain: rows are gone whose persons are left.
    """
    orphan = first_orphan(connection)
    if orphan is not None and orphan > last:
        words = f"row {last + 1} is missing: the end was cut off, from row {orphan} at the latest"
        raise BrokenChain(Break(last + 1, BreakKind.TRUNCATED, words))
    if orphan is not None:
        words = f"row {orphan} is missing, but not its persons"
        raise BrokenChain(Break(orphan, BreakKind.EDITED, words))


def _follows(row: AuditRow, links: tuple[PersonLink, ...], agreed: Place) -> bool:
    """Whether a row is the next one, as it was written."""
    return (
        row.number == agreed.number + 1
        and row.previous == agreed.hash
        and row.hash == hash_row(row)
        and row.persons == hash_links(links)
    )


def verify_chain(connection: Connection) -> ChainState:
    """Walk the whole chain, without checkpoints; an end that was cut off may go unseen."""
    rows = 0
    try:
        with any_bytes(connection):
            for row in follow_chain(connection):
                rows = row.number
            require_no_orphans(connection, rows)
    except BrokenChain as broken:
        return ChainState(broken.found.row - 1, broken.found.words)
    return ChainState(rows, None)
