"""How long an account is locked after wrong passwords."""

from __future__ import annotations

from datetime import datetime, timedelta

FREE_FAILURES = 4
"""People mistype; five wrong passwords in a row are no typing errors."""

FIRST_DELAY = timedelta(seconds=30)

LONGEST_DELAY = timedelta(minutes=15)
"""Bounded, so that a stranger cannot lock somebody out for good; 100 guesses a day remain."""


def delay_after(failures: int) -> timedelta:
    """How long an account is locked after this many wrong passwords in a row: it doubles."""
    beyond = failures - FREE_FAILURES
    if beyond <= 0:
        return timedelta(0)
    return min(FIRST_DELAY * (1 << min(beyond - 1, 16)), LONGEST_DELAY)


def is_locked(failures: int, failed_at: datetime | None, now: datetime) -> bool:
    """Whether the account is locked now."""
    delay = delay_after(failures)
    return bool(delay) and failed_at is not None and now < failed_at + delay
