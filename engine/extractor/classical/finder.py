"""Finds minutiae by image processing alone."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from engine.extractor.classical.candidates import Candidates, find_candidates, place
from engine.extractor.classical.parameters import QUALITY
from engine.extractor.classical.quality import judge
from engine.extractor.classical.ridge_map import map_ridges
from engine.records import MAX_MINUTIAE, Float32Array, Minutiae, PrintImage, UInt8Array


class ClassicalFinder:
    """Minutiae by contextual filtering and thinning. Keeps no state."""

    name = "classical-1"

    def __init__(self, threads: int = 0) -> None:
        """`threads` for `find_many`; 0 uses every processor."""
        self._threads = threads or os.cpu_count() or 1

    def find(self, image: PrintImage) -> Minutiae:
        """The minutiae of one print, best first, at most `MAX_MINUTIAE`; possibly none."""
        found = map_ridges(image.pixels)
        if found is None:
            return Minutiae.empty()
        candidates = find_candidates(found.ridges, found.mask)
        return _best(candidates, judge(candidates, found.small, found.angle), image.pixels)

    def find_many(self, images: Sequence[PrintImage]) -> list[Minutiae]:
        """The minutiae of several prints, in their order, one print a thread."""
        with ThreadPoolExecutor(self._threads) as pool:
            return list(pool.map(self.find, images))


def _best(candidates: Candidates, likely: Float32Array, pixels: UInt8Array) -> Minutiae:
    """The likely ones, best first, inside the image."""
    chosen = likely >= QUALITY.least
    corner = np.array([pixels.shape[1] - 1, pixels.shape[0] - 1], np.float32)
    return Minutiae(
        np.clip(place(candidates)[chosen], 0, corner),
        np.mod(candidates.direction[chosen], np.float32(2 * np.pi)),
        candidates.type[chosen],
        np.clip(np.rint(likely[chosen] * 100), 1, 100).astype(np.uint8),
    ).best(MAX_MINUTIAE)
