"""A picture that explains a match: both prints, their minutiae, and lines between those paired."""

from __future__ import annotations

import colorsys
import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from engine.candidates import PairedMinutia
from engine.records import Minutiae, MinutiaType, UInt8Array

SCALE = 2
"""Drawn pixels for one of the print: at 500 ppi ridges are too narrow to draw on."""

MARGIN, GAP, HEADER, FOOTER = 48, 96, 84, 72
"""Drawn pixels around, between, above and below the prints."""

INK = 0.42
"""Darkness that is left of the ridges, so that marks stand out on them."""

RADIUS, TICK, DOT = 8, 22, 3
"""Drawn pixels: half a mark, from its centre to the end of its tick, and half its middle."""

LEGEND = "grey: not paired  ·  ring: ending  ·  square: bifurcation"

MUTED, WHITE = (138, 150, 166), (255, 255, 255)
TEXT, SUBTEXT, FRAME = (24, 32, 44), (104, 116, 132), (214, 220, 228)

GOLDEN = 0.618034
"""Part of the colour circle from one pair to the next: any few neighbours differ clearly."""

_FRACTION = 4  # bits of drawn pixels that OpenCV places marks by

Colour = tuple[int, int, int]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One of the two prints.

    Attributes:
        pixels: (H, W) uint8 at 500 ppi.
        minutiae: all that were found in it.
        title, subtitle: to stand above it.
    """

    pixels: UInt8Array
    minutiae: Minutiae
    title: str
    subtitle: str = ""


def draw_match(
    probe: Side, candidate: Side, pairs: Sequence[PairedMinutia], caption: str = ""
) -> UInt8Array:
    """Draw probe (left) and candidate (right) with all minutiae, and join the paired ones.

    Args:
        probe, candidate: the prints.
        pairs: minutiae that coincide.
        caption: to stand below.

    Returns:
        (H, W, 3) uint8, RGB.
    """
    canvas, corners = _lay_out(probe, candidate)
    places = []
    for side, (shown, corner) in enumerate(zip((probe, candidate), corners, strict=True)):
        ends = _ends(pairs, side)
        _draw_unpaired(canvas, shown.minutiae, corner, ends)
        places.append([_place(end, corner) for end in ends])
    colours = _colours(places[0])
    _join(canvas, places, colours)
    _draw_paired(canvas, pairs, places, colours)
    return _write(canvas, corners, (probe, candidate), caption)


def _lay_out(probe: Side, candidate: Side) -> tuple[UInt8Array, tuple[Point, Point]]:
    """A white canvas with both prints, and the top left corner of each."""
    prints = [_lighten(probe.pixels), _lighten(candidate.pixels)]
    height = max(one.shape[0] for one in prints)
    width = sum(one.shape[1] for one in prints) + GAP
    canvas = np.full((HEADER + height + FOOTER, width + 2 * MARGIN, 3), 255, np.uint8)
    lefts = (MARGIN, MARGIN + prints[0].shape[1] + GAP)
    tops = [HEADER + (height - one.shape[0]) // 2 for one in prints]
    for left, top, one in zip(lefts, tops, prints, strict=True):
        bottom, right = top + one.shape[0], left + one.shape[1]
        canvas[top:bottom, left:right] = one[:, :, None]
        cv2.rectangle(canvas, (left - 1, top - 1), (right, bottom), FRAME, 1)
    return canvas, ((lefts[0], tops[0]), (lefts[1], tops[1]))


def _lighten(pixels: UInt8Array) -> UInt8Array:
    """A print enlarged, its ridges paler."""
    large = cv2.resize(pixels, None, fx=SCALE, fy=SCALE, interpolation=cv2.INTER_CUBIC)
    return np.asarray(255 - INK * (255.0 - large), np.uint8)


def _ends(pairs: Sequence[PairedMinutia], side: int) -> list[tuple[float, float, float]]:
    """The probe's (0) or the candidate's (1) minutiae of the pairs."""
    return [pair.candidate if side else pair.probe for pair in pairs]


def _place(minutia: tuple[float, float, float], corner: Point) -> Point:
    """Where a minutia of a print is on the canvas."""
    x, y = (minutia[0] + 0.5) * SCALE, (minutia[1] + 0.5) * SCALE
    return corner[0] + x, corner[1] + y


def _colours(places: Sequence[Point]) -> list[Colour]:
    """A colour for each pair: neighbours from top to bottom differ most."""
    order = sorted(range(len(places)), key=lambda row: places[row][1])
    rank = {row: number for number, row in enumerate(order)}
    return [_vivid(rank[row] * GOLDEN % 1.0) for row in range(len(places))]


def _vivid(hue: float) -> Colour:
    """A strong colour that can be seen on white; yellow and green are darker to that end."""
    lightness = 0.42 - 0.08 * math.exp(-(((hue - 0.25) / 0.14) ** 2))
    red, green, blue = colorsys.hls_to_rgb(hue, lightness, 0.85)
    return round(255 * red), round(255 * green), round(255 * blue)


def _draw_unpaired(
    canvas: UInt8Array,
    minutiae: Minutiae,
    corner: Point,
    ends: Sequence[tuple[float, float, float]],
) -> None:
    """Draw the minutiae that are in no pair, muted."""
    paired = {(round(x, 1), round(y, 1)) for x, y, _ in ends}
    rows = zip(
        minutiae.xy.tolist(), minutiae.direction.tolist(), minutiae.type.tolist(), strict=True
    )
    for (x, y), direction, kind in rows:
        if (round(x, 1), round(y, 1)) not in paired:
            _mark(canvas, _place((x, y, direction), corner), direction, MUTED, kind)


def _join(canvas: UInt8Array, places: list[list[Point]], colours: Sequence[Colour]) -> None:
    """Join the pairs by thin lines that let the ridges through."""
    lines = canvas.copy()
    for start, end, colour in zip(*places, colours, strict=True):
        cv2.line(lines, _fine(start), _fine(end), colour, 2, cv2.LINE_AA, _FRACTION)
    cv2.addWeighted(lines, 0.5, canvas, 0.5, 0, canvas)


def _draw_paired(
    canvas: UInt8Array,
    pairs: Sequence[PairedMinutia],
    places: list[list[Point]],
    colours: Sequence[Colour],
) -> None:
    """Draw the minutiae of the pairs on a white halo."""
    for side in (0, 1):
        ends = _ends(pairs, side)
        for place, (_, _, direction), colour in zip(places[side], ends, colours, strict=True):
            _mark(canvas, place, direction, WHITE, width=7)
            _mark(canvas, place, direction, colour, width=3)
            for radius, fill in ((RADIUS, colour), (DOT, WHITE)):
                at = _fine(place)
                cv2.circle(canvas, at, radius << _FRACTION, fill, -1, cv2.LINE_AA, _FRACTION)


def _mark(
    canvas: UInt8Array,
    place: Point,
    direction: float,
    colour: Colour,
    kind: int = MinutiaType.ENDING,
    width: int = 2,
) -> None:
    """Draw a minutia: a ring (a square for a bifurcation) with a tick along its direction."""
    along = np.array([math.cos(direction), -math.sin(direction)])
    start, end = np.array(place) + RADIUS * along, np.array(place) + TICK * along
    cv2.line(canvas, _fine(start), _fine(end), colour, width, cv2.LINE_AA, _FRACTION)
    if kind == MinutiaType.BIFURCATION:
        low, high = _fine(np.array(place) - RADIUS + 1), _fine(np.array(place) + RADIUS - 1)
        cv2.rectangle(canvas, low, high, colour, width, cv2.LINE_AA, _FRACTION)
    else:
        cv2.circle(canvas, _fine(place), RADIUS << _FRACTION, colour, width, cv2.LINE_AA, _FRACTION)


def _fine(place: Point | NDArray[np.float64]) -> tuple[int, int]:
    """A point as OpenCV takes it, with fractions of a pixel."""
    return round(place[0] * (1 << _FRACTION)), round(place[1] * (1 << _FRACTION))


def _write(
    canvas: UInt8Array, corners: Sequence[Point], sides: Sequence[Side], caption: str
) -> UInt8Array:
    """Write the titles above and the caption below."""
    picture = Image.fromarray(canvas)
    pen = ImageDraw.Draw(picture)
    large, small = ImageFont.load_default(26), ImageFont.load_default(18)
    for (left, _), side in zip(corners, sides, strict=True):
        width = side.pixels.shape[1] * SCALE + GAP // 2
        pen.text((left, 18), _fit(side.title, large, width), TEXT, large)
        pen.text((left, 52), _fit(side.subtitle, small, width), SUBTEXT, small)
    height, width, _ = canvas.shape
    pen.text((MARGIN, height - FOOTER + 20), caption, TEXT, ImageFont.load_default(22))
    pen.text((width - MARGIN, height - FOOTER + 24), LEGEND, SUBTEXT, small, anchor="ra")
    return np.asarray(picture)


def _fit(text: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, width: float) -> str:
    """A text cut to a width in drawn pixels."""
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(text + "…") > width:
        text = text[:-1]
    return text + "…"
