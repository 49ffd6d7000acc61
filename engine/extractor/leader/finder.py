"""Finds minutiae with the LEADER network."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from engine.extractor.leader.decode import decode, find_peaks
from engine.extractor.leader.network import LeaderNetwork
from engine.extractor.leader.weights import find_weights, read_weights
from engine.extractor.leader.window import choose_window, cut, find_ridges, halve_window
from engine.records import Minutiae, PrintImage


class LeaderFinder:
    """Minutiae by LEADER. Threads may share it; each print is searched on one.

    Raises MissingPart if the network's weights are not installed.
    """

    name = "leader-2"

    def __init__(self, threads: int = 0) -> None:
        """`threads` are used by `find_many`; 0 is every processor."""
        self._threads = threads or os.cpu_count() or 1
        self._network = LeaderNetwork(read_weights(find_weights()))

    def find(self, image: PrintImage) -> Minutiae:
        """The minutiae of one print, best first, at most `MAX_MINUTIAE`; possibly none."""
        pixels = image.pixels
        ridges = find_ridges(pixels)
        window = choose_window(ridges, pixels.shape)
        found = self._network.search(
            cut(pixels, window, int(pixels[0, 0])), cut(ridges, halve_window(window), 0)
        )
        peaks = find_peaks(found.probability, window, pixels.shape)
        return decode(peaks, window, *self._network.describe(found, peaks.x, peaks.y))

    def find_many(self, images: Sequence[PrintImage]) -> list[Minutiae]:
        """The minutiae of several prints, in their order, one print a thread."""
        with ThreadPoolExecutor(self._threads) as pool:
            return list(pool.map(self.find, images))
