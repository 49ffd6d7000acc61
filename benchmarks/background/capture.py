"""One impression of a finger: which minutiae touch the sensor, where, and how they are read."""

from __future__ import annotations

import cmath
import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.background.dice import State, between, normal, poisson, uniform
from benchmarks.background.flow import Field, flow_angle, smooth
from benchmarks.background.parameters import CaptureNumbers, Numbers, Scanner
from benchmarks.background.points import Skin
from engine.kernels import kernel
from engine.records import MAX_MINUTIAE, MinutiaType

PAD = 294.0
"""Height above the crease of the place that touches first (`synthetic.placement.PAD_CENTRE`)."""

ROUNDNESS = 2.3
"""Power of the contact's superellipse (`synthetic.contact`)."""


HELD = 0.45
"""Radius of the held middle (`synthetic.placement`)."""

EDGE = 8
"""Pixels at the image's edge without minutiae."""

NEAREST = 7
"""Two minutiae nearer than this are read as one, as LEADER does (7 x 7 suppression)."""

STRETCHES = 8
"""Size of the grid of local displacements."""

Float64 = NDArray[np.float64]


Finger = tuple[Field, Skin, int]
"""A finger's flow, its minutiae, and their number."""

ENDING, BIFURCATION = int(MinutiaType.ENDING), int(MinutiaType.BIFURCATION)


class Pose(NamedTuple):
    """How the finger lies.

    Attributes:
        middle: of the contact on the finger, complex pixels.
        half_width, half_length: of the contact.
        turned: of length 1: the direction in the image of the finger's x axis.
        onto: where the contact's middle falls, pixels right of and above the image's middle.
        drag: displacement of the skin outside the held middle.
        twist: radians.
        severity: how much worse than usual it lies.
    """

    middle: complex
    half_width: float
    half_length: float
    turned: complex
    onto: complex
    drag: complex
    twist: float
    severity: float


class Print(NamedTuple):
    """The minutiae of one impression, as kernels take them; filled anew for each.

    Attributes:
        xy: (255, 2) int16, pixels, y down.
        direction: (255,) uint8, 256ths of a turn.
        type, quality: (255,) uint8.
        stretch: (2, STRETCHES, STRETCHES) float64, coefficients of local displacements.
    """

    xy: NDArray[np.int16]
    direction: NDArray[np.uint8]
    type: NDArray[np.uint8]
    quality: NDArray[np.uint8]
    stretch: NDArray[np.float64]


def new_print() -> Print:
    """Memory for an impression."""
    return Print(
        np.zeros((MAX_MINUTIAE, 2), np.int16),
        np.zeros(MAX_MINUTIAE, np.uint8),
        np.zeros(MAX_MINUTIAE, np.uint8),
        np.zeros(MAX_MINUTIAE, np.uint8),
        np.zeros((2, STRETCHES, STRETCHES)),
    )


@kernel
def draw_pose(state: State, scanner: Scanner, size: float, capture: CaptureNumbers) -> Pose:
    """Draw how a finger of relative size `size` lies on a scanner."""
    firm = math.exp(0.5 * scanner.spread * normal(state))
    long = math.exp(0.5 * scanner.spread * normal(state))
    severity = math.exp(capture.severity * normal(state))
    shift = severity * capture.shift
    drag = severity * capture.drag
    return Pose(
        complex(0.5 * shift * normal(state), PAD + shift * normal(state)),
        scanner.half_width * size * firm,
        scanner.half_length * size * firm * long,
        cmath.exp(1j * severity * scanner.turn * normal(state)),
        complex(12 * normal(state), 12 * normal(state)),
        drag * complex(normal(state), normal(state)),
        0.5 * drag / 170 * normal(state),
        severity,
    )


@kernel
def take_print(
    state: State, scanner: Scanner, pose: Pose, finger: Finger, numbers: Numbers, out: Print
) -> int:
    """Fill an impression; returns the number of its minutiae.

    Args:
        state: random numbers.
        scanner: the scanner.
        pose: how the finger lies.
        finger: its flow and minutiae, and their number.
        numbers: of the gallery.
        out: filled, best quality first.
    """
    stretch = pose.severity * numbers.capture.stretch
    for i in range(2):
        for j in range(STRETCHES):
            for k in range(STRETCHES):
                out.stretch[i, j, k] = stretch * normal(state)
    count = _take_true(state, scanner, pose, finger, numbers, out)
    count = _take_invented(state, scanner, pose, finger, numbers, (out, count))
    _sort(out, count)
    return count


@kernel
def _take_true(
    state: State, scanner: Scanner, pose: Pose, finger: Finger, numbers: Numbers, out: Print
) -> int:
    """Read those minutiae in the contact that are clear enough; returns their number."""
    _, skin, available = finger
    capture = numbers.capture
    loss = capture.lost_below + capture.loss_spread * normal(state)
    own, passing = math.sqrt(capture.clarity_share), math.sqrt(1 - capture.clarity_share)
    count = 0
    for i in range(available):
        if not _touches(pose, skin.place[i]):
            continue
        excess = own * skin.clarity[i] + passing * normal(state) - loss
        if excess > 0:
            kind = BIFURCATION if skin.bifurcation[i] else ENDING
            if uniform(state) < capture.mistyped:
                kind = ENDING + BIFURCATION - kind
            minutia = (skin.place[i], skin.direction[i], kind, excess)
            count = _read(state, scanner, pose, minutia, numbers, (out, count))
    return count


@kernel
def _take_invented(
    state: State,
    scanner: Scanner,
    pose: Pose,
    finger: Finger,
    numbers: Numbers,
    taken: tuple[Print, int],
) -> int:
    """Add minutiae that are none, of little clarity; returns the number of all."""
    field, _, _ = finger
    out, count = taken
    for _ in range(poisson(state, numbers.capture.invented * count)):
        x, y = between(state, -1, 1), between(state, -1, 1)
        place = pose.middle + complex(pose.half_width * x, pose.half_length * y)
        if not _touches(pose, place):
            continue
        angle = flow_angle(field, place, numbers.flow)
        angle += numbers.capture.invented_noise * normal(state)
        angle += math.pi if uniform(state) < 0.5 else 0.0
        kind = BIFURCATION if uniform(state) < numbers.points.bifurcations else ENDING
        minutia = (place, angle, kind, 0.5 * abs(normal(state)))
        count = _read(state, scanner, pose, minutia, numbers, (out, count))
    return count


@kernel
def _touches(pose: Pose, place: complex) -> bool:
    """Whether a place of the finger lies in the contact."""
    x = abs(place.real - pose.middle.real) / pose.half_width
    y = abs(place.imag - pose.middle.imag) / pose.half_length
    if x * x + y * y < 1.0:
        return True
    return x < 1.0 and y < 1.0 and x**ROUNDNESS + y**ROUNDNESS < 1.0


@kernel
def _to_image(pose: Pose, stretch: Float64, place: complex, scale: float) -> complex:
    """Where a place of the finger appears: pixels right of and above the image's middle."""
    from_middle = place - pose.middle
    away = math.sqrt(from_middle.real**2 + from_middle.imag**2) / 170.0
    freed = 0.5 - 0.5 * math.cos(math.pi * min(1.0, max(0.0, (away - HELD) / (1.0 - HELD))))
    moved = freed * (pose.drag + 1j * pose.twist * from_middle)
    # The stretching's grid begins three of its steps below the crease's middle.
    shown = place - 1j * PAD + 1j * (0.5 * STRETCHES - 1.5) * scale
    moved += complex(smooth(stretch[0], shown, scale)[0], smooth(stretch[1], shown, scale)[0])
    return pose.onto + (from_middle + moved) * pose.turned


@kernel
def _read(
    state: State,
    scanner: Scanner,
    pose: Pose,
    minutia: tuple[complex, float, int, float],
    numbers: Numbers,
    taken: tuple[Print, int],
) -> int:
    """Add a minutia (place, direction, type, clarity) to an impression, if it falls into it."""
    place, direction, kind, excess = minutia
    out, count = taken
    capture = numbers.capture
    seen = _to_image(pose, out.stretch, place, capture.stretch_scale)
    further = place + complex(2 * math.cos(direction), 2 * math.sin(direction))
    ahead = _to_image(pose, out.stretch, further, capture.stretch_scale) - seen
    noise = capture.direction_noise * normal(state)
    noise = 4 * noise if uniform(state) < capture.direction_outliers else noise
    turned = math.atan2(ahead.imag, ahead.real) + noise
    x = math.floor(0.5 * scanner.width + seen.real + capture.place_noise * normal(state))
    y = math.floor(0.5 * scanner.height - seen.imag + capture.place_noise * normal(state))
    if count == MAX_MINUTIAE or not _has_place(scanner, x, y, out, count):
        return count
    out.xy[count, 0], out.xy[count, 1] = x, y
    out.direction[count] = int(math.floor(turned * 128 / math.pi + 0.5)) & 255  # noqa: RUF046 - a float to numba
    out.type[count] = kind
    out.quality[count] = int(97.9 - 67 * math.exp(-capture.quality_rise * excess))
    return count + 1


@kernel
def _has_place(scanner: Scanner, x: float, y: float, out: Print, count: int) -> bool:
    """Whether a minutia can be read there: within the image, and not one with another."""
    if x < EDGE or y < EDGE or x >= scanner.width - EDGE or y >= scanner.height - EDGE:
        return False
    for i in range(count):
        if (out.xy[i, 0] - x) ** 2 + (out.xy[i, 1] - y) ** 2 < NEAREST**2:
            return False
    return True


@kernel
def _sort(out: Print, count: int) -> None:
    """Put the best minutiae first."""
    order = np.argsort(-out.quality[:count].astype(np.int16), kind="mergesort")
    out.xy[:count] = out.xy[:count][order]
    out.direction[:count] = out.direction[:count][order]
    out.type[:count] = out.type[:count][order]
    out.quality[:count] = out.quality[:count][order]
