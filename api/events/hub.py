"""One look a second at the outbox for all who listen, and how many may."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from api.errors import TooManyStreams
from engine.errors import WhorlError
from engine.gallery.catalogue import Catalogue
from engine.gallery.event_store import latest_position

SECONDS = 1.0
"""From one look to the next."""

MOST = 400
"""Streams at once; each holds a connection, and costs a look at its token every few seconds."""

log = logging.getLogger("whorl.events")


class EventHub:
    """Knows how far the outbox has got, and who listens. Safe to share between threads."""

    def __init__(self, catalogue: Catalogue, of_one_user: int) -> None:
        """Take a catalogue, and how many streams a user may have at once."""
        self._catalogue = catalogue
        self._of_one_user = of_one_user
        self._listeners: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self.latest = 0

    @property
    def is_closing(self) -> bool:
        """Whether the server stops, so that streams end."""
        return self._closing.is_set()

    def enter(self, actor: str) -> None:
        """Count a listener.

        Raises:
            TooManyStreams: this user, or everybody together, has too many.
        """
        with self._lock:
            if self._listeners[actor] >= self._of_one_user:
                raise TooManyStreams(f"you have {self._of_one_user} streams open; close one")
            if self._listeners.total() >= MOST:
                raise TooManyStreams("too many streams are open; try again later")
            self._listeners[actor] += 1

    def leave(self, actor: str) -> None:
        """Count one less."""
        with self._lock:
            self._listeners[actor] -= 1
            if self._listeners[actor] <= 0:
                del self._listeners[actor]

    def look(self) -> None:
        """See how far the outbox has got, if anybody listens."""
        if not self._listeners:
            return
        try:
            with self._catalogue.reading() as connection:
                self.latest = latest_position(connection)
        except WhorlError as error:
            log.warning("the outbox cannot be read: %s", error)

    def run(self, seconds: float) -> None:
        """Look now and again until it is closed."""
        while not self._closing.wait(seconds):
            self.look()

    def close(self) -> None:
        """End all streams, and the looking."""
        self._closing.set()


@contextmanager
def keeping_hub(
    catalogue: Catalogue, of_one_user: int, seconds: float = SECONDS
) -> Iterator[EventHub]:
    """A hub that looks, in a thread of its own, until the block ends."""
    hub = EventHub(catalogue, of_one_user)
    thread = threading.Thread(target=hub.run, args=(seconds,), name="events", daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        hub.close()
        thread.join()
