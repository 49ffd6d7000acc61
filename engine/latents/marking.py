"""Minutiae that an examiner has marked, as a template: checked before anything is done with them.

Nobody calibrates an examiner's hand: scores of such templates are ranked, but no rate of false
matches is stated for them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.errors import BadRequest
from engine.records import MAX_MINUTIAE, Minutiae, MinutiaType, PrintImage, Template
from engine.templates.binary import quantise

EXAMINER = "examiner-1"
"""What found the minutiae, as templates name it."""

LEAST = 5
"""With 5 marked minutiae every fifth mate is found among 80 fingers, with fewer hardly any."""

LARGEST = 4095.0
"""Pixels at 500 ppi: as far as a stored template reaches, 20 cm."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A minutia as an examiner marks it.

    Attributes:
        x, y: pixels at 500 ppi; origin top left, y down.
        direction: radians from 0 to 2 pi, counter-clockwise from +x as seen.
        type: see `MinutiaType`.
        quality: 1 (worst) to 100; 0 means not reported.
    """

    x: float
    y: float
    direction: float
    type: MinutiaType = MinutiaType.OTHER
    quality: int = 0


def template_of_marks(marks: Sequence[Mark], image: PrintImage | None = None) -> Template:
    """The template of marked minutiae.

    Args:
        marks: in any order.
        image: that they were marked in, if it is at hand: then all must lie inside.

    Raises:
        BadRequest: too few or too many, one twice, or one that cannot be.
    """
    _check_count(len(marks))
    size = (LARGEST, LARGEST) if image is None else _size(image)
    for place, mark in enumerate(marks):
        _check(place, mark, size)
    if len({(mark.x, mark.y, mark.direction) for mark in marks}) < len(marks):
        raise BadRequest("minutiae: one is marked twice")
    width, height = _frame(marks) if image is None else map(round, size)
    minutiae = _minutiae(marks).best(len(marks))
    return quantise(Template(minutiae, width, height, _quality(marks), EXAMINER, EXAMINER))


def _check_count(count: int) -> None:
    """Check the number of marks.

    Raises:
        BadRequest: it is out of range.
    """
    if not LEAST <= count <= MAX_MINUTIAE:
        raise BadRequest(f"minutiae: {count} are marked, give {LEAST} to {MAX_MINUTIAE}")


def _check(place: int, mark: Mark, size: tuple[float, float]) -> None:
    """Check one mark.

    Raises:
        BadRequest: says which and why.
    """
    if not all(map(math.isfinite, (mark.x, mark.y, mark.direction))):
        raise BadRequest(f"minutiae.{place}: x, y and direction must be finite numbers")
    if not (0 <= mark.x <= size[0] and 0 <= mark.y <= size[1]):
        raise BadRequest(
            f"minutiae.{place}: {mark.x:g}, {mark.y:g} lies outside of {size[0]:g} x {size[1]:g} "
            "pixels at 500 ppi"
        )
    if not 0 <= mark.direction <= 2 * math.pi:
        raise BadRequest(f"minutiae.{place}: direction {mark.direction:g}: use 0 to 2 pi radians")
    if not 0 <= mark.quality <= 100:
        raise BadRequest(f"minutiae.{place}: quality {mark.quality}: use 0 to 100")


def _size(image: PrintImage) -> tuple[float, float]:
    """Width and height of an image."""
    height, width = image.pixels.shape
    return float(width), float(height)


def _frame(marks: Sequence[Mark]) -> tuple[int, int]:
    """Width and height of a picture that would hold all marks."""
    return (
        max(1, math.ceil(max(mark.x for mark in marks))),
        max(1, math.ceil(max(mark.y for mark in marks))),
    )


def _minutiae(marks: Sequence[Mark]) -> Minutiae:
    """The marks as arrays."""
    direction = np.mod([mark.direction for mark in marks], 2 * math.pi)
    return Minutiae(
        np.array([(mark.x, mark.y) for mark in marks], np.float32).reshape(-1, 2),
        direction.astype(np.float32),
        np.array([mark.type for mark in marks], np.uint8),
        np.array([mark.quality for mark in marks], np.uint8),
    )


def _quality(marks: Sequence[Mark]) -> int:
    """Mean of the reported qualities; 0 if there are none."""
    reported = [mark.quality for mark in marks if mark.quality]
    return round(sum(reported) / len(reported)) if reported else 0
