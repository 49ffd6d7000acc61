"""Plain records that travel between the stages: an image in, a template out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

UInt8Array = NDArray[np.uint8]
Float32Array = NDArray[np.float32]
Float64Array = NDArray[np.float64]

PPI = 500
"""Resolution of every image and coordinate inside the engine, pixels per inch."""

MAX_MINUTIAE = 255
"""Largest number of minutiae of one print; the count field of ISO/IEC 19794-2 is one byte."""


class MinutiaType(IntEnum):
    """Codes of ISO/IEC 19794-2:2005."""

    OTHER = 0
    ENDING = 1
    BIFURCATION = 2


@dataclass(frozen=True, slots=True, eq=False)
class PrintImage:
    """A print as grey levels at 500 ppi, dark ridges on a light ground.

    Attributes:
        pixels: (H, W) uint8.
        source_ppi: resolution before rescaling, pixels per inch.
        ppi_known: False if no resolution was given or found and 500 ppi was assumed.
        name: where it came from, for messages.
        format: PNG, BMP, TIFF, JPEG, JP2 or WSQ.
    """

    pixels: UInt8Array
    source_ppi: float
    ppi_known: bool
    name: str
    format: str


@dataclass(frozen=True, slots=True, eq=False)
class Minutiae:
    """The minutiae of one print, best quality first.

    Attributes:
        xy: (N, 2) float32, pixels at 500 ppi; origin top left, y down.
        direction: (N,) float32, radians in [0, 2 pi), counter-clockwise from +x as seen
            (y up). Along the ridge for an ending, along the valley for a bifurcation
            (ISO/IEC 19794-2).
        type: (N,) uint8, a `MinutiaType`.
        quality: (N,) uint8, 1 (worst) to 100; 0 means not reported.
    """

    xy: Float32Array
    direction: Float32Array
    type: UInt8Array
    quality: UInt8Array

    def __len__(self) -> int:
        return len(self.xy)

    @staticmethod
    def empty() -> Minutiae:
        """No minutiae."""
        return Minutiae(
            np.zeros((0, 2), np.float32),
            np.zeros(0, np.float32),
            np.zeros(0, np.uint8),
            np.zeros(0, np.uint8),
        )

    def best(self, count: int) -> Minutiae:
        """The `count` minutiae of highest quality, in falling order (ties keep their order)."""
        order = np.argsort(-self.quality.astype(np.int16), kind="stable")[:count]
        return Minutiae(
            self.xy[order], self.direction[order], self.type[order], self.quality[order]
        )


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """All that the engine keeps of a print to search with it.

    Attributes:
        minutiae: see `Minutiae`.
        width, height: size of the image in pixels at 500 ppi.
        quality: 0 (worst) to 100.
        quality_measure: what gave `quality`: "NFIQ2" or "ridge-1" (our own).
        extractor: name and version of what found the minutiae, such as "leader-2".
            Minutiae of different extractors are comparable but not equally placed.
    """

    minutiae: Minutiae
    width: int
    height: int
    quality: int
    quality_measure: str
    extractor: str
