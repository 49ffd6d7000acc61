"""The axis of the ridges, from the structure tensor of the grey levels.

Source: Bigun & Granlund 1987; Bazen & Gerez 2002. Several scales are mixed by coherence, so
that a core is followed closely and a crease is bridged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from engine.extractor.classical.parameters import GRID, ORIENTATION, SHRINK
from engine.extractor.classical.smoothing import smooth
from engine.records import Float32Array, UInt8Array


@dataclass(frozen=True, slots=True, eq=False)
class Flow:
    """Slopes of a neighbourhood, on a grid `GRID` times smaller than the image.

    Attributes:
        energy: (h, w) float32, mean squared slope.
        cosine, sine: (h, w) float32, `energy` times coherence times the cosine and sine of
            twice the ridge's angle, counter-clockwise from +x (y up).
    """

    energy: Float32Array
    cosine: Float32Array
    sine: Float32Array

    def blurred(self, sigma: float) -> Flow:
        """The same over Gaussian neighbourhoods of `sigma` full-size px."""
        shrink = SHRINK * GRID
        return Flow(
            smooth(self.energy, sigma, shrink),
            smooth(self.cosine, sigma, shrink),
            smooth(self.sine, sigma, shrink),
        )


def measure_flow(image: Float32Array, mask: UInt8Array | None = None) -> Flow:
    """Slopes of `image` (H, W) in units a pixel; outside `mask` they count as none."""
    right = cv2.Scharr(image, cv2.CV_32F, 1, 0, scale=1 / 32)
    down = cv2.Scharr(image, cv2.CV_32F, 0, 1, scale=1 / 32)
    if mask is not None:
        right *= mask
        down *= mask
    # A ridge runs across the slope: both parts of the double angle change sign; y points down.
    return Flow(
        _reduce(right * right + down * down),
        _reduce(down * down - right * right),
        _reduce(2 * right * down),
    )


def estimate_orientation(
    image: Float32Array, mask: UInt8Array, scales: Sequence[float]
) -> Float32Array:
    """Angle of the ridges at each pixel: (H, W) float32, radians in [0, pi), y up.

    `image` is normalised, at working size; `scales` are in full-size px.
    """
    inner = cv2.erode(mask, np.ones((3, 3)), iterations=ORIENTATION.rim)
    flow = measure_flow(image, np.asarray(inner, np.uint8))
    cosine = np.zeros_like(flow.energy)
    sine = np.zeros_like(flow.energy)
    for scale in scales:
        part = flow.blurred(scale)
        energy = part.energy + 1e-9
        weight = (np.hypot(part.cosine, part.sine) / energy) ** ORIENTATION.trust / energy
        cosine += weight * part.cosine
        sine += weight * part.sine
    size = (image.shape[1], image.shape[0])
    doubled = np.arctan2(cv2.resize(sine, size), cv2.resize(cosine, size))
    return np.mod(doubled / 2, np.float32(np.pi)).astype(np.float32)


def _reduce(image: Float32Array) -> Float32Array:
    small = cv2.resize(image, None, fx=1 / GRID, fy=1 / GRID, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float32)
