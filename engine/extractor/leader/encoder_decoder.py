"""Four blocks on the way down, four on the way up, each level joined with its equal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from engine.extractor.leader.feature_map import Strips, size_of
from engine.extractor.leader.scaling import double, halve
from engine.extractor.leader.workspace import Workspace
from engine.records import Float32Array

LEVELS = range(4)
"""Each level halves the size."""


class Block(Protocol):
    """A step that keeps the size."""

    channels: int

    def run(self, source: Float32Array, strips: Strips, out: Float32Array, channel: int) -> None:
        """From a map to the channels from `channel` on of another."""


class EncoderDecoder:
    """A U-net of blocks."""

    def __init__(self, down: Sequence[Block], up: Sequence[Block]) -> None:
        """A block a level for each way; the first is that of the largest maps."""
        self._down, self._up = down, up

    def run(self, x: Float32Array, strips: Sequence[Strips], space: Workspace) -> Float32Array:
        """From a map to one of the same size, what came up joined with what went down.

        `strips`: for each level and for the size below the last what is to be computed.
        """
        joined = []
        for level in LEVELS:
            up, down = self._up[level].channels, self._down[level].channels
            joined.append(space.empty_map(*size_of(x), up + down))
            self._down[level].run(x, strips[level], joined[-1], up)
            height, width = size_of(x)
            x = space.empty_map(height // 2, width // 2, down)
            halve(joined[-1], up, x)
        for level in reversed(LEVELS):
            below = space.empty_map(*size_of(x), self._up[level].channels)
            self._up[level].run(x, strips[level + 1], below, 0)
            x = joined[level]
            double(below, x)
        return x
