"""Dates of which the day, or the month as well, may be unknown."""

from __future__ import annotations

import calendar
import re
from datetime import date

_DATE = re.compile(r"(\d{4})(?:/(\d{2})(?:/(\d{2}))?)?", re.ASCII)


def read_date(text: str) -> tuple[date, date] | None:
    """First and last day that `YYYY/MM/DD`, `YYYY/MM` or `YYYY` may mean; None if it is no date."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(part) if part else 0 for part in match.groups())
    try:
        first = date(year, month or 1, day or 1)
        last_month = month or 12
        return first, date(year, last_month, day or calendar.monthrange(year, last_month)[1])
    except ValueError:
        return None


def years_before(today: date, years: int) -> date:
    """The same day some years earlier; 29 February becomes the 28th where there is none."""
    year = max(1, today.year - years)
    day = min(today.day, calendar.monthrange(year, today.month)[1])
    return date(year, today.month, day)
