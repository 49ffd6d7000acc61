"""The indexer as a process: builds whenever the catalogue has something new."""

from __future__ import annotations

import os
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
    parent: int | None = None,
) -> None:
    """Build until told to stop. A failure is told and tried again: a full disk may be emptied.

    Args:
        catalogue, folder: what to build.
        stop: set from outside to end.
        tell: gets what was built, and failures.
        parent: number of the process that started this one, whose end is an end too.
    """
    indexed = -1
    while not stop.is_set() and parent in (None, os.getppid()):
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
