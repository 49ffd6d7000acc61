"""Countries, languages and partly known days, as each language writes them."""

from __future__ import annotations

from babel import Locale

from api.portal import formats
from engine.notices.dates import read_date

WHOLE_DAY = len("YYYY/MM/DD")

NETWORK = {"IPSG": "IPSG", "CCC": "CCC"}
"""Codes of organisations that are no countries stay as they are."""


def country(code: str, language: str) -> str:
    """The name of a country; a code that is none stays as it is."""
    names = Locale.parse(language).territories
    return str(names.get(code.partition("-")[0].upper(), code)) if code not in NETWORK else code


def tongue(code: str, language: str) -> str:
    """The name of a language."""
    return str(Locale.parse(language).languages.get(code, code))


def partial_day(text: str, language: str) -> str:
    """A day of the form YYYY/MM/DD; of one that is known in part, what is known."""
    span = read_date(text) if len(text) == WHOLE_DAY else None
    return text if span is None else formats.day(span[0], language)
