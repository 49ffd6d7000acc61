"""The prints of the fixtures: which finger is whose, and its picture as a small PNG."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from benchmarks.synthetic.conditions import EVERYDAY
from benchmarks.synthetic.master import Master, make_master
from benchmarks.synthetic.pattern import Pattern, sample_pattern
from engine.fingers import Finger
from engine.records import PPI, UInt8Array

ENROLMENT = replace(EVERYDAY, height=368, width=304, noise=1.5, off_centre=(0.0, 14.0), shift=6.0)
"""Everyday prints on a small, quiet sensor: a repository must carry them."""

GREY_STEP = 8
"""32 grey levels: half the size of 256, and no minutia moves."""

ULNAR_SHARE = 0.94
"""Share of loops that open towards the little finger; in a print of a left hand to the left."""


def make_finger(person: int, finger: Finger) -> Master:
    """Grow the finger of a person, by number; the class suits the hand."""
    seed = 100 * person + finger
    return make_master(seed, _suited(finger, np.random.default_rng([seed, 1])))


def write_print(path: Path, pixels: UInt8Array) -> None:
    """Write a print as PNG that states its 500 ppi."""
    Image.fromarray(ready(pixels)).save(path, dpi=(PPI, PPI), optimize=True)


def ready(pixels: UInt8Array) -> UInt8Array:
    """Cut a print to 32 grey levels and to the finger."""
    levels = np.clip(np.rint(pixels / GREY_STEP) * GREY_STEP, 0, 255).astype(np.uint8)
    return _cropped(levels)


def _suited(finger: Finger, rng: np.random.Generator) -> Pattern:
    pattern = sample_pattern(rng)
    if pattern not in (Pattern.LEFT_LOOP, Pattern.RIGHT_LOOP):
        return pattern
    left_hand = finger >= Finger.LEFT_THUMB
    opens_left = left_hand == (rng.random() < ULNAR_SHARE)
    return Pattern.LEFT_LOOP if opens_left else Pattern.RIGHT_LOOP


def _cropped(pixels: UInt8Array) -> UInt8Array:
    """Cut the empty sensor away, but for a margin of 8 pixels."""
    smooth = cv2.blur(pixels, (15, 15))
    rows, columns = np.nonzero(smooth < np.median(smooth[smooth > 180]) - 20)
    top, left = max(rows.min() - 8, 0), max(columns.min() - 8, 0)
    return pixels[top : rows.max() + 9, left : columns.max() + 9]
