"""How often an address may try to sign in, or a user ask."""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from api.errors import TooManyTries

MAX_ADDRESSES = 10_000
"""Those not seen for longest are forgotten: an attacker with more addresses meets the lock of the
account."""

PERIOD_SECONDS = 60.0


@dataclass(slots=True)
class _Bucket:
    """Tries left, as of a time."""

    left: float
    at: float


class RateLimit:
    """At most so many tries a minute from each address. Safe to share between threads."""

    def __init__(
        self,
        count: int,
        clock: Callable[[], float] = time.monotonic,
        message: str = "too many tries from your address; wait a little",
    ) -> None:
        """Take the tries of a minute, and what those are told who have none left."""
        self._message = message
        self._count = count
        self._clock = clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()
        self._lock = threading.Lock()

    def admit(self, address: str) -> None:
        """Count a try.

        Raises:
            TooManyTries: the address must wait.
        """
        now, network = self._clock(), _network(address)
        with self._lock:
            bucket = self._buckets.pop(network, _Bucket(self._count, now))
            gained = (now - bucket.at) * self._count / PERIOD_SECONDS
            left = min(float(self._count), bucket.left + gained)
            self._buckets[network] = _Bucket(max(left - 1, 0.0), now)
            if len(self._buckets) > MAX_ADDRESSES:
                self._buckets.popitem(last=False)
        if left < 1:
            wait = (1 - left) * PERIOD_SECONDS / self._count
            raise TooManyTries(self._message, math.ceil(wait))


def _network(address: str) -> str:
    """What counts as one address: whoever has one of IPv6 has 2⁶⁴ of them."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(int(found) >> 64) if isinstance(found, IPv6Address) else address
