"""Sealing what a program without keys has stored."""

from __future__ import annotations

from collections.abc import Callable

from engine.gallery.catalogue import Catalogue
from engine.gallery.scrubbing import scrub
from engine.gallery.sealed_columns import SEALED
from engine.gallery.sealed_rows import Step, count_plain, seal_plain

Progress = Callable[[int], None]
"""Told how many values were sealed since it was last told."""


def plain_values(catalogue: Catalogue) -> int:
    """Number of values that are not sealed."""
    with catalogue.reading() as connection:
        return count_plain(connection)


def seal_old_values(catalogue: Catalogue, progress: Progress = lambda _: None) -> int:
    """Seal every plain value, portion by portion; a stopped run is gone on with by the next.

    Returns:
        number of values sealed now.
    """
    total = 0
    for column in SEALED:
        step = Step()
        while True:
            with catalogue.recording() as connection:
                step = seal_plain(connection, column, step)
            if not step.done:
                break
            total += step.done
            progress(step.done)
    if total:
        scrub(catalogue.database)
    return total
