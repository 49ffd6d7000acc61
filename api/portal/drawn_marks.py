"""Minutiae as pages draw them."""

from __future__ import annotations

import math

from engine.records import Minutiae

Mark = tuple[tuple[float, float], float, int]
"""Place in pixels, direction in degrees clockwise as drawings want it, and type."""


def marks(minutiae: Minutiae) -> list[Mark]:
    """The minutiae of a print, to be drawn over it."""
    rows = zip(
        minutiae.xy.tolist(), minutiae.direction.tolist(), minutiae.type.tolist(), strict=True
    )
    return [((x, y), round(-math.degrees(angle), 1), kind) for (x, y), angle, kind in rows]
