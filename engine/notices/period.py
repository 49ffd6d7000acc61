"""How long a notice is kept: at most five years, then its owner must examine it again."""

from __future__ import annotations

from datetime import datetime, timedelta

from engine.errors import BadRequest

LONGEST = timedelta(days=5 * 365)
"""Rules on the Processing of Data: five years at first, and at each renewal."""


def expiry_of(wanted: datetime | None, now: datetime) -> datetime:
    """When a notice that is published or renewed now expires; none wanted is the longest.

    Raises:
        BadRequest: the wish lies in the past or too far ahead.
    """
    latest = now + LONGEST
    if wanted is None:
        return latest
    if not now < wanted <= latest:
        raise BadRequest(
            f"expiry {wanted:%Y-%m-%d} must be later than now and by {latest:%Y-%m-%d}"
        )
    return wanted


def has_passed(expires_at: datetime | None, now: datetime) -> bool:
    """Whether a notice must not be in force any more."""
    return expires_at is not None and expires_at <= now


def is_near(expires_at: datetime | None, now: datetime, days: int) -> bool:
    """Whether the owner should be warned: expiry is ahead, within so many days."""
    return expires_at is not None and now < expires_at <= now + timedelta(days=days)
