"""Gaussian smoothing in pixels of the full size, whatever the size of the image at hand."""

from __future__ import annotations

import cv2
import numpy as np

from engine.records import Float32Array


def smooth(image: Float32Array, sigma: float, shrink: int) -> Float32Array:
    """Gaussian of deviation `sigma` full-size px on an image `shrink` times smaller."""
    blurred = cv2.GaussianBlur(image, (0, 0), sigma / shrink, borderType=cv2.BORDER_REFLECT_101)
    return np.asarray(blurred, np.float32)
