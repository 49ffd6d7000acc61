"""Does the chain agree with itself and with the signed checkpoints?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from engine.audit.breaks import Break, BreakKind
from engine.audit.checkpoint import Checkpoint, Claim
from engine.audit.checkpointing import ACTION
from engine.audit.walk import BrokenChain, follow_chain, require_no_orphans
from engine.gallery.audit_store import AuditRow, any_bytes, catalogue_clock, find_row


@dataclass(frozen=True, slots=True)
class Verdict:
    """Result of a verification.

    Attributes:
        rows: rows that agree, from the first on.
        hash: of the last of them; empty if there is none.
        checkpoints: that the chain agrees with.
        covered: rows that the last of these covers.
        broken: the first broken row, None if all agree.
        unknown: checkpoints that the chain names and the file lacks.
        first_unknown: number of the row that names the first of them; None if there is none.
        behind: whether all of them are later than those of the file: it is an older copy, or was
            cut off.
    """

    rows: int
    hash: str
    checkpoints: int
    covered: int
    broken: Break | None
    unknown: int
    first_unknown: int | None
    behind: bool


@dataclass(slots=True)
class _Progress:
    """What a walk has seen so far."""

    waiting: Iterator[Checkpoint]
    next: Checkpoint | None = None
    last: Checkpoint | None = None
    rows: int = 0
    hash: str = ""
    checkpoints: int = 0
    unknown: int = 0
    first_unknown: int | None = None
    later: int | None = None

    def advance(self) -> None:
        """Go on to the next checkpoint."""
        self.next = next(self.waiting, None)
        self.later = None


def verify(connection: Connection, checkpoints: Iterable[Checkpoint] = ()) -> Verdict:
    """Walk the whole chain beside its checkpoints, a portion at a time.

    Args:
        connection: of the catalogue.
        checkpoints: whose signatures hold, by rising numbers.
    """
    seen = _Progress(iter(checkpoints))
    seen.advance()
    try:
        with any_bytes(connection):
            for row in follow_chain(connection):
                _compare(connection, seen, row)
            require_no_orphans(connection, seen.rows)
        _require_end(connection, seen)
    except BrokenChain as broken:
        return _verdict(seen, _beyond_signed(seen, broken.found))
    return _verdict(seen, None)


def _verdict(seen: _Progress, broken: Break | None) -> Verdict:
    """The result of a walk."""
    covered = seen.last.claim.number if seen.last else 0
    first = seen.first_unknown
    return Verdict(
        rows=seen.rows if broken is None else broken.row - 1,
        hash=seen.hash if broken is None else "",
        checkpoints=seen.checkpoints,
        covered=covered,
        broken=broken,
        unknown=seen.unknown,
        first_unknown=first,
        behind=first is not None and first > covered + 1,
    )


def _beyond_signed(seen: _Progress, found: Break) -> Break:
    """The break, if it is not in rows that a checkpoint vouches for: then the next is broken."""
    if seen.last is None or found.row > seen.last.claim.number:
        return found
    row = seen.rows + 1
    return Break(row, found.kind, f"row {row} does not follow the one before, which was signed")


def _compare(connection: Connection, seen: _Progress, row: AuditRow) -> None:
    """Compare a row that follows with the checkpoints of its number, and with its own of one.

    Raises:
        BrokenChain: a checkpoint is of another row.
    """
    if row.action == ACTION and not _is_known(seen.last, row):
        seen.unknown += 1
        seen.first_unknown = seen.first_unknown or row.number
    if seen.later is None and seen.next is not None and row.at > seen.next.claim.at:
        seen.later = row.number
    while seen.next is not None and seen.next.claim.number <= row.number:
        if seen.next.claim.hash != row.hash:
            raise BrokenChain(_other_row(connection, seen, seen.next.claim))
        seen.last, seen.checkpoints = seen.next, seen.checkpoints + 1
        seen.advance()
    seen.rows, seen.hash = row.number, row.hash


def _is_known(last: Checkpoint | None, row: AuditRow) -> bool:
    """Whether the checkpoint that a row names is the last that was met."""
    return last is not None and last.digest in row.detail


def _other_row(connection: Connection, seen: _Progress, claim: Claim) -> Break:
    """The row is not the one that the checkpoint was made of, though it follows the one before.

    If the next one follows the signed one still, no other was changed.
    """
    after = find_row(connection, claim.number + 1)
    if after is None or after.previous != claim.hash:
        return _other_history(seen, claim)
    words = f"row {claim.number} was changed and its hash made anew: it is not the one signed"
    return Break(claim.number, BreakKind.EDITED, words)


def _other_history(seen: _Progress, claim: Claim) -> Break:
    """The rows up to a signed one were written anew, or come from an old copy.

    Rows that came after the checkpoint's time cannot stand before it: they were added to an old
    copy of the database. Else somebody computed the hashes anew.
    """
    first = seen.last.claim.number + 1 if seen.last else 1
    words = f"row {claim.number} is not the one that was signed at {claim.at}"
    if seen.later is not None:
        told = f"{words}: an old copy of the database was put back and used, from this row on"
        return Break(seen.later, BreakKind.RESTORED, f"row {seen.later}: {told}")
    if claim.number == first:
        return Break(first, BreakKind.REWRITTEN, f"{words}: its hash was made anew")
    told = f"rows {first} to {claim.number} were written anew, in part or all: {words}"
    return Break(first, BreakKind.REWRITTEN, told)


def _require_end(connection: Connection, seen: _Progress) -> None:
    """Check that the chain reaches as far as the checkpoints.

    Raises:
        BrokenChain: rows are missing at its end.
    """
    if seen.next is None:
        return
    claim = seen.next.claim
    missing, there = seen.rows + 1, catalogue_clock(connection)
    words = f"row {missing} is missing: the chain had come to row {claim.number} at {claim.at}"
    if there < claim.clock:
        told = f"{words}, the catalogue to change {claim.clock}, now {there}: an old copy"
        raise BrokenChain(Break(missing, BreakKind.RESTORED, f"{told} of the database"))
    told = f"{words}; its end was cut off, or an old copy of the database put back"
    raise BrokenChain(Break(missing, BreakKind.TRUNCATED, told))
