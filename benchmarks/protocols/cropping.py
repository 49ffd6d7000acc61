"""Prints made worse on purpose, like those of a scene: a small part, turned, blurred by noise."""

from __future__ import annotations

import math
from dataclasses import replace

import cv2
import numpy as np

from engine.records import Minutiae, PrintImage, Template, UInt8Array
from engine.templates.binary import quantise

POSITION_NOISE = 1.5
"""Pixels, of each coordinate: what two examiners differ by in marking a minutia."""

DIRECTION_NOISE = math.radians(5)

TURN = math.radians(45)
"""Largest rotation to either side."""

PIXEL_NOISE = 12.0
"""Grey levels."""

MARGIN = 14.0
"""Pixels of ridges shown around the outermost minutia: one and a half ridges."""

LEAST_SIDE = 128
"""Pixels; smaller pictures are refused before anything is tried."""

GROUND = 235.0
"""Grey level of the paper around the part."""


def crop_template(template: Template, count: int, random: np.random.Generator) -> Template:
    """The minutiae nearest to one of them, as an examiner would mark them, turned and shaken."""
    _, rows = _nearest(template.minutiae, count, random)
    old = template.minutiae
    turn = random.uniform(-TURN, TURN)
    cos, sin = math.cos(turn), math.sin(turn)
    # Directions run counter-clockwise with y up, positions have y down.
    xy = (old.xy[rows] - old.xy[rows].mean(axis=0)) @ np.array([[cos, -sin], [sin, cos]])
    xy = xy + random.normal(0, POSITION_NOISE, xy.shape)
    xy = xy - (xy.min(axis=0) - MARGIN)
    direction = old.direction[rows] + turn + random.normal(0, DIRECTION_NOISE, len(rows))
    width, height = (math.ceil(side + MARGIN) for side in xy.max(axis=0))
    made = Minutiae(
        xy.astype(np.float32),
        np.mod(direction, 2 * math.pi).astype(np.float32),
        old.type[rows],
        old.quality[rows],
    )
    return quantise(replace(template, minutiae=made, width=width, height=height))


def crop_image(
    image: PrintImage, template: Template, count: int, random: np.random.Generator
) -> PrintImage:
    """The part of a print that shows some minutiae, on empty ground, turned, with noise."""
    centre, rows = _nearest(template.minutiae, count, random)
    radius = MARGIN + float(np.linalg.norm(template.minutiae.xy[rows] - centre, axis=1).max())
    side = max(LEAST_SIDE, math.ceil(2 * radius) + 16)
    turn = math.degrees(random.uniform(-TURN, TURN))
    motion = np.array(cv2.getRotationMatrix2D((float(centre[0]), float(centre[1])), turn, 1.0))
    motion[:, 2] = motion[:, 2] + side / 2 - centre
    part = cv2.warpAffine(
        image.pixels, motion, (side, side), flags=cv2.INTER_CUBIC, borderValue=GROUND
    ).astype(np.float32)
    shown = _disc(side, radius)
    mixed = shown * part + (1 - shown) * GROUND + random.normal(0, PIXEL_NOISE, part.shape)
    pixels: UInt8Array = np.clip(mixed, 0, 255).astype(np.uint8)
    return replace(image, pixels=pixels)


def _nearest(
    minutiae: Minutiae, count: int, random: np.random.Generator
) -> tuple[np.ndarray[tuple[int], np.dtype[np.float32]], np.ndarray[tuple[int], np.dtype[np.intp]]]:
    """The place of one minutia, and the rows of those nearest to it."""
    centre = minutiae.xy[random.integers(len(minutiae))]
    apart = np.linalg.norm(minutiae.xy - centre, axis=1)
    return centre, np.argsort(apart, kind="stable")[:count]


def _disc(side: int, radius: float) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """(side, side) float32, 1 within the radius of the middle, fading over 4 pixels."""
    y, x = np.mgrid[:side, :side] - (side - 1) / 2
    return np.asarray(np.clip((radius - np.hypot(x, y)) / 4 + 0.5, 0, 1), np.float32)
