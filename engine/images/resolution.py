"""Which resolution an image has, and bringing it to 500 ppi."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np

from engine.errors import BadImage, ImageTooLarge
from engine.images.parameters import (
    MAX_GIVEN_PPI,
    MAX_PLAUSIBLE_PPI,
    MAX_PRINT_SIDE,
    MIN_GIVEN_PPI,
    MIN_PLAUSIBLE_PPI,
    MIN_SIDE,
    PPI_TOLERANCE,
)
from engine.records import PPI, UInt8Array


@dataclass(frozen=True, slots=True)
class Resolution:
    """Pixels per inch; `known` is False if it was assumed."""

    ppi: float
    known: bool


def choose_resolution(given: float | None, density: tuple[float, float] | None) -> Resolution:
    """The caller's word first, then a plausible density (x, y) in the file, then 500 ppi.

    A density is plausible from 300 to 1200 ppi: values such as 72 or 96 are defaults of
    programs that know nothing of the scanner.

    Raises:
        BadImage: the given resolution is absurd or the file's pixels are not square.
    """
    if given is not None:
        _check_given(given)
        return Resolution(given, True)
    if density is None or not any(_is_plausible(value) for value in density):
        return Resolution(float(PPI), False)
    x, y = density
    if not _is_close(x, y):
        raise BadImage(f"pixels are not square: {x:.0f} by {y:.0f} ppi")
    return Resolution((x + y) / 2, True)


def rescale(pixels: UInt8Array, ppi: float) -> UInt8Array:
    """The image at 500 ppi; as it is if within 1 % of that.

    Raises:
        ImageTooLarge: larger than any palm at 500 ppi.
        BadImage: too small at 500 ppi to hold a print.
    """
    height, width = pixels.shape
    factor = 1.0 if _is_close(ppi, PPI) else PPI / ppi
    size = (round(width * factor), round(height * factor))
    if min(size) < MIN_SIDE:
        raise BadImage(f"{size[0]} x {size[1]} pixels at {PPI} ppi is too small for a print")
    if max(size) > MAX_PRINT_SIDE:
        raise ImageTooLarge(
            f"{size[0]} x {size[1]} pixels at {PPI} ppi; at most {MAX_PRINT_SIDE} a side are read"
        )
    if factor == 1.0:
        return pixels
    # Averaging keeps thin ridges when shrinking; cubic keeps their edges when growing.
    method = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(pixels, size, interpolation=method), dtype=np.uint8)


def _check_given(ppi: float) -> None:
    if not MIN_GIVEN_PPI <= ppi <= MAX_GIVEN_PPI:  # also refuses nan
        raise BadImage(
            f"a resolution of {ppi:g} ppi; accepted are {MIN_GIVEN_PPI:g} to {MAX_GIVEN_PPI:g}"
        )


def _is_plausible(ppi: float) -> bool:
    return MIN_PLAUSIBLE_PPI * (1 - PPI_TOLERANCE) <= ppi <= MAX_PLAUSIBLE_PPI * (1 + PPI_TOLERANCE)


def _is_close(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=PPI_TOLERANCE)
