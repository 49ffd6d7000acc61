"""The ridges of a print, cleaned: what the finder of minutiae and the enhanced view share."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from engine.extractor.classical.enhancement import enhance
from engine.extractor.classical.frequency import estimate_period
from engine.extractor.classical.normalisation import normalise, shrink
from engine.extractor.classical.orientation import estimate_orientation
from engine.extractor.classical.parameters import ORIENTATION
from engine.extractor.classical.segmentation import segment
from engine.records import Float32Array, UInt8Array

_LEAST_SIDE = 32
"""Pixels; no smaller image holds two ridges and a filter."""


@dataclass(frozen=True, slots=True, eq=False)
class RidgeMap:
    """Ridges of a print.

    Attributes:
        ridges: (H, W) float32, positive on ridges, negative on valleys, at full size.
        mask: (H, W) uint8, 1 where there is a print, at full size.
        small: (H / 2, W / 2) float32, `ridges` as they came from the filter.
        angle: (H / 2, W / 2) float32, radians, y up: axis of the ridges.
    """

    ridges: Float32Array
    mask: UInt8Array
    small: Float32Array
    angle: Float32Array


def map_ridges(pixels: UInt8Array) -> RidgeMap | None:
    """The ridges of an image, (H, W) uint8 at 500 ppi; None if it shows no print."""
    if min(pixels.shape) < _LEAST_SIDE:
        return None
    image = shrink(pixels)
    mask = segment(image)
    if not mask.any():
        return None
    small, angle = _enhance(normalise(image, mask), mask)
    size = (pixels.shape[1], pixels.shape[0])
    ridges = np.asarray(cv2.resize(small, size, interpolation=cv2.INTER_CUBIC), np.float32)
    whole = np.asarray(cv2.resize(mask, size, interpolation=cv2.INTER_NEAREST), np.uint8)
    return RidgeMap(ridges, whole, small, angle)


def _enhance(image: Float32Array, mask: UInt8Array) -> tuple[Float32Array, Float32Array]:
    """The enhanced image and its angles: twice, as angles are surer once noise is gone."""
    angle = estimate_orientation(image, mask, ORIENTATION.coarse)
    period = estimate_period(image, mask, angle)
    ridges = enhance(image, mask, angle, period)
    angle = estimate_orientation(ridges, mask, (ORIENTATION.fine,))
    return enhance(image, mask, angle, period), angle
