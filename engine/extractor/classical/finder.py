"""Finds minutiae by image processing alone."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np

from engine.extractor.classical.candidates import Candidates, find_candidates, place
from engine.extractor.classical.enhancement import enhance
from engine.extractor.classical.frequency import estimate_period
from engine.extractor.classical.normalisation import normalise, shrink
from engine.extractor.classical.orientation import estimate_orientation
from engine.extractor.classical.parameters import ORIENTATION, QUALITY
from engine.extractor.classical.quality import judge
from engine.extractor.classical.segmentation import segment
from engine.records import MAX_MINUTIAE, Float32Array, Minutiae, PrintImage, UInt8Array

_LEAST_SIDE = 32
"""Pixels; no smaller image holds two ridges and a filter."""


class ClassicalFinder:
    """Minutiae by contextual filtering and thinning. Keeps no state."""

    name = "classical-1"

    def __init__(self, threads: int = 0) -> None:
        """`threads` for `find_many`; 0 uses every processor."""
        self._threads = threads or os.cpu_count() or 1

    def find(self, image: PrintImage) -> Minutiae:
        """The minutiae of one print, best first, at most `MAX_MINUTIAE`; possibly none."""
        pixels = image.pixels
        if min(pixels.shape) < _LEAST_SIDE:
            return Minutiae.empty()
        small = shrink(pixels)
        mask = segment(small)
        if not mask.any():
            return Minutiae.empty()
        ridges, angle = _enhance(normalise(small, mask), mask)
        candidates = find_candidates(_enlarge(ridges, pixels), _enlarge_mask(mask, pixels))
        return _best(candidates, judge(candidates, ridges, angle), pixels)

    def find_many(self, images: Sequence[PrintImage]) -> list[Minutiae]:
        """The minutiae of several prints, in their order, one print a thread."""
        with ThreadPoolExecutor(self._threads) as pool:
            return list(pool.map(self.find, images))


def _enhance(image: Float32Array, mask: UInt8Array) -> tuple[Float32Array, Float32Array]:
    """The enhanced image and its angles: twice, as angles are surer once noise is gone."""
    angle = estimate_orientation(image, mask, ORIENTATION.coarse)
    period = estimate_period(image, mask, angle)
    ridges = enhance(image, mask, angle, period)
    angle = estimate_orientation(ridges, mask, (ORIENTATION.fine,))
    return enhance(image, mask, angle, period), angle


def _enlarge(ridges: Float32Array, pixels: UInt8Array) -> Float32Array:
    size = (pixels.shape[1], pixels.shape[0])
    return np.asarray(cv2.resize(ridges, size, interpolation=cv2.INTER_CUBIC), np.float32)


def _enlarge_mask(mask: UInt8Array, pixels: UInt8Array) -> UInt8Array:
    size = (pixels.shape[1], pixels.shape[0])
    return np.asarray(cv2.resize(mask, size, interpolation=cv2.INTER_NEAREST), np.uint8)


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
