"""Times as the databases give them back."""

from __future__ import annotations

from datetime import UTC, datetime


def as_utc(time: datetime) -> datetime:
    """The time with its zone, which SQLite does not keep."""
    return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)


def as_utc_or_none(time: datetime | None) -> datetime | None:
    """The same for a time that may be missing."""
    return None if time is None else as_utc(time)
