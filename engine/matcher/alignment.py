"""How the probe must be turned and moved to lie on the candidate, and what then coincides."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.descriptor.features import Features
from engine.kernels import kernel
from engine.matcher.comparison import Scored
from engine.matcher.pairing import pair_greedily
from engine.records import Float32Array

NEAR = 14.0
"""Pixels that paired minutiae may lie apart after alignment: about one and a half ridges, the
distortion that is left of an elastic finger under a rigid transform."""

ALIKE = math.radians(25)
"""Difference of direction that paired minutiae may have after alignment."""

OUTLIER = 20.0
"""Pixels beyond which a pair is left out of the second fit."""


@dataclass(frozen=True, slots=True)
class Transform:
    """A rigid motion from probe to candidate in image pixels at 500 ppi (y down).

    x' = cos(rotation) x - sin(rotation) y + dx, y' = sin(rotation) x + cos(rotation) y + dy.

    Attributes:
        rotation: radians, clockwise as seen.
        dx, dy: pixels.
    """

    rotation: float
    dx: float
    dy: float

    def apply(self, xy: Float32Array) -> Float32Array:
        """(N, 2) positions in the probe to positions in the candidate."""
        cos, sin = math.cos(self.rotation), math.sin(self.rotation)
        turned = xy @ np.array([[cos, sin], [-sin, cos]], np.float32)
        return (turned + np.array([self.dx, self.dy], np.float32)).astype(np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Alignment:
    """The explanation of a score.

    Attributes:
        transform: from probe to candidate.
        pairs: (P, 2) int64, rows of coinciding minutiae in the features of probe and candidate,
            nearest first.
    """

    transform: Transform
    pairs: NDArray[np.int64]


def align(probe: Features, candidate: Features, scored: Scored) -> Alignment | None:
    """Lay the probe on the candidate by the pairs that made the score.

    Returns:
        None if fewer than two pairs made it.
    """
    if len(scored.pairs) < 2:
        return None
    flip = np.array([1, -1], np.float32)  # features have y up, images have y down
    a, b = probe.xy[scored.pairs[:, 0]] * flip, candidate.xy[scored.pairs[:, 1]] * flip
    transform = _fit(a, b, scored.weights)
    apart = np.linalg.norm(transform.apply(a) - b, axis=1)
    near = apart <= max(OUTLIER, float(np.median(apart)))
    if near.sum() >= 2:
        transform = _fit(a[near], b[near], scored.weights[near])
    return Alignment(transform, _coincident(transform, probe, candidate))


def _fit(a: Float32Array, b: Float32Array, weights: Float32Array) -> Transform:
    """Weighted least-squares rigid motion of a onto b (both (P, 2))."""
    share = weights / max(float(weights.sum()), 1e-9)
    centre_a, centre_b = share @ a, share @ b
    from_a, from_b = a - centre_a, b - centre_b
    along = float(share @ (from_a * from_b).sum(axis=1))
    across = float(share @ (from_a[:, 0] * from_b[:, 1] - from_a[:, 1] * from_b[:, 0]))
    rotation = math.atan2(across, along)
    cos, sin = math.cos(rotation), math.sin(rotation)
    dx = float(centre_b[0] - (cos * centre_a[0] - sin * centre_a[1]))
    dy = float(centre_b[1] - (sin * centre_a[0] + cos * centre_a[1]))
    return Transform(rotation, dx, dy)


def _coincident(transform: Transform, probe: Features, candidate: Features) -> NDArray[np.int64]:
    """(P, 2) rows of minutiae that coincide after the motion, one to one, nearest first."""
    rows, columns = len(probe), len(candidate)
    flip = np.array([1, -1], np.float32)
    nearness = np.zeros((rows, columns), np.float32)
    _fill_nearness(
        transform.apply(probe.xy * flip),
        probe.direction - np.float32(transform.rotation),  # y down: a turn to the right
        candidate.xy * flip,
        candidate.direction,
        nearness,
    )
    limit = min(rows, columns)
    first, second = np.empty(limit, np.int64), np.empty(limit, np.int64)
    order = np.empty(rows * columns, np.int32)
    count = pair_greedily(nearness, limit, order, first, second)
    return np.stack([first[:count], second[:count]], axis=1)


@kernel
def _fill_nearness(
    moved: Float32Array,
    turned: Float32Array,
    xy: Float32Array,
    direction: Float32Array,
    out: Float32Array,
) -> None:
    """How near each two minutiae lie, 1 for the same place, 0 for too far or turned apart."""
    least = math.cos(ALIKE)
    for i in range(len(moved)):
        for j in range(len(xy)):
            apart = math.hypot(moved[i, 0] - xy[j, 0], moved[i, 1] - xy[j, 1])
            if apart < NEAR and math.cos(turned[i] - direction[j]) >= least:
                out[i, j] = 1 - apart / NEAR
