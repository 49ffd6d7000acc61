"""What a server does by the clock: notices, kept probes and events end, late work is told of."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from engine.asker import Asker
from engine.centre_desk.lateness import keep_centre
from engine.errors import WhorlError
from engine.events.reading import forget_old
from engine.gallery.catalogue import Catalogue
from engine.messaging.escalating import escalate
from engine.noticeboard.expiry import run_calendar
from engine.probes import erase_over
from engine.retention_warning import warn_owners

SECONDS = 60.0
"""From one look at the clock to the next."""

CLOCK = Asker("system:calendar", purpose="administration")

WORK = (run_calendar, erase_over, escalate, keep_centre, warn_owners, forget_old)
"""What is done, in this order."""

log = logging.getLogger("whorl.calendar")


def look_at_clock(catalogue: Catalogue, now: datetime) -> None:
    """Do what is due. What was done before is not done again, whoever did it."""
    for work in WORK:
        try:
            work(catalogue, now, CLOCK)
        except WhorlError as error:
            log.warning("%s: %s; tried again in a minute", work.__name__, error)


@contextmanager
def keeping_calendar(catalogue: Catalogue, seconds: float = SECONDS) -> Iterator[None]:
    """Look at the clock now and again, in a thread of its own, until the block ends."""
    stop = threading.Event()

    def keep() -> None:
        while not stop.wait(seconds):
            look_at_clock(catalogue, datetime.now(UTC))

    thread = threading.Thread(target=keep, name="calendar", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
