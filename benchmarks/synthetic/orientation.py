"""Ridge flow of a whole finger from its singular points.

The zero-pole model of Sherlock and Monro (Pattern Recognition 26, 1993) lets each core add and
each delta take half of the angle under which it is seen. Alone it makes ridges run flat at the
finger's tip and sides. Huckemann, Hotz and Munk (IEEE TPAMI 30, 2008) cure that with the flow of
a quadratic differential: arches as circles through two points at the ends of the crease, and
every singular point mirrored in the crease, so that the ridges there run along it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from benchmarks.synthetic.layout import Layout
from benchmarks.synthetic.noise import smooth_noise
from benchmarks.synthetic.parameters import (
    CREASE_ROW,
    FLOW_NOISE,
    FLOW_NOISE_SCALE,
    LOOP_REACH,
    LOOP_TIGHTNESS,
    MASTER_HEIGHT,
    MASTER_WIDTH,
)
from engine.records import Float32Array

Complex = NDArray[np.complex128]
Float64 = NDArray[np.float64]


def orientation_field(layout: Layout, rng: np.random.Generator) -> Float32Array:
    """Compute the ridge orientation of a master finger.

    Returns:
        (MASTER_HEIGHT, MASTER_WIDTH) float32, radians in [0, pi), counter-clockwise from +x as
        seen (y up).
    """
    z = model_plane()
    flow = _undisturbed(z, layout) + _singular(z, layout) + _loop_tightening(z, layout)
    bends = smooth_noise(rng, z.shape, FLOW_NOISE_SCALE)
    wrapped = np.mod(flow + FLOW_NOISE * bends, np.pi).astype(np.float32)
    wrapped[wrapped >= np.float32(np.pi)] = 0.0
    return wrapped


def model_plane() -> Complex:
    """Complex coordinate of each pixel: x from the finger's axis, y above the crease."""
    rows, columns = np.mgrid[:MASTER_HEIGHT, :MASTER_WIDTH]
    return np.asarray((columns - MASTER_WIDTH / 2) + 1j * (CREASE_ROW - rows), np.complex128)


def to_pixels(points: tuple[complex, ...]) -> Float32Array:
    """Place points of the model plane in the image: (N, 2) float32, x and y in pixels."""
    pairs = [(p.real + MASTER_WIDTH / 2, CREASE_ROW - p.imag) for p in points]
    return np.asarray(pairs, np.float32).reshape(-1, 2)


def _undisturbed(z: Complex, layout: Layout) -> Float64:
    """Circular arches over the crease, steeper in the middle where the finger is a plain arch."""
    arches = np.angle(layout.reach**2 - z * z)
    hill = np.exp(-0.5 * ((z.real / 90) ** 2 + ((z.imag - 200) / 70) ** 2))
    return np.asarray(arches - layout.rise * np.tanh(z.real / 35) * hill)


def _singular(z: Complex, layout: Layout) -> Float64:
    """Half the angles to the cores less half the angles to the deltas, mirrored ones included."""
    flow = np.zeros(z.shape)
    for sign, points in ((0.5, layout.cores), (-0.5, layout.deltas)):
        for point in points:
            flow += sign * (np.angle(z - point) + np.angle(z - point.conjugate()))
    return flow


def _loop_tightening(z: Complex, layout: Layout) -> Float64:
    """Bend the flow round each core so that a loop turns at its head and has straight legs."""
    change = np.zeros(z.shape)
    for core in layout.cores:
        seen = z - core
        fade = np.exp(-np.abs(seen) / LOOP_REACH)
        turn = np.sin(np.angle(seen) - _opening(core, layout))
        change -= 0.5 * LOOP_TIGHTNESS / len(layout.cores) * turn * fade
    return change


def _opening(core: complex, layout: Layout) -> float:
    """Direction in which the loop of a core opens, radians.

    There the flow runs straight away from the core: half of the direction plus what all the
    other parts add at this place equals the direction.
    """
    place = np.asarray([core])
    rest = _undisturbed(place, layout) + 0.5 * np.angle(place - np.conj(place))
    cores = tuple(other for other in layout.cores if other != core)
    rest += _singular(place, Layout(layout.pattern, cores, layout.deltas, layout.reach))
    return float(2.0 * rest[0])
