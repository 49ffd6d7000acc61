"""Writers of one process take turns, in the order of their asking.

The database lets one writer in at a time anyway, but SQLite lets the others try again and again,
whoever is lucky, and each that waits holds a connection. In a queue nobody starves.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from engine.errors import CatalogueBusy


class Turns:
    """A queue in front of a few places. Safe to share between threads."""

    def __init__(self, places: int, seconds: float) -> None:
        """Take the number of places, and how long anybody waits for one."""
        self._free = places
        self._seconds = seconds
        self._waiting: deque[threading.Lock] = deque()
        self._lock = threading.Lock()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold a place.

        Raises:
            CatalogueBusy: nobody left one in time.
        """
        self._take()
        try:
            yield
        finally:
            self._leave()

    def _take(self) -> None:
        """Wait for a place."""
        with self._lock:
            if self._free:
                self._free -= 1
                return
            gate = threading.Lock()
            gate.acquire()
            self._waiting.append(gate)
        if gate.acquire(timeout=self._seconds):
            return
        with self._lock:
            if gate in self._waiting:
                self._waiting.remove(gate)
                raise CatalogueBusy("too many writers are waiting; try again")
        # Somebody left a place to this one just now.

    def _leave(self) -> None:
        """Give the place to whoever waits longest."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._free += 1
