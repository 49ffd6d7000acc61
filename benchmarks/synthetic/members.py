"""The member countries that invented people and notices come from."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib import resources

ENGLISH = "ENG"
LANGUAGE_CODES = {"ar": "ARA", "en": ENGLISH, "fr": "FRE", "es": "SPA"}


@dataclass(frozen=True, slots=True)
class Member:
    """One row of `engine/reference/members.csv`.

    Attributes:
        iso2: country code; Namibia's is the text "NA".
        region: one of the five.
        languages: three-letter codes of notices, English where the country has none of the four
            working languages.
    """

    iso2: str
    region: str
    languages: tuple[str, ...]


def read_members() -> tuple[Member, ...]:
    """Read all member countries, in the order of their codes."""
    table = resources.files("engine.reference").joinpath("members.csv")
    with table.open(encoding="utf-8") as lines:
        return tuple(_member(row) for row in csv.DictReader(lines))


def _member(row: dict[str, str]) -> Member:
    given = row["languages_official_of_interpol"]
    languages = tuple(code for key, code in LANGUAGE_CODES.items() if key in given)
    return Member(row["iso2"], row["region"], languages or (ENGLISH,))
