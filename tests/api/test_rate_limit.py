"""How often an address may try."""

from __future__ import annotations

import pytest

from api import rate_limit
from api.errors import TooManyTries
from api.rate_limit import RateLimit


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """The time."""
        return self.now


def test_tries_come_back_with_time() -> None:
    """Two a minute are one every half minute."""
    clock = Clock()
    limit = RateLimit(2, clock)
    limit.admit("10.0.0.1")
    limit.admit("10.0.0.1")
    with pytest.raises(TooManyTries):
        limit.admit("10.0.0.1")
    clock.now = 29.0
    with pytest.raises(TooManyTries):
        limit.admit("10.0.0.1")
    clock.now = 60.0
    limit.admit("10.0.0.1")


def test_addresses_do_not_share() -> None:
    """But those of one IPv6 network do."""
    limit = RateLimit(1, Clock())
    for address in ("10.0.0.1", "10.0.0.2", "2001:db8::1", "2001:db8:0:1::1", "testclient"):
        limit.admit(address)
    with pytest.raises(TooManyTries):
        limit.admit("2001:db8::2")


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The address that was not seen for longest is forgotten."""
    monkeypatch.setattr(rate_limit, "MAX_ADDRESSES", 2)
    limit = RateLimit(1, Clock())
    for number in range(3):
        limit.admit(f"10.0.0.{number}")
    limit.admit("10.0.0.0")
    with pytest.raises(TooManyTries):
        limit.admit("10.0.0.2")
