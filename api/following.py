"""A server that takes up new index files by itself, and so lets go of those with erased prints."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from engine.errors import StorageError
from engine.gallery.gallery import Gallery

SECONDS = 5.0
"""From one look at the manifest to the next; a search looks by itself."""


@contextmanager
def keeping_up(gallery: Gallery, seconds: float = SECONDS) -> Iterator[None]:
    """Look now and again, in a thread of its own, until the block ends."""
    stop = threading.Event()

    def keep() -> None:
        while not stop.wait(seconds):
            with suppress(StorageError):  # `/readyz` and the next search tell
                gallery.snapshot()

    thread = threading.Thread(target=keep, name="following", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
