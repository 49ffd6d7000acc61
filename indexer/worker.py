"""The indexer as a process: builds whenever the catalogue has something new."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from engine.errors import Conflict, StorageError
from engine.gallery.catalogue import Catalogue
from indexer.builder import Built, build

PAUSE = 2.0
"""Seconds between two looks at the clock; until then new prints are searched from memory."""


def watch(
    catalogue: Catalogue,
    folder: Path,
    stop: threading.Event,
    tell: Callable[[Built | str], None],
) -> None:
    """Build until told to stop. A failure is told and tried again: a full disk may be emptied."""
    indexed = -1
    while not stop.is_set():
        try:
            now = catalogue.now()
            if now != indexed:
                built = build(catalogue, folder)
                indexed = now
                if built.added or built.merged:
                    tell(built)
        except (Conflict, StorageError) as error:
            tell(str(error))
        stop.wait(PAUSE)
