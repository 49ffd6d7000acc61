"""What every extractor offers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from engine.records import Minutiae, PrintImage


class MinutiaeFinder(Protocol):
    """Finds the minutiae of prints. Safe to share between threads."""

    @property
    def name(self) -> str:
        """Name and version, kept in every template: `leader-2`."""

    def find(self, image: PrintImage) -> Minutiae:
        """The minutiae of one print, best first, at most `MAX_MINUTIAE`; possibly none."""

    def find_many(self, images: Sequence[PrintImage]) -> list[Minutiae]:
        """The minutiae of several prints, in their order, for bulk work."""
