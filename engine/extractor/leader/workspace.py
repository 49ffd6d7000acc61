"""Where the maps of a print live while it is searched."""

from __future__ import annotations

import numpy as np

from engine.extractor.leader.feature_map import BORDER, BORDER_RIGHT
from engine.records import Float32Array, UInt8Array

KEPT = 1 << 24
"""Numbers that a workspace keeps, at most (64 MB): maps of a print of half a million pixels.
Those of larger ones go back to the system."""


class Workspace:
    """Memory that serves one print after another, on one thread.

    To zero it again costs a quarter of what the system takes for fresh memory, which was a
    seventh of the network's time.
    """

    def __init__(self) -> None:
        self._block = np.empty(0, np.float32)
        self._used = 0

    @property
    def kept(self) -> int:
        """Numbers that are kept for the next print."""
        return len(self._block)

    def clear(self) -> None:
        """Forget all maps: the next print's take their place."""
        if len(self._block) < self._used <= KEPT:
            self._block = np.empty(self._used, np.float32)
        self._used = 0

    def empty_map(self, height: int, width: int, channels: int) -> Float32Array:
        """A map of zeros."""
        shape = (height + 2 * BORDER, width + BORDER + BORDER_RIGHT, channels)
        first, self._used = self._used, self._used + int(np.prod(shape))
        if self._used > len(self._block):
            return np.zeros(shape, np.float32)
        part = self._block[first : self._used]
        part.fill(0)
        return part.reshape(shape)

    def as_map(self, pixels: UInt8Array) -> Float32Array:
        """A print's grey levels as a map of one channel."""
        height, width = pixels.shape
        array = self.empty_map(height, width, 1)
        array[BORDER : BORDER + height, BORDER : BORDER + width, 0] = pixels
        return array
