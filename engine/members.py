"""National Central Bureaus and their regions: data of the package, not code."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from engine.errors import BadRequest


@dataclass(frozen=True, slots=True)
class Bureau:
    """One member country's National Central Bureau.

    Attributes:
        code: ISO 3166-1 alpha-2.
        name: of the country, in English.
        region: one of five; decides the shard of the bureau's prints.
        city: seat of the bureau.
        languages: those of ar, en, fr and es that are official in the country.
    """

    code: str
    name: str
    region: str
    city: str
    languages: tuple[str, ...]


@cache
def bureaus() -> dict[str, Bureau]:
    """All member bureaus by their code. Read as text: `NA` is Namibia."""
    text = (files("engine.reference") / "members.csv").read_text(encoding="utf-8")
    return {row["iso2"]: _bureau(row) for row in csv.DictReader(text.splitlines())}


def _bureau(row: dict[str, str]) -> Bureau:
    """A bureau from its row of the member list."""
    languages = tuple(filter(None, row["languages_official_of_interpol"].split("|")))
    return Bureau(row["iso2"], row["name_en"], row["region"], row["ncb_city"], languages)


@cache
def regions() -> tuple[str, ...]:
    """The names of all regions, in alphabetical order."""
    return tuple(sorted({bureau.region for bureau in bureaus().values()}))


def find_bureau(code: str) -> Bureau:
    """The bureau of a country code.

    Raises:
        BadRequest: the country has no bureau.
    """
    bureau = bureaus().get(code.strip().upper())
    if bureau is None:
        raise BadRequest(f"unknown NCB {code!r}: give the two-letter code of a member country")
    return bureau


def parse_regions(text: str | None) -> tuple[str, ...]:
    """Read region names separated by commas; None, nothing or `all` means every region.

    Case does not matter and the beginning of a name is enough (`asia`, `middle east`).

    Raises:
        BadRequest: names no region.
    """
    if text is None or text.strip().lower() in ("", "all"):
        return regions()
    chosen = {_find_region(name.strip()) for name in text.split(",")}
    return tuple(sorted(chosen))


def parse_region(text: str) -> str:
    """Read one region; the beginning of its name is enough.

    Raises:
        BadRequest: names no region.
    """
    return _find_region(text.strip())


def _find_region(name: str) -> str:
    """The one region whose name starts like this."""
    matches = [region for region in regions() if name and region.lower().startswith(name.lower())]
    if len(matches) != 1:
        raise BadRequest(f"unknown region {name!r}; known are: {', '.join(regions())}, or all")
    return matches[0]
