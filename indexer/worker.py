"""The indexer as a process: builds whenever the catalogue has something new, then searches new
prints against unsolved latents."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

from engine.errors import Conflict, StorageError
from engine.gallery.catalogue import Catalogue
from engine.gallery.gallery import Gallery
from engine.latents.reverse import Reversed, search_new_prints
from engine.persons import GalleryKind
from indexer.builder import Built, build

PAUSE = 2.0
"""Seconds between two looks at the clock; until then new prints are searched from memory."""


def watch(
    catalogue: Catalogue,
    folder: Path,
    stop: threading.Event,
    tell: Callable[[Built | Reversed | str], None],
    parent: int | None = None,
) -> None:
    """Build and search until told to stop.

    A failure is told and tried again: a full disk may be emptied.

    Args:
        catalogue, folder: what to build.
        stop: set from outside to end.
        tell: gets what was built and searched, and failures.
        parent: number of the process that started this one, whose end is an end too.
    """
    indexed = -1
    latents = Gallery(catalogue, folder, GalleryKind.UNSOLVED_LATENT)
    while not stop.is_set() and parent in (None, os.getppid()):
        try:
            now = catalogue.now()
            if now != indexed:
                built = build(catalogue, folder)
                indexed = now
                if built.added or built.merged or built.purged:
                    tell(built)
            while not stop.is_set():
                found = search_new_prints(latents)
                if found.prints:
                    tell(found)
                if found.done:
                    break
        except (Conflict, StorageError) as error:
            tell(str(error))
        stop.wait(PAUSE)
