"""Levels of confidentiality, and up to which of them somebody may see."""

from __future__ import annotations

from enum import IntEnum

from engine.errors import BadRequest


class Clearance(IntEnum):
    """The three levels of the rules on the processing of data (RPD article 112), lowest first."""

    OFFICIAL = 1
    RESTRICTED = 2
    CONFIDENTIAL = 3

    @property
    def label(self) -> str:
        """Its name in requests and on screens."""
        return self.name.lower()


def parse_clearance(text: str) -> Clearance:
    """Read a level by its name.

    Raises:
        BadRequest: names no level.
    """
    try:
        return Clearance[text.strip().upper()]
    except KeyError:
        known = ", ".join(level.label for level in Clearance)
        raise BadRequest(f"unknown clearance {text!r}; known are: {known}") from None
