"""Finds minutiae with the LEADER network."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, partial
from pathlib import Path

import numpy as np
import onnxruntime

from engine.extractor.leader.decode import decode
from engine.extractor.leader.network import INPUT
from engine.extractor.leader.parameters import LARGE
from engine.extractor.leader.session import open_session
from engine.extractor.leader.window import choose_window, cut
from engine.records import Minutiae, PrintImage


class LeaderFinder:
    """Minutiae by LEADER. One session serves all threads.

    Raises MissingPart if the network's weights are not installed.
    """

    name = "leader-2"

    def __init__(self, cache_dir: Path, threads: int = 0) -> None:
        """Build or load the graph in `cache_dir`. `threads` 0 uses every processor."""
        self._cache_dir = cache_dir
        self._threads = threads or os.cpu_count() or 1
        self._session = open_session(cache_dir, self._threads)

    def find(self, image: PrintImage) -> Minutiae:
        """The minutiae of one print, best first, at most `MAX_MINUTIAE`; possibly none."""
        return _run(self._session, image)

    def find_many(self, images: Sequence[PrintImage]) -> list[Minutiae]:
        """The minutiae of several prints, in their order, one print a thread.

        On two processors this took 9 % less processor time than one print after the other on
        both; batches of four prints of equal shape took 10 % more.
        """
        with ThreadPoolExecutor(self._threads) as pool:
            return list(pool.map(partial(_run, self._bulk_session), images))

    @cached_property
    def _bulk_session(self) -> onnxruntime.InferenceSession:
        """Runs each print on one thread."""
        return self._session if self._threads == 1 else open_session(self._cache_dir, 1)


def _run(session: onnxruntime.InferenceSession, image: PrintImage) -> Minutiae:
    height, width = image.pixels.shape
    window = choose_window(image.pixels)
    batch = cut(image.pixels, window)[None, None].astype(np.float32)
    options = onnxruntime.RunOptions()
    if batch.size > LARGE:
        options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
    maps = session.run(None, {INPUT: batch}, options)[0][0]
    return decode(maps, window.left, window.top, width, height)
