"""How a chain can be broken."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class BreakKind(StrEnum):
    """What was done to a chain, as far as it can be told."""

    EDITED = "edited"
    DELETED = "deleted"
    INSERTED = "inserted"
    REORDERED = "reordered"
    TRUNCATED = "truncated"
    RESTORED = "restored"
    REWRITTEN = "rewritten"


@dataclass(frozen=True, slots=True)
class Break:
    """The first place at which a chain is not what was written.

    Attributes:
        row: number of the first broken row; all before agree.
        kind: what was done.
        words: the same for people.
    """

    row: int
    kind: BreakKind
    words: str


def rows_named(first: int, last: int) -> str:
    """Rows from a number to another, in words."""
    return f"row {first}" if first == last else f"rows {first} to {last}"


def are(first: int, last: int) -> str:
    """The verb that fits them."""
    return "is" if first == last else "are"


def were(first: int, last: int) -> str:
    """The same of the past."""
    return "was" if first == last else "were"
