"""Local mean and contrast are taken out, so that one filter serves faint and dark parts."""

from __future__ import annotations

import cv2
import numpy as np

from engine.extractor.classical.parameters import NORMALISATION, SHRINK
from engine.extractor.classical.smoothing import smooth
from engine.records import Float32Array, UInt8Array


def shrink(pixels: UInt8Array) -> Float32Array:
    """The image at working size: (H / 2, W / 2) float32 grey levels."""
    scale = 1 / SHRINK
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float32)


def normalise(image: Float32Array, mask: UInt8Array) -> Float32Array:
    """About mean 0 and deviation 1 in each neighbourhood inside the mask, 0 outside."""
    inside = mask.astype(np.float32)
    share = smooth(inside, NORMALISATION.blur, SHRINK) + np.float32(1e-6)
    mean = smooth(image * inside, NORMALISATION.blur, SHRINK) / share
    detail = (image - mean) * inside
    variance = smooth(detail * detail, NORMALISATION.blur, SHRINK) / share
    return np.asarray(detail / np.sqrt(variance + NORMALISATION.floor**2), np.float32)
