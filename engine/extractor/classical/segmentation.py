"""Which part of the image is a print.

Source: after GMFS (Cappelli 2023, pyfing): smoothed slope against a share of its 95th
percentile, then morphology. Ours takes only the part of the slope that agrees in its axis with
the neighbourhood, so that grain and specks count less and a faint print more.
"""

from __future__ import annotations

import cv2
import numpy as np

from engine.extractor.classical.orientation import measure_flow
from engine.extractor.classical.parameters import GRID, SEGMENTATION, SHRINK
from engine.extractor.classical.smoothing import smooth
from engine.records import Float32Array, UInt8Array

_DISC = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (3, 3))


def segment(image: Float32Array) -> UInt8Array:
    """1 where there is a print: (H, W) uint8; all 0 if there is none or too little of one.

    `image` holds grey levels at working size.
    """
    slope = _agreeing_slope(image)
    steep = float(np.percentile(slope, SEGMENTATION.steep))
    mask = np.asarray(slope > max(SEGMENTATION.least_slope, SEGMENTATION.share * steep), np.uint8)
    mask = _morph(mask, cv2.MORPH_CLOSE, SEGMENTATION.closing)
    mask = _without_holes(_largest_part(mask))
    mask = _largest_part(_morph(mask, cv2.MORPH_OPEN, SEGMENTATION.opening))
    if np.count_nonzero(mask) * (SHRINK * GRID) ** 2 < SEGMENTATION.least_area:
        return np.zeros(image.shape, np.uint8)
    size = (image.shape[1], image.shape[0])
    return np.asarray(cv2.resize(mask, size, interpolation=cv2.INTER_NEAREST), np.uint8)


def _agreeing_slope(image: Float32Array) -> Float32Array:
    """Root of the coherent energy of the slopes, grey levels a working pixel, on the grid."""
    flow = measure_flow(smooth(image, SEGMENTATION.noise_blur, SHRINK))
    flow = flow.blurred(SEGMENTATION.flow_blur)
    slope = np.sqrt(np.hypot(flow.cosine, flow.sine))
    return smooth(slope, SEGMENTATION.region_blur, SHRINK * GRID)


def _morph(mask: UInt8Array, operation: int, reach: float) -> UInt8Array:
    """Close or open by about a disc of radius `reach`, full-size px."""
    steps = round(reach / (SHRINK * GRID))
    return np.asarray(cv2.morphologyEx(mask, operation, _DISC, iterations=steps), np.uint8)


def _largest_part(mask: UInt8Array) -> UInt8Array:
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask)
    if count <= 1:
        return mask
    largest = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))
    return np.asarray(labels == largest, np.uint8)


def _without_holes(mask: UInt8Array) -> UInt8Array:
    """Fill what the print encloses; ground that touches the image's edge stays ground."""
    edges = np.pad(1 - mask, 1, constant_values=1)
    cv2.floodFill(edges, None, (0, 0), 2)
    return np.asarray(edges[1:-1, 1:-1] != 2, np.uint8)
