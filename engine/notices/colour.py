"""The colours that name the kinds of notices."""

from __future__ import annotations

from enum import StrEnum

from engine.errors import BadRequest


class Colour(StrEnum):
    """Kinds of notices, by the colour that names them."""

    RED = "red"
    BLUE = "blue"
    GREEN = "green"
    YELLOW = "yellow"
    BLACK = "black"
    ORANGE = "orange"
    PURPLE = "purple"
    UN = "un"
    SILVER = "silver"


def parse_colour(text: str) -> Colour:
    """Read a colour.

    Raises:
        BadRequest: names no colour.
    """
    try:
        return Colour(text.strip().lower())
    except ValueError:
        known = ", ".join(Colour)
        raise BadRequest(f"unknown notice colour {text!r}; known are: {known}") from None
