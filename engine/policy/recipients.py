"""Whom a restriction can name: bureaus, and the two organisations of the whole network."""

from __future__ import annotations

from collections.abc import Iterable

from engine.errors import BadRequest
from engine.identity.organisations import CENTRE, SECRETARIAT
from engine.members import find_bureau
from engine.notices.restriction import Restriction, RestrictionMode


def parse_recipients(mode: str, codes: Iterable[str]) -> Restriction:
    """Read a restriction of a record.

    The General Secretariat and the CCC have no privilege here: an owner can allow or deny them
    like any bureau.

    Raises:
        BadRequest: unknown mode or organisation, or a list where none belongs or none where one
            does.
    """
    word = mode.strip().upper()
    if word not in RestrictionMode.__members__:
        raise BadRequest(f"restriction {mode!r}: use ALL, ALLOW or DENY")
    named = frozenset(_find(code) for code in codes)
    if (word == RestrictionMode.ALL) is bool(named):
        raise BadRequest(f"restriction {word}: the list of bureaus must be empty for ALL alone")
    return Restriction(RestrictionMode(word), named)


def _find(code: str) -> str:
    """The code of an organisation as it is written.

    Raises:
        BadRequest: there is none.
    """
    word = code.strip().upper()
    return word if word in (SECRETARIAT, CENTRE) else find_bureau(code).code
