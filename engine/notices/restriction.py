"""Which bureaus an owner lets see a record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from engine.errors import BadRequest
from engine.members import find_bureau


class RestrictionMode(StrEnum):
    """How the list of a restriction is meant."""

    ALL = "ALL"
    ALLOW = "ALLOW"
    DENY = "DENY"


@dataclass(frozen=True, slots=True)
class Restriction:
    """Every bureau, only those of a list, or all but those of a list.

    Attributes:
        mode: how the list is meant.
        ncbs: codes of bureaus; empty for ALL.
    """

    mode: RestrictionMode = RestrictionMode.ALL
    ncbs: frozenset[str] = field(default=frozenset())

    def admits(self, ncb: str) -> bool:
        """Whether a bureau passes. Who names no bureau passes only where all do."""
        if self.mode is RestrictionMode.ALL:
            return True
        return bool(ncb) and (ncb in self.ncbs) is (self.mode is RestrictionMode.ALLOW)


EVERYBODY = Restriction()
"""No restriction."""


def parse_restriction(mode: str, ncbs: Iterable[str]) -> Restriction:
    """Read a restriction.

    Raises:
        BadRequest: unknown mode or bureau, or a list where none belongs or none where one does.
    """
    word = mode.strip().upper() or RestrictionMode.ALL.value
    if word not in RestrictionMode.__members__:
        raise BadRequest(f"restriction {mode!r}: use ALL, ALLOW or DENY")
    codes = frozenset(find_bureau(code).code for code in ncbs)
    if (word == RestrictionMode.ALL) is bool(codes):
        raise BadRequest(f"restriction {word}: the list of bureaus must be empty for ALL alone")
    return Restriction(RestrictionMode(word), codes)
