"""Dates and numbers as each language writes them.

Digits are European in Arabic too, as in the ids, dates and case references beside them. Times are
of UTC and say so: the network has every time zone.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, format_percent


def number(value: float, language: str, digits: int = 0) -> str:
    """A number with this many digits after the mark."""
    form = "#,##0" + ("." + "0" * digits if digits else "")
    return format_decimal(value, form, locale=language)


def percent(share: float, language: str) -> str:
    """A share of 0 to 1 in hundredths."""
    return format_percent(share, locale=language)


def day(value: date, language: str) -> str:
    """A day."""
    return format_date(value, "medium", locale=language)


def moment(value: datetime, language: str) -> str:
    """A time to the minute, in UTC."""
    utc = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return f"{format_datetime(utc, 'medium', locale=language)} UTC"


def machine_time(value: datetime) -> str:
    """A time as the attribute `datetime` wants it."""
    utc = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return utc.isoformat(timespec="seconds").replace("+00:00", "Z")
