"""Checks of single values of a notice: each says what is wrong with a value, or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from engine.notices.dates import read_date

Check = Callable[[Any], str | None]
"""What is wrong with a value; None if nothing is."""

_CODE = re.compile(r"[A-Z0-9]{2,3}")
"""Country codes outside ISO 3166 occur, such as 914 for stateless persons."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

LONGEST_TEXT = 20_000
MOST = 200
"""Members of a list."""


def words(longest: int = 500) -> Check:
    """Text of some length at most, without control characters."""

    def check(value: Any) -> str | None:
        if not isinstance(value, str) or not value.strip():
            return "is no text"
        if len(value) > longest:
            return f"is longer than {longest} characters"
        return "holds control characters" if _CONTROL.search(value) else None

    return check


def one_of(*known: str) -> Check:
    """One of some words."""
    return lambda value: None if value in known else f"is none of {', '.join(known)}"


def number(most: float, *, whole: bool = False) -> Check:
    """A number from 0, which means unknown, to a limit."""
    kinds = (int,) if whole else (int, float)

    def check(value: Any) -> str | None:
        fits = isinstance(value, kinds) and not isinstance(value, bool) and 0 <= value <= most
        return None if fits else f"is no {'whole ' if whole else ''}number from 0 to {most:g}"

    return check


def yes_or_no(value: Any) -> str | None:
    """True or false."""
    return None if isinstance(value, bool) else "is not true or false"


def country(value: Any) -> str | None:
    """A country code."""
    fits = isinstance(value, str) and _CODE.fullmatch(value)
    return None if fits else "is no country code"


def date(value: Any) -> str | None:
    """A date of the form `YYYY/MM/DD`, `YYYY/MM` or `YYYY`."""
    fits = isinstance(value, str) and read_date(value) is not None
    return None if fits else "is no date of the form YYYY/MM/DD, YYYY/MM or YYYY"


def many(inner: Check) -> Check:
    """A list of some values, at least one."""

    def check(value: Any) -> str | None:
        if not isinstance(value, (list, tuple)) or not value:
            return "is no list"
        if len(value) > MOST:
            return f"has more than {MOST} members"
        faults = (f"{place}: {fault}" for place, one in enumerate(value) if (fault := inner(one)))
        return next(faults, None)

    return check


def record(needed: Mapping[str, Check], possible: Mapping[str, Check]) -> Check:
    """A mapping with these members and no others."""
    known = {**needed, **possible}

    def check(value: Any) -> str | None:
        if not isinstance(value, Mapping):
            return "is no object"
        missing, strange = sorted(set(needed) - set(value)), sorted(set(value) - set(known))
        if missing or strange:
            return f"{missing[0]} is missing" if missing else f"{strange[0]!r} is unknown"
        faults = (
            f"{name}: {fault}"
            for name, one in value.items()
            if one is not None and (fault := known[name](one))
        )
        return next(faults, None)

    return check
