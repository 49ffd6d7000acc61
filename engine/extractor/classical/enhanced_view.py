"""A print as an examiner may look at it beside the original: ridges cleaned of noise."""

from __future__ import annotations

import numpy as np

from engine.extractor.classical.parameters import VIEW
from engine.extractor.classical.ridge_map import map_ridges
from engine.records import UInt8Array

BLANK = 255
"""Where there is no print; inside of one nothing is as light."""


def enhance_view(pixels: UInt8Array) -> UInt8Array:
    """The print after contextual filtering: dark ridges, light valleys.

    The filter can draw ridges where noise only looks like some: it helps to look, and proves
    nothing. The same image always gives the same view.

    Args:
        pixels: (H, W) uint8 at 500 ppi, dark ridges on a light ground.

    Returns:
        (H, W) uint8; `BLANK` where there is no print, at most 254 where there is one.
    """
    found = map_ridges(pixels)
    if found is None:
        return np.full(pixels.shape, BLANK, np.uint8)
    grey = 127 - 127 * np.tanh(VIEW.steepness * found.ridges)
    return np.where(found.mask != 0, np.rint(grey), BLANK).astype(np.uint8)
