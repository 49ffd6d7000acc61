"""When a call that failed is tried again, and when it is given up."""

from __future__ import annotations

from datetime import timedelta

FIRST = timedelta(seconds=10)
LONGEST = timedelta(hours=1)

MOST_TRIES = 14
"""Of one event: over about seven hours, so that a receiver may be down for a night's work."""

MOST_FAILURES = 40
"""Tries in a row that fail, of whatever events, before a callback is switched off."""


def wait_after(tries: int) -> timedelta | None:
    """How long to wait after so many tries, twice as long each time; None is no more."""
    if tries >= MOST_TRIES:
        return None
    doubled: timedelta = FIRST * 2 ** (tries - 1)
    return min(doubled, LONGEST)
