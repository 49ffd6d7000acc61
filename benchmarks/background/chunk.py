"""Many synthetic prints as plain arrays."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.background.finger import FINGERS
from engine.fingers import Finger
from engine.records import Minutiae, Template, UInt8Array

EXTRACTOR = "synthetic-1"
"""What stands for the extractor in these templates."""

QUALITY = 60
"""Quality that these templates state: that of a fair print."""


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """One impression each of P fingers; print i has the rows offsets[i] to offsets[i + 1].

    Attributes:
        xy: (M, 2) int16, pixels at 500 ppi, y down.
        direction: (M,) uint8, 256ths of a turn, counter-clockwise from +x.
        type: (M,) uint8, a `MinutiaType`.
        quality: (M,) uint8, 1 to 100, the best of a print first.
        offsets: (P + 1,) int64.
        fingers: (P,) int64, number of the finger in its gallery; finger i is of person i // 10.
        position: (P,) uint8, a `Finger`: i % 10 + 1.
        pattern: (P,) uint8, class of the finger, see `layout`.
        size: (P, 2) uint16, width and height of the image in pixels.
    """

    xy: NDArray[np.int16]
    direction: UInt8Array
    type: UInt8Array
    quality: UInt8Array
    offsets: NDArray[np.int64]
    fingers: NDArray[np.int64]
    position: UInt8Array
    pattern: UInt8Array
    size: NDArray[np.uint16]

    def __len__(self) -> int:
        return len(self.fingers)

    def minutiae(self, row: int) -> Minutiae:
        """The minutiae of a print."""
        rows = slice(int(self.offsets[row]), int(self.offsets[row + 1]))
        return Minutiae(
            self.xy[rows].astype(np.float32),
            self.direction[rows].astype(np.float32) * np.float32(math.pi / 128),
            self.type[rows],
            self.quality[rows],
        )

    def template(self, row: int) -> Template:
        """A print as the engine stores it."""
        width, height = self.size[row]
        return Template(
            self.minutiae(row), int(width), int(height), QUALITY, "synthetic", EXTRACTOR
        )

    def finger(self, row: int) -> Finger:
        """The finger position of a print."""
        return Finger(int(self.position[row]))

    def person(self, row: int) -> int:
        """Number of the person whose print it is."""
        return int(self.fingers[row]) // FINGERS

    def first(self, prints: int) -> Chunk:
        """The first prints alone."""
        rows = int(self.offsets[prints])
        return Chunk(
            self.xy[:rows],
            self.direction[:rows],
            self.type[:rows],
            self.quality[:rows],
            self.offsets[: prints + 1],
            self.fingers[:prints],
            self.position[:prints],
            self.pattern[:prints],
            self.size[:prints],
        )
